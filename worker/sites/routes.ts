/** The owner reads and changes a site's settings. Leaves out the notice, whose versions are published, not changed. */
import { eq } from "drizzle-orm";
import { drizzle } from "drizzle-orm/d1";
import { Hono } from "hono";
import { bodyLimit } from "hono/body-limit";
import { maxBodyBytes } from "../../schema/limits.ts";
import { closing } from "../../schema/tables.ts";
import { guard } from "../access/guard.ts";
import { booksOf } from "../book/books.ts";
import type { Env } from "../env.ts";
import { Problem } from "../problem.ts";
import { changeSettings, movesPeriods, saveSettings, settingsOf } from "./settings.ts";
import { shardOf } from "./shards.ts";
import { forgetSite, type Site, siteOf } from "./sites.ts";

export const siteRoutes = new Hono<{ Bindings: Env }>();

siteRoutes.use("/v1/sites/:site/settings", async (c, next) => {
	await guard(c, c.req.param("site"), ["owner", "operator"]);
	await next();
	c.header("Cache-Control", "no-store");
});

siteRoutes.get("/v1/sites/:site/settings", async (c) => c.json(settingsOf(await siteOf(c.env, c.req.param("site")))));

siteRoutes.put(
	"/v1/sites/:site/settings",
	bodyLimit({
		maxSize: maxBodyBytes,
		onError: () => {
			throw new Problem("too-large", "Settings take at most 64 KiB.");
		},
	}),
	async (c) => {
		const id = c.req.param("site");
		forgetSite(id); // changes build on what is stored, not on a copy
		const site = await siteOf(c.env, id);
		const body: unknown = await c.req.json().catch(() => {
			throw new Problem("malformed", "Send the settings to change as JSON.");
		});
		const changed = changeSettings(site, body);
		if (!changed.ok) throw new Problem("outside-limits", changed.detail);
		if (movesPeriods(site, changed.value) && (await hasCounted(c.env, site)))
			throw new Problem("outside-limits", "Grain and time zone are fixed once something has been counted.");
		await saveSettings(c.env.DB, id, changed.value);
		forgetSite(id);
		return c.json(settingsOf(await siteOf(c.env, id)));
	},
);

async function hasCounted(env: Env, site: Site): Promise<boolean> {
	const open = await Promise.all(booksOf(env, site).map((book) => book.openPeriods()));
	if (open.flat().length > 0) return true;
	return (await drizzle(shardOf(env, site)).$count(closing, eq(closing.site, site.id))) > 0;
}
