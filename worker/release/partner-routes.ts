/**
 * What partners read: released figures with their intervals, as JSON or CSV. Nothing here reads anything else, so no header, order,
 * status or refusal can depend on what is not released. Leaves out drawing, and pages for people.
 */
import { type Context, Hono } from "hono";
import { guardRelease } from "../access/guard.ts";
import type { Env } from "../env.ts";
import { Problem } from "../problem.ts";
import { siteOf } from "../sites/sites.ts";
import type { Site } from "../sites/stored.ts";
import { writeLines } from "../stats/csv.ts";
import { aboutRelease } from "./about.ts";
import type { ReleaseAnswer } from "./answers.ts";
import { type Release, releaseOf } from "./definition.ts";
import { releaseRange } from "./range.ts";
import { releasedDates } from "./released.ts";
import { type ReleaseRoute, releaseRoutes } from "./table.ts";

type AppContext = Context<{ Bindings: Env }>;

export const partnerFigures = new Hono<{ Bindings: Env }>();

/** A release that the caller may read and that has not ended; one that is not there is refused like somebody else's. */
async function readable(c: AppContext): Promise<{ release: Release; site: Site }> {
	const release = await releaseOf(c.env.DB, c.req.param("release") ?? "");
	await guardRelease(c, release);
	if (!release || release.ended !== null) throw new Problem("forbidden");
	return { release, site: await siteOf(c.env, release.site) };
}

async function answerOf(c: AppContext, { groups, answer }: ReleaseRoute): Promise<ReleaseAnswer> {
	const { release, site } = await readable(c);
	if (!groups.some((group) => release.terms.groups.includes(group)))
		throw new Problem("not-found", "This release does not have these figures.");
	const released = await releasedDates(c.env.DB, release);
	const range = releaseRange(c.req.query(), release.terms.period, released);
	return answer({ d1: c.env.DB, release, timeZone: site.timeZone, released: released ?? range, range });
}

partnerFigures.get("/v1/releases/:release", async (c) => {
	const { release, site } = await readable(c);
	const released = await releasedDates(c.env.DB, release);
	return c.json(aboutRelease(release, site, released), 200, { "Cache-Control": "no-store" });
});

for (const [name, route] of Object.entries(releaseRoutes)) {
	const path = `/v1/releases/:release/stats/${name}`;
	partnerFigures.get(path, async (c) => c.json(await answerOf(c, route), 200, { "Cache-Control": "no-store" }));
	partnerFigures.get(`${path}.csv`, async (c) => {
		const answer = await answerOf(c, route);
		const { from, to } = answer.range;
		return c.body(writeReleaseCsv(answer), 200, {
			"Content-Type": "text/csv; charset=utf-8",
			"Content-Disposition": `attachment; filename="${answer.release}-${name}-${from}-${to}.csv"`,
			"Cache-Control": "no-store",
			"X-Content-Type-Options": "nosniff",
		});
	});
}

type Line = Record<string, string | number | boolean | null>;

/** One flat table (RFC 4180): names, then value, low, high and how they were made. Of a summary, a line a figure. */
export function writeReleaseCsv(answer: ReleaseAnswer): string {
	const lines = linesOf(answer).map(({ value, low, high, ...names }): Line => {
		const figures = { value: value ?? null, low: low ?? null, high: high ?? null, method: answer.method };
		return { ...names, ...figures };
	});
	const columns = Object.keys(lines[0] ?? {});
	return writeLines([columns, ...lines.map((line) => columns.map((column) => line[column]))]);
}

function linesOf(answer: ReleaseAnswer): Line[] {
	if ("rows" in answer) return answer.rows as Line[];
	const { range, visitors, before, change } = answer as ReleaseAnswer & {
		visitors: Line;
		before: { from: string; to: string; visitors: Line } | null;
		change: Line | null;
	};
	return [
		{ figure: "visitors", ...range, ...visitors },
		...(before ? [{ figure: "before", from: before.from, to: before.to, ...before.visitors }] : []),
		...(change ? [{ figure: "change", ...range, ...change }] : []),
	];
}
