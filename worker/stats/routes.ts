/** The Stats API: figures of one site as JSON or CSV, for a key of the owner or a viewer. */
import { Hono } from "hono";
import { guard } from "../access/guard.ts";
import type { Env } from "../env.ts";
import { Problem } from "../problem.ts";
import { siteOf } from "../sites/sites.ts";
import type { Answer, Range, Stats } from "./answers.ts";
import { writeCsv } from "./csv.ts";
import { rangeOf, type Takes } from "./range.ts";
import { statsOf } from "./stats.ts";

interface Route extends Takes {
	answer(stats: Stats, range: Range): Promise<Answer>;
}

/** One line a route. */
const routes: Record<string, Route> = {
	summary: { compare: true, device: true, answer: (stats, range) => stats.summary(range) },
	timeline: { compare: true, answer: (stats, range) => stats.timeline(range) },
	pages: { device: true, answer: (stats, range) => stats.pages(range) },
	flows: { page: "required", answer: (stats, range) => stats.flows({ ...range, page: range.page ?? "" }) },
	leaving: { page: true, answer: (stats, range) => stats.leaving(range) },
	channels: { answer: (stats, range) => stats.channels(range) },
	devices: { answer: (stats, range) => stats.devices(range) },
	elements: { page: true, answer: (stats, range) => stats.elements(range) },
	vitals: { page: true, device: true, answer: (stats, range) => stats.vitals(range) },
};

export const stats = new Hono<{ Bindings: Env }>();

stats.get("/v1/sites/:site/stats/:name", async (c) => {
	const id = c.req.param("site");
	await guard(c, id, ["owner", "viewer"]);
	const [name = "", format] = c.req.param("name").split(/\.(?=csv$)/);
	const route = Object.hasOwn(routes, name) ? routes[name] : undefined;
	if (!route) throw new Problem("not-found", `Figures there are: ${Object.keys(routes).join(", ")}.`);
	const site = await siteOf(c.env, id);
	const range = rangeOf(c.req.query(), route, site, Date.now());
	const answer = await route.answer(statsOf(c.env, site), range);
	if (format === undefined) return c.json(answer, 200, { "Cache-Control": "no-store" });
	return c.body(writeCsv(answer), 200, {
		"Content-Type": "text/csv; charset=utf-8",
		"Content-Disposition": `attachment; filename="${id}-${name}-${range.from}-${range.to}.csv"`,
		"Cache-Control": "no-store",
		"X-Content-Type-Options": "nosniff",
	});
});
