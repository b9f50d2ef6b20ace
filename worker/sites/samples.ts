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
import { treeNames } from "../../schema/tree-rules.ts";
import { guard } from "../access/guard.ts";
import { bookOf } from "../book/books.ts";
import { planFor } from "../closing/close.ts";
import { monthChanged } from "../closing/months.ts";
import type { Env } from "../env.ts";
import { checkAgainstSite, makeEntries } from "../ingest/entries.ts";
import { parseReport } from "../ingest/parse.ts";
import { Problem } from "../problem.ts";
import { monthOf } from "../query/months.ts";
import { shardOf } from "./shards.ts";
import { type Site, siteOf } from "./sites.ts";

/** Labels of the periods that hold sample visits. */
export async function samplePeriods(env: Env, site: Site): Promise<string[]> {
	const closed = await drizzle(shardOf(env, site)).select().from(closing).where(eq(closing.site, site.id));
	const open = await bookOf(env, site.id).openPeriods();
	return [...closed, ...open].filter(({ sample }) => sample).map(({ period }) => period);
}

/** Deletes every period that holds sample visits, closed or not. What was released of them stays: it is out. */
export async function deleteSamples(env: Env, site: Site): Promise<void> {
	const periods = await samplePeriods(env, site);
	await bookOf(env, site.id).dropSamples();
	const db = shardOf(env, site);
	const drop = (table: "cell" | "month_cell", column: "period" | "month", labels: Iterable<string>) =>
		treeNames.map((tree) =>
			db
				.prepare(
					`DELETE FROM ${table} WHERE site = ?1 AND tree = ?2 AND ${column} IN (SELECT value FROM json_each(?3))`,
				)
				.bind(site.id, tree, JSON.stringify([...labels])),
		);
	const gone = (table: "closing" | "erasure") =>
		db
			.prepare(`DELETE FROM ${table} WHERE site = ?1 AND period IN (SELECT value FROM json_each(?2))`)
			.bind(site.id, JSON.stringify(periods));
	// Sums of a month without closings would be read as they are, so they go in the same batch.
	await db.batch([
		gone("closing"),
		gone("erasure"),
		...drop("cell", "period", periods),
		...drop("month_cell", "month", new Set(periods.map(monthOf))),
		...periods.map((period) => monthChanged(db, site.id, period)),
	]);
}

export const samples = new Hono<{ Bindings: Env }>();

samples.use("/v1/sites/:site/samples", async (c, next) => {
	if (c.env.SAMPLES !== "1") throw new Problem("not-found");
	await guard(c, c.req.param("site") ?? "", ["owner"]);
	await next();
});

samples.get("/v1/sites/:site/samples", async (c) => {
	return c.json({ periods: await samplePeriods(c.env, await siteOf(c.env, c.req.param("site"))) });
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
