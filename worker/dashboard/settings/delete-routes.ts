/**
 * Deleting a site: the page that asks for its name, and what it posts. That whoever asks owns the site is checked for all pages below
 * it (dashboard/mount.ts); keys are refused there, because a key that got out must not be able to do this.
 */
import { type Context, Hono } from "hono";
import { deleteRest } from "../../closing/delete-sites.ts";
import type { Env } from "../../env.ts";
import { forgetClosed } from "../../query/memory.ts";
import { deleteSite, sitesToDelete } from "../../sites/delete.ts";
import { forgetSite, siteOf } from "../../sites/sites.ts";
import { field, frameFor, mustBeSignedIn } from "../account/routes.tsx";
import { requestLanguage, sendPage } from "../routes.tsx";
import { renderDelete } from "./delete-page.tsx";

type AppContext = Context<{ Bindings: Env }>;

export const deletePages = new Hono<{ Bindings: Env }>();

const path = "/sites/:site/settings/delete";

async function show(c: AppContext, typed?: string): Promise<Response> {
	const site = await siteOf(c.env, c.req.param("site") ?? "");
	const frame = frameFor(c, true);
	const isDemo = c.env.SAMPLES === "1" && site.id === "demo";
	return sendPage(c, renderDelete(frame, { site, isDemo, typed }), frame.nonce);
}

/** As people type: accents may be marks of their own, and spaces come along. */
const plain = (name: string) => name.normalize("NFC").trim().replaceAll(/\s+/g, " ");

deletePages.get(path, (c) => show(c));

deletePages.post(path, async (c) => {
	const { name: who } = await mustBeSignedIn(c);
	const id = c.req.param("site");
	const typed = await field(c, "name");
	forgetSite(id); // it may have another name by now
	const { name } = await siteOf(c.env, id);
	if (plain(typed) !== plain(name)) return show(c, typed);
	const now = Date.now();
	await deleteSite(c.env.DB, id, who, now);
	forgetSite(id);
	forgetClosed(id);
	// What there is much of need not wait for the scheduled work, which sees to it that nothing is left.
	c.executionCtx.waitUntil(deleteNow(c.env, id, now).catch(() => {}));
	return c.redirect(`/account?deleted=${id}&lang=${requestLanguage(c)}`, 303);
});

async function deleteNow(env: Env, id: string, now: number): Promise<void> {
	const site = (await sitesToDelete(env.DB)).find((one) => one.id === id);
	if (site) await deleteRest(env, site, now);
}
