/** The Stats API: figures of one site as JSON or CSV, for a key of the owner or a viewer. */
import { Hono } from "hono";
import { guard } from "../access/guard.ts";
import type { Env } from "../env.ts";
import { Problem } from "../problem.ts";
import { siteOf } from "../sites/sites.ts";
import { writeCsv } from "./csv.ts";
import { rangeOf } from "./range.ts";
import { statsOf } from "./stats.ts";
import { figureRoutes } from "./table.ts";

export const stats = new Hono<{ Bindings: Env }>();

stats.get("/v1/sites/:site/stats/:name", async (c) => {
	const id = c.req.param("site");
	await guard(c, id, ["owner", "viewer"]);
	const [name = "", format] = c.req.param("name").split(/\.(?=csv$)/);
	const route = Object.hasOwn(figureRoutes, name) ? figureRoutes[name] : undefined;
	if (!route) throw new Problem("not-found", `Figures there are: ${Object.keys(figureRoutes).join(", ")}.`);
	const site = await siteOf(c.env, id);
	const range = rangeOf(c.req.query(), route, site, Date.now(), figureRoutes);
	const answer = await route.answer(statsOf(c.env, site), range);
	if (format === undefined) return c.json(answer, 200, { "Cache-Control": "no-store" });
	return c.body(writeCsv(answer, route.lists), 200, {
		"Content-Type": "text/csv; charset=utf-8",
		"Content-Disposition": `attachment; filename="${id}-${name}-${range.from}-${range.to}.csv"`,
		"Cache-Control": "no-store",
		"X-Content-Type-Options": "nosniff",
	});
});
