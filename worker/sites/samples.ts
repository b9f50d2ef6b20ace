/**
 * Sample visits for a local demo: made-up reports of an ended day go through the same parse, book, fold and seal as real
 * ones. Only where the binding SAMPLES says so; the period is marked as sample for good.
 */
import { eq } from "drizzle-orm";
import { drizzle } from "drizzle-orm/d1";
import { type Context, Hono } from "hono";
import { boundsOf } from "../../schema/period.ts";
import type { Report } from "../../schema/report.ts";
import { aimKeys } from "../../schema/settings.ts";
import { closing } from "../../schema/tables.ts";
import { guard } from "../access/guard.ts";
import { bookOf } from "../book/books.ts";
import { planFor } from "../closing/close.ts";
import type { Env } from "../env.ts";
import { checkAgainstSite, makeEntries } from "../ingest/entries.ts";
import { parseReport } from "../ingest/parse.ts";
import { Problem } from "../problem.ts";
import { shardOf } from "./shards.ts";
import { type Site, siteOf } from "./sites.ts";

export const samples = new Hono<{ Bindings: Env }>();

samples.use("/v1/sites/:site/samples", async (c, next) => {
	if (c.env.SAMPLES !== "1") throw new Problem("not-found");
	await guard(c, c.req.param("site") ?? "", ["owner"]);
	await next();
});

samples.get("/v1/sites/:site/samples", async (c) => {
	const site = await siteOf(c.env, c.req.param("site"));
	const closed = await drizzle(shardOf(c.env, site)).select().from(closing).where(eq(closing.site, site.id));
	const open = await bookOf(c.env, site.id).openPeriods();
	return c.json({ periods: [...closed, ...open].filter(({ sample }) => sample).map(({ period }) => period) });
});

samples.post("/v1/sites/:site/samples", async (c) => {
	const now = Date.now();
	const site = await siteOf(c.env, c.req.param("site"));
	const { period, seal, reports } = await readBody(c, site, now);
	const book = bookOf(c.env, site.id);
	await book.markSample(period, now);
	const { late } = await book.accept(await makeEntries(reports, aimKeys(site.settings)), now);
	const state = seal ? await book.close(planFor(site, period), now) : "open";
	return c.json({ period, state, counted: reports.length - late });
});

async function readBody(c: Context, site: Site, now: number) {
	const body: { period?: unknown; seal?: unknown; reports?: unknown } = await c.req.json().catch(() => ({}));
	const bounds = typeof body.period === "string" ? boundsOf(body.period, site.grain, site.timeZone) : undefined;
	if (!bounds || bounds.end > now || !Array.isArray(body.reports))
		throw new Problem("malformed", "Send an ended period and its reports.");
	const reports: Report[] = body.reports.map((item) => {
		const parsed = parseReport(item);
		if (!parsed.ok) throw new Problem(parsed.kind, parsed.detail);
		return parsed.value;
	});
	checkAgainstSite(reports, site, now);
	if (reports.some((report) => report.period !== body.period || report.book))
		throw new Problem("outside-limits", "Every report belongs to the period and to book 0.");
	return { period: body.period as string, seal: body.seal === true, reports };
}
