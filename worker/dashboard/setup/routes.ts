/**
 * The look at the owner's own site that the button of the set-up starts; the page itself is among the dashboard's (routes.tsx). That
 * whoever asks owns the site is checked for all that is below it (mount.ts), and forms of other sites are refused (access/guard.ts).
 */
import { Hono } from "hono";
import type { Env } from "../../env.ts";
import { Problem } from "../../problem.ts";
import { lookAtSite } from "../../setup/look.ts";
import { keepLook, lookOf, watchSite } from "../../setup/watch.ts";
import { siteOf } from "../../sites/sites.ts";
import { field } from "../account/routes.tsx";
import { requestLanguage } from "../routes.tsx";

/** Pressed again sooner, the button shows what was found. */
const restMs = 3_000;
const maxPathChars = 200;

export const setupLook = new Hono<{ Bindings: Env }>();

setupLook.post("/sites/:site/setup/look", async (c) => {
	const site = await siteOf(c.env, c.req.param("site"));
	const path = (await field(c, "path")).trim();
	if (!/^\/(?![/\\])/.test(path) || path.length > maxPathChars)
		throw new Problem(
			"outside-limits",
			`A page is named by its path: / or /about, at most ${maxPathChars} characters.`,
		);
	const now = Date.now();
	await watchSite(c.env, site, now);
	const before = await lookOf(c.env.DB, site.id);
	if (!before || before.path !== path || now - before.at > restMs)
		await keepLook(c.env.DB, site.id, await lookAtSite(site, path, new URL(c.req.url), now));
	const to = c.req.query("back") === "overview" ? `/sites/${site.id}` : `/sites/${site.id}/setup`;
	return c.redirect(`${to}?lang=${requestLanguage(c)}#sjekk`, 303);
});
