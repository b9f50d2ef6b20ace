/**
 * The owner's page about the set-up, what its script asks, and the look at the owner's own site that its button starts. That whoever
 * asks owns the site is checked for all pages below it (dashboard/mount.ts), and forms of other sites are refused (access/guard.ts).
 */
import { type Context, Hono } from "hono";
import { paths, style } from "../../../dist/assets.ts";
import { dateOf } from "../../../schema/period.ts";
import { makeSecret } from "../../access/secrets.ts";
import { viewsNow } from "../../book/books.ts";
import type { Env } from "../../env.ts";
import { Problem } from "../../problem.ts";
import { lookAtSite } from "../../setup/look.ts";
import { keepLook, lookOf, watchSite } from "../../setup/watch.ts";
import { type Site, siteOf } from "../../sites/sites.ts";
import { statsOf } from "../../stats/stats.ts";
import { field } from "../account/routes.tsx";
import { formatOf } from "../format.ts";
import { messagesOf } from "../frame.ts";
import { contentOnlyHeader, type LiveFigures } from "../live-figures.ts";
import { liveFigures } from "../panels/live.tsx";
import { requestLanguage, sendPage } from "../routes.tsx";
import type { SetupInput } from "./cards.tsx";
import { setupFor } from "./known.ts";
import { renderSetup, withSetup } from "./page.tsx";

type AppContext = Context<{ Bindings: Env }>;

/** Pressed again sooner, the button shows what was found. */
const restMs = 3_000;
const maxPathChars = 200;

export const setupRoutes = new Hono<{ Bindings: Env }>();
const base = "/sites/:site/setup";

async function liveOf(c: AppContext, site: Site, { setup }: Pick<SetupInput, "setup">): Promise<LiveFigures> {
	const language = requestLanguage(c);
	const today = dateOf(Date.now(), site.timeZone);
	const [summary, present] = await Promise.all([
		statsOf(c.env, site).summary({ from: today, to: today }),
		viewsNow(c.env, site),
	]);
	return withSetup(liveFigures(summary, present, messagesOf(language), formatOf(language)), setup);
}

setupRoutes.get(base, async (c) => {
	const site = await siteOf(c.env, c.req.param("site"));
	const known = await setupFor(c, site);
	const nonce = makeSecret();
	const html = renderSetup({
		...known,
		name: site.name,
		language: requestLanguage(c),
		chosen: c.req.query("source"),
		nonce,
		paths,
		style,
		contentOnly: c.req.header(contentOnlyHeader) !== undefined,
		mark: (await liveOf(c, site, known)).mark,
	});
	return sendPage(c, html, nonce);
});

setupRoutes.get(`${base}/live`, async (c) => {
	const site = await siteOf(c.env, c.req.param("site"));
	return c.json(await liveOf(c, site, await setupFor(c, site)), 200, { "cache-control": "private, no-store" });
});

setupRoutes.post(`${base}/look`, async (c) => {
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
