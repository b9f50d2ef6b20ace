/**
 * The owner's page about who may see a site, and what its forms post. That whoever asks owns the site is checked for all pages below it
 * (mount.ts); keys of any kind are refused there, because a key that got out must not make others.
 */
import { type Context, Hono } from "hono";
import * as v from "valibot";
import type { Role } from "../../../schema/access.ts";
import { endInvitation, invitationSchema, invite, listInvitations } from "../../access/invitations.ts";
import { endKey, issueKey, listKeys } from "../../access/keys.ts";
import { note, readLog } from "../../access/log.ts";
import { endRight, listPeople } from "../../access/rights.ts";
import type { Env } from "../../env.ts";
import { releasesOf } from "../../release/definition.ts";
import { siteOf } from "../../sites/sites.ts";
import { sendPage } from "../routes.tsx";
import { type People, renderPeople } from "./people-page.tsx";
import { field, frameFor, mustBeSignedIn } from "./routes.tsx";

type AppContext = Context<{ Bindings: Env }>;
const shownEntries = 50;

export const peopleRoutes = new Hono<{ Bindings: Env }>();

async function show(c: AppContext, more: Pick<People, "link" | "key" | "faulty"> = {}): Promise<Response> {
	const { DB } = c.env;
	const { id, name } = await siteOf(c.env, c.req.param("site") ?? "");
	const [people, invitations, keys, log, releases] = await Promise.all([
		listPeople(DB, id),
		listInvitations(DB, id),
		listKeys(DB, id),
		readLog(DB, id, shownEntries),
		releasesOf(DB, id),
	]);
	const audiences = new Map(releases.map((release) => [release.id, release.audience]));
	const frame = frameFor(c, true);
	return sendPage(
		c,
		renderPeople(frame, { site: { id, name }, people, invitations, keys, log, audiences, ...more }),
		frame.nonce,
	);
}

const back = (c: AppContext) => c.redirect(`/sites/${c.req.param("site")}/people`, 303);

peopleRoutes.get("/sites/:site/people", (c) => show(c));

peopleRoutes.post("/sites/:site/people/invite", async (c) => {
	const { name: by } = await mustBeSignedIn(c);
	const typed = { name: await field(c, "name"), email: await field(c, "email"), role: await field(c, "role") };
	const wanted = v.safeParse(invitationSchema, typed);
	if (!wanted.success) return show(c, { faulty: { form: "invite", ...typed } });
	const token = await invite(c.env.DB, { ...wanted.output, site: c.req.param("site"), by });
	return show(c, { link: `${new URL(c.req.url).origin}/invitation/${token}` });
});

peopleRoutes.post("/sites/:site/people/invitations/end", async (c) => {
	const { name: by } = await mustBeSignedIn(c);
	await endInvitation(c.env.DB, { site: c.req.param("site"), id: await field(c, "id"), by });
	return back(c);
});

peopleRoutes.post("/sites/:site/people/end", async (c) => {
	const { name: by } = await mustBeSignedIn(c);
	const [account, role, release] = [await field(c, "account"), await field(c, "role"), await field(c, "release")];
	await endRight(c.env.DB, { account, site: c.req.param("site"), role: role as Role, release, by });
	return back(c);
});

const keySchema = v.object({
	name: v.pipe(v.string(), v.trim(), v.minLength(1), v.maxLength(80)),
	role: v.picklist(["viewer", "operator", "owner"]),
});

peopleRoutes.post("/sites/:site/people/keys", async (c) => {
	const { name: who } = await mustBeSignedIn(c);
	const site = c.req.param("site");
	const typed = { name: await field(c, "name"), role: await field(c, "role") };
	const wanted = v.safeParse(keySchema, typed);
	// A key of a name that is taken would end the one that has it.
	const taken = (await listKeys(c.env.DB, site)).some(({ name }) => wanted.success && name === wanted.output.name);
	if (!wanted.success || taken) return show(c, { faulty: { form: "key", email: "", name: typed.name } });
	const key = await issueKey(c.env.DB, { site, ...wanted.output });
	const { name, role } = wanted.output;
	await note(c.env.DB, [site], { at: Date.now(), who, what: "key-issued", about: `${name}: ${role}` });
	return show(c, { key });
});

peopleRoutes.post("/sites/:site/people/keys/end", async (c) => {
	const { name: who } = await mustBeSignedIn(c);
	const site = c.req.param("site");
	const name = await field(c, "name");
	if (await endKey(c.env.DB, site, name))
		await note(c.env.DB, [site], { at: Date.now(), who, what: "key-ended", about: name });
	return back(c);
});
