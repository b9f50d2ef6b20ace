/** The demo site's release to an invented partner, its sample visits included, and a link that invites one person to read it. */
import * as v from "valibot";
import { pages } from "../demo/habits.ts";
import { releaseSchema } from "../schema/release.ts";
import { endInvitation, invite, listInvitations } from "../worker/access/invitations.ts";
import { createRelease, releasesOf } from "../worker/release/definition.ts";

const audience = "Fjordbuss AS";
const by = "npm start";

/** The token of a new invitation, or null where the owner has ended the release or has only others; earlier ones that nobody used end. */
export async function inviteDemoPartner(
	db: D1Database,
	site: { id: string; grain: "day"; timeZone: string },
	now: number,
): Promise<string | null> {
	const shown = Object.keys(pages).filter((page) => !pages[page]?.gone);
	const wanted = v.parse(releaseSchema, {
		name: "Landingssider",
		audience,
		period: "day",
		pages: shown,
		samples: true,
	});
	const there = await releasesOf(db, site.id);
	const release =
		there.length === 0 ? await createRelease(db, site, wanted, now) : there.find(({ terms }) => terms.samples);
	if (!release || release.ended !== null) return null;
	const { id } = release;
	for (const one of await listInvitations(db, site.id, now))
		if (one.release === id && one.name === audience) await endInvitation(db, { site: site.id, id: one.id, by }, now);
	return invite(db, { site: site.id, by, name: audience, role: "partner", release: id }, now);
}
