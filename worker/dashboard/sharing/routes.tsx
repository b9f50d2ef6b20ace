/**
 * The owner's page about sharing, and what its forms post. That whoever asks owns the site is checked for all pages below it
 * (dashboard/mount.ts); keys are refused there, and forms of other sites (access/guard.ts).
 */
import { type Context, Hono } from "hono";
import * as v from "valibot";
import { endInvitation, invitationSchema, invite, listInvitations } from "../../access/invitations.ts";
import { endKey, issueKey, listKeys } from "../../access/keys.ts";
import { note } from "../../access/log.ts";
import { endRight, listPeople } from "../../access/rights.ts";
import { hashSecret } from "../../access/secrets.ts";
import type { Env } from "../../env.ts";
import { Problem } from "../../problem.ts";
import { ownedRelease } from "../../release/about.ts";
import { checkChanges, checkNew } from "../../release/check.ts";
import {
	changeRelease,
	createRelease,
	endRelease,
	type Release,
	refuseBadPeriod,
	releaseOf,
	releasesOf,
	renewSecret,
} from "../../release/definition.ts";
import { planRelease } from "../../release/plan.ts";
import { resolvePages } from "../../release/sitemap.ts";
import { deliveryOf } from "../../sharing/delivery.ts";
import { embedToken, webhookKey } from "../../sharing/signing.ts";
import { siteOf } from "../../sites/sites.ts";
import { field, frameFor, mustBeSignedIn } from "../account/routes.tsx";
import { requestLanguage, sendPage } from "../routes.tsx";
import { type NewRelease, renderNewRelease } from "./new-page.tsx";
import { type Made, renderSharing, type Shared, type SharingInput } from "./page.tsx";
import { emptyForm, lines, releaseOfForm, typedIn } from "./typed.ts";
import { embedDays } from "./ways.tsx";
import { sharingWords } from "./words.ts";

type AppContext = Context<{ Bindings: Env }>;
const dayMs = 86_400_000;

export const sharing = new Hono<{ Bindings: Env }>();

const base = "/sites/:site/sharing";
const one = `${base}/:release`;

async function show(c: AppContext, more: Pick<SharingInput, "made" | "faulty"> = {}): Promise<Response> {
	const { DB } = c.env;
	const site = await siteOf(c.env, c.req.param("site") ?? "");
	const now = Date.now();
	const [releases, people, invitations, keys] = await Promise.all([
		releasesOf(DB, site.id),
		listPeople(DB, site.id),
		listInvitations(DB, site.id),
		listKeys(DB, site.id),
	]);
	const shared = await Promise.all(
		releases
			.filter(({ ended }) => ended === null)
			.map(async (release): Promise<Shared> => {
				const isOf = (row: { release: string }) => row.release === release.id;
				return {
					release: await ownedRelease(DB, release, site, now),
					people: people.filter(isOf),
					invitations: invitations.filter(isOf),
					keys: keys.filter(isOf),
					...(release.webhook === null
						? {}
						: { webhook: { key: await webhookKey(DB, release), ...(await deliveryOf(DB, release, now)) } }),
				};
			}),
	);
	const ended = releases.filter((release) => release.ended !== null);
	const frame = frameFor(c, true);
	const html = renderSharing(frame, {
		site,
		shared,
		ended: await Promise.all(ended.map((release) => ownedRelease(DB, release, site, now))),
		...more,
	});
	return sendPage(c, html, frame.nonce);
}

const back = (c: AppContext) =>
	c.redirect(`/sites/${c.req.param("site")}/sharing${c.req.query("lang") ? `?lang=${requestLanguage(c)}` : ""}`, 303);

/** A release of the path's site that has not ended. Throws `not-found`. */
async function found(c: AppContext): Promise<Release> {
	const release = await releaseOf(c.env.DB, c.req.param("release") ?? "");
	if (!release || release.site !== c.req.param("site") || release.ended !== null) throw new Problem("not-found");
	return release;
}

sharing.get(base, (c) => show(c));

async function showNew(c: AppContext, more: Omit<NewRelease, "site" | "samples">): Promise<Response> {
	const site = await siteOf(c.env, c.req.param("site") ?? "");
	const frame = frameFor(c, true);
	const html = renderNewRelease(frame, { site, samples: c.env.SAMPLES === "1", ...more });
	return sendPage(c, html, frame.nonce);
}

sharing.get(`${base}/new`, async (c) => {
	const { grain } = await siteOf(c.env, c.req.param("site"));
	return showNew(c, { typed: emptyForm(grain) });
});

/** The field that a refusal is about, as far as its words tell. */
function fieldOf(error: unknown): NonNullable<NewRelease["wrong"]> {
	if (!(error instanceof Problem) || error.kind !== "outside-limits") throw error;
	const { detail = "" } = error;
	const known = [
		["epsilon", "epsilon"],
		["period is", "period"],
		["sitemap.xml", "sitemap"],
		["page", "pages"],
	] as const;
	return { field: known.find(([words]) => detail.includes(words))?.[1] ?? "other", detail };
}

sharing.post(`${base}/new`, async (c) => {
	const site = await siteOf(c.env, c.req.param("site"));
	const typed = typedIn(await c.req.parseBody());
	const checked = checkNew(c.env, releaseOfForm(typed));
	if (!checked.ok) {
		const isKnown = Object.hasOwn(sharingWords.nb.wrong, checked.field);
		const wrong = isKnown ? (checked.field as keyof (typeof sharingWords.nb)["wrong"]) : "other";
		return showNew(c, { typed, wrong: { field: wrong, detail: checked.detail } });
	}
	const { name, audience, frames, webhook, ...terms } = checked.value;
	try {
		refuseBadPeriod(site, terms);
		const resolved = await resolvePages(terms, site.origins);
		const planned = await hashSecret(JSON.stringify(resolved));
		if (typed.step === "on" && typed.planned === planned) {
			await createRelease(c.env.DB, site, { name, audience, frames, webhook, ...resolved }, Date.now());
			return back(c);
		}
		const plan = await planRelease(c.env, site, resolved, Date.now());
		return await showNew(c, { typed, plan, planned, changed: typed.step === "on" });
	} catch (error) {
		return showNew(c, { typed, wrong: fieldOf(error) });
	}
});

/** Shows what was made, this once. */
const showMade = (c: AppContext, release: Release, kind: Made["kind"], text: string) =>
	show(c, { made: { release: release.id, kind, text } });

sharing.post(`${one}/invite`, async (c) => {
	const { name: by } = await mustBeSignedIn(c);
	const release = await found(c);
	const typed = { name: await field(c, "name"), email: await field(c, "email") };
	const wanted = v.safeParse(invitationSchema, { ...typed, role: "partner", release: release.id });
	if (!wanted.success) return show(c, { faulty: { release: release.id, field: "name", typed: typed.name } });
	const token = await invite(c.env.DB, { ...wanted.output, site: release.site, by });
	return showMade(c, release, "invitation", `${new URL(c.req.url).origin}/invitation/${token}`);
});

const keyName = v.pipe(v.string(), v.trim(), v.minLength(1), v.maxLength(80));

sharing.post(`${one}/keys`, async (c) => {
	const { name: who } = await mustBeSignedIn(c);
	const release = await found(c);
	const typed = await field(c, "name");
	const wanted = v.safeParse(keyName, typed);
	// A key of a name that is taken would end the one that has it.
	const taken = (await listKeys(c.env.DB, release.site)).some(({ name }) => wanted.success && name === wanted.output);
	if (!wanted.success || taken) return show(c, { faulty: { release: release.id, field: "name", typed } });
	const { id, site } = release;
	const key = await issueKey(c.env.DB, { site, role: "partner", release: id, name: wanted.output });
	await note(c.env.DB, [site], { at: Date.now(), who, what: "key-issued", about: `${wanted.output}: partner ${id}` });
	return showMade(c, release, "key", key);
});

sharing.post(`${one}/people/end`, async (c) => {
	const { name: by } = await mustBeSignedIn(c);
	const { id, site } = await found(c);
	await endRight(c.env.DB, { account: await field(c, "account"), site, role: "partner", release: id, by });
	return back(c);
});

sharing.post(`${one}/invitations/end`, async (c) => {
	const { name: by } = await mustBeSignedIn(c);
	const { site } = await found(c);
	await endInvitation(c.env.DB, { site, id: await field(c, "id"), by });
	return back(c);
});

sharing.post(`${one}/keys/end`, async (c) => {
	const { name: who } = await mustBeSignedIn(c);
	const { id, site } = await found(c);
	const name = await field(c, "name");
	const isOfRelease = (await listKeys(c.env.DB, site)).some((key) => key.name === name && key.release === id);
	if (isOfRelease && (await endKey(c.env.DB, site, name)))
		await note(c.env.DB, [site], { at: Date.now(), who, what: "key-ended", about: name });
	return back(c);
});

sharing.post(`${one}/settings`, async (c) => {
	const release = await found(c);
	const [frames, webhook] = [await field(c, "frames"), (await field(c, "webhook")).trim()];
	const checked = checkChanges({ frames: lines(frames), webhook: webhook || null });
	if (!checked.ok) {
		const wrong = checked.field === "webhook" ? "webhook" : "frames";
		const typed = { frames, webhook }[wrong];
		return show(c, { faulty: { release: release.id, field: wrong, typed } });
	}
	await changeRelease(c.env.DB, release.id, checked.value);
	return back(c);
});

sharing.post(`${one}/embed`, async (c) => {
	const { name: who } = await mustBeSignedIn(c);
	const release = await found(c);
	const asked = await field(c, "days");
	const days = embedDays.find((known) => String(known) === asked) ?? embedDays[0];
	const token = await embedToken(c.env.DB, release, Date.now() + days * dayMs);
	const about = `${release.id}: embed, ${days} d`;
	await note(c.env.DB, [release.site], { at: Date.now(), who, what: "granted", about });
	const address = `${new URL(c.req.url).origin}/releases/${release.id}/embed?token=${token}`;
	const html = `<iframe src="${address}" title="${release.id}" width="100%" height="900"></iframe>`;
	return showMade(c, release, "embed", html);
});

sharing.post(`${one}/renew`, async (c) => {
	const { name: who } = await mustBeSignedIn(c);
	const release = await found(c);
	await renewSecret(c.env.DB, release);
	await note(c.env.DB, [release.site], { at: Date.now(), who, what: "ended", about: `${release.id}: embed` });
	return back(c);
});

sharing.post(`${one}/end`, async (c) => {
	const { name: who } = await mustBeSignedIn(c);
	const release = await found(c);
	if ((await field(c, "sure")) !== "on") return back(c);
	await endRelease(c.env.DB, release.id, Date.now());
	await note(c.env.DB, [release.site], { at: Date.now(), who, what: "ended", about: release.id });
	return back(c);
});
