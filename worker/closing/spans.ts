/**
 * Span sums of busy sites: the closed periods of the usual ranges, added up by the scheduled work so that a page need not read them
 * one by one. What is usual moves on every day, and a sum counts for nothing once a closing, an erasure or an import has changed one
 * of its months: both are noticed here and by every reader. Leaves out reading (worker/query/closed.ts).
 */
import { dateOf, periodsBetween } from "../../schema/period.ts";
import { treeNames, treeRules } from "../../schema/tree-rules.ts";
import type { TreeName } from "../../schema/trees.ts";
import { jsonChunks } from "../book/chunks.ts";
import { readClosed, type SpanLine, trendOf } from "../query/closed.ts";
import { type MonthMark, type ReadCell, type Remembered, recall, sumOf } from "../query/memory.ts";
import { frontEnd, monthOf, sumVersion, trendTrees, writeTrend } from "../query/months.ts";
import { changesBetween, spanOf, type UsualRange, usualRanges } from "../query/spans.ts";
import { encode } from "../query/tally.ts";
import type { Site } from "../sites/stored.ts";

/** Of one site in one run, so that the other sites need not wait long. */
const maxSpansPerRun = 4;
/** Fewer cells in the months of a range are quickly read as they are. */
const manyCells = 10_000;
/** What was made so long ago and is in no span was broken off. */
const brokenOffMs = 3_600_000;

/** Where unique visitors are counted, periods are read one by one. */
const summedTrees = treeNames.filter((tree) => !("visitors" in treeRules[tree]));

interface DueRange extends UsualRange {
	/** Labels of the first and the last closed period in it. */
	first: string;
	last: string;
}

/** Sums what is due, and deletes what is not usual any more. Returns the names of what was summed. */
export async function sumSpans(db: D1Database, site: Site, now: number): Promise<string[]> {
	if (site.grain === "month") return [];
	const known = await readState(db, site, now);
	const wanted = usualRanges(dateOf(now, site.timeZone)).flatMap((range) => {
		const periods = new Set(periodsBetween(range.from, range.to, site.grain));
		const closings = known.closings.filter(({ period }) => periods.has(period));
		const [first, last] = [closings[0]?.period, closings.at(-1)?.period];
		if (!first || !last || cellsBetween(known.months, first, last) < manyCells) return [];
		return [{ ...range, first, last, isDue: spanOf(known, closings) === undefined }];
	});
	const summed: string[] = [];
	for (const range of wanted.filter(({ isDue }) => isDue).slice(0, maxSpansPerRun))
		if (await sumSpan(db, site, range, changesBetween(known.months, range.first, range.last), now))
			summed.push(range.name);
	const names = wanted.map(({ name }) => name);
	if (summed.length > 0 || known.spans.some(({ name }) => !names.includes(name)))
		await forgetOthers(db, site.id, names, now);
	return summed;
}

/** The site's months, spans and closings as they are now. */
async function readState(db: D1Database, site: Site, now: number): Promise<Remembered> {
	await readClosed(db, site, [], {}, now);
	return recall(site.id) as Remembered;
}

function cellsBetween(months: readonly MonthMark[], first: string, last: string): number {
	const [from, to] = [monthOf(first), monthOf(last)];
	return months.reduce((sum, { month, cells }) => (month >= from && month <= to ? sum + cells : sum), 0);
}

/** False where something changed meanwhile: then it waits for the next time. A batch a tree, and at last the one that makes it count. */
async function sumSpan(db: D1Database, site: Site, range: DueRange, changes: number, now: number): Promise<boolean> {
	const { name, first, last } = range;
	const made = `${now}-${crypto.randomUUID()}`;
	const periods = periodsBetween(range.from, range.to, site.grain);
	const closed = [periods.indexOf(first), periods.indexOf(last) + 1] as const;
	const put = db.prepare("INSERT INTO span_cell VALUES (?1, ?2, ?3, CAST(?4 AS INTEGER), CAST(?5 AS INTEGER), ?6)");
	for (const tree of summedTrees) {
		const [found] = await readClosed(db, site, [{ periods, wish: { trees: [tree] } }], {}, now);
		const { months } = recall(site.id) as Remembered;
		if (changesBetween(months, first, last) !== changes) return false;
		const halves = linesOf(tree, found?.trees.get(tree) ?? [], periods, closed);
		const rows = halves.flatMap((lines, half) =>
			lines.length === 0
				? []
				: [...jsonChunks(lines)].map((body, part) => put.bind(site.id, tree, made, half, part, body)),
		);
		if (rows.length > 0) await db.batch(rows);
	}
	await db.batch([
		db
			.prepare(
				"DELETE FROM span_cell WHERE site = ?1 AND made IN (SELECT made FROM span WHERE site = ?1 AND name = ?2)",
			)
			.bind(site.id, name),
		db
			.prepare("INSERT OR REPLACE INTO span VALUES (?1, ?2, ?3, ?4, CAST(?5 AS INTEGER), CAST(?6 AS INTEGER), ?7)")
			.bind(site.id, name, first, last, changes, sumVersion, made),
	]);
	return true;
}

/** What nearly every figure needs, with the views of each period where a figure shows them; and the rest of it. */
function linesOf(
	tree: TreeName,
	cells: readonly ReadCell[],
	periods: string[],
	/** Where closed periods begin and end among them. */
	closed: readonly [from: number, to: number],
): [SpanLine[], SpanLine[]] {
	const lines: [SpanLine[], SpanLine[]] = [[], []];
	const places = new Map(periods.map((period, at) => [period, at]));
	for (const cell of cells) {
		const sum = sumOf(cell);
		const trend = trendTrees.has(tree) ? writeTrend(trendOf([cell], places).slice(...closed)) : "";
		lines[0].push([cell.key, encode(sum, 0, frontEnd), trend]);
		const rest = encode(sum, frontEnd);
		if (rest !== "") lines[1].push([cell.key, rest]);
	}
	return lines;
}

/** Deletes spans of other names, and cells that are in none: what another run is making right now stays. */
async function forgetOthers(db: D1Database, site: string, names: string[], now: number): Promise<void> {
	const others = "FROM span WHERE site = ?1 AND name NOT IN (SELECT value FROM json_each(?2))";
	await db.batch([
		db
			.prepare(`DELETE FROM span_cell WHERE site = ?1 AND made IN (SELECT made ${others})`)
			.bind(site, JSON.stringify(names)),
		db.prepare(`DELETE ${others}`).bind(site, JSON.stringify(names)),
		db
			.prepare(
				"DELETE FROM span_cell WHERE site = ?1 AND made < ?2 AND made NOT IN (SELECT made FROM span WHERE site = ?1)",
			)
			.bind(site, `${now - brokenOffMs}`),
	]);
}
