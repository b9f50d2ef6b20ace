/**
 * Reading closed books in D1: whole months from their sums where these are up to date, every other period from its cells.
 * One batch, which is one transaction, so no closing comes in between. Leaves out the open book (read.ts).
 */
import type { ImportSource } from "../../schema/imports.ts";
import { type MeasureName, offsets } from "../../schema/measures.ts";
import { addDays, dateOf } from "../../schema/period.ts";
import { treeNames, treeRules } from "../../schema/tree-rules.ts";
import type { TreeName } from "../../schema/trees.ts";
import type { Site } from "../sites/sites.ts";
import { frontEnd, type MonthInRange, monthOf, monthsWithin, periodsOf, sumVersion, trendTrees } from "./months.ts";
import type { Tally } from "./tally.ts";
import { longestGap } from "./uniques.ts";

/** What is asked of a range. */
export interface Wish {
	trees: TreeName[];
	/** Where the measures before this one are enough; before `frontEnd` less is read. */
	before?: MeasureName;
	/** True where every period is needed by itself. */
	apart?: true;
	/** Only what is about this page: keys that are, begin with or end with its path. */
	page?: string | undefined;
}

/** A cell of a period, or of a whole month where there is a `trend`. */
export interface ReadCell {
	/** Label; of a month its first period's. */
	period: string;
	tree: TreeName;
	key: string;
	/** What adds up to its tally, of indexes before `end`. */
	parts: readonly (string | Tally)[];
	end: number;
	/** Views of each period of the month. */
	trend?: string;
}

export interface ClosedPeriod {
	period: string;
	coversFrom: string;
	sample: boolean;
	/** The tool that counted it, where that was not our own. */
	source: ImportSource | null;
}

/** The first index that is not needed. */
const endOf = ({ before }: Wish) => (before === undefined ? Number.POSITIVE_INFINITY : offsets[before]);

type Row = Record<"tree" | "key" | "period" | "month" | "tally" | "rest" | "trend", string>;

/** Of site ?1, trees ?2 and, unless it is null, page ?3; char(9) joins the parts of a key. */
const asked = `site = ?1 AND tree IN (SELECT value FROM json_each(?2)) AND (
	?3 IS NULL OR key = ?3 OR substr(key, 1, length(?3) + 1) = ?3 || char(9) OR substr(key, -1 - length(?3)) = char(9) || ?3)`;

/** The months of a site that were summed when this isolate last read it: a guess, which every read makes sure of. */
const lastSummed = new Map<string, Set<string>>();

/** Everything closed in the periods of a range, which are all there are between its first and its last one. */
export async function readClosed(
	db: D1Database,
	site: Site,
	periods: string[],
	wish: Wish,
	now = Date.now(),
): Promise<{ closings: ClosedPeriod[]; cells: ReadCell[] }> {
	const guess = lastSummed.get(site.id);
	const possible = wish.apart ? [] : monthsWithin(periods, site.grain, addDays(dateOf(now, site.timeZone), -1));
	let months = possible.filter(({ month }) => guess?.has(month) ?? true);
	for (;;) {
		const { closings, summed, cells } = await readOnce(db, site, periods, wish, months);
		lastSummed.set(site.id, summed);
		const within = closings.filter(({ period }) => period <= (periods.at(-1) ?? ""));
		const partly = new Set(closings.slice(within.length).map(({ period }) => monthOf(period)));
		const closedIn = new Set(within.map(({ period }) => monthOf(period)));
		// Nearly always every one can be taken; where one cannot, its cells are read instead.
		const taken = months.filter(({ month }) => !partly.has(month) && (summed.has(month) || !closedIn.has(month)));
		if (taken.length === months.length) return { closings: within, cells };
		months = taken;
	}
}

async function readOnce(db: D1Database, site: Site, periods: string[], wish: Wish, months: MonthInRange[]) {
	const first = periods[0] ?? "";
	const last = periods.at(-1) ?? "";
	/** Where the last month ends, should that be later: what is closed there belongs to its sum. */
	const monthEnd = periodsOf(months.at(-1)?.month ?? "", site.grain).at(-1) ?? last;
	const marks = db
		.prepare(
			"SELECT month FROM month WHERE site = ?1 AND trees = CAST(?2 AS INTEGER) AND version = CAST(?3 AS INTEGER)",
		)
		.bind(site.id, treeNames.length, sumVersion);
	const closed = db
		.prepare(
			`SELECT closing.period, covers_from, sample, source FROM closing
			LEFT JOIN imported ON imported.site = closing.site AND imported.period = closing.period
			WHERE closing.site = ?1 AND closing.period BETWEEN ?2 AND ?3 ORDER BY closing.period`,
		)
		.bind(site.id, first, monthEnd > last ? monthEnd : last);
	const [{ results: summed = [] } = {}, { results: closings = [] } = {}, ...found] = await db.batch<
		Row & { covers_from: string; sample: number; source: ImportSource | null }
	>([marks, closed, ...groups(wish.trees, months).flatMap((group) => statements(db, site.id, periods, wish, group))]);
	const firsts = new Map(months.map(({ month, first: at }) => [month, periods[at] ?? ""]));
	const end = endOf(wish);
	return {
		summed: new Set(summed.map(({ month }) => month)),
		closings: closings.map(({ period, covers_from: coversFrom, sample, source }) => ({
			period,
			coversFrom,
			sample: sample === 1,
			source,
		})),
		cells: found.flatMap(({ results }) => results.map((row) => cellOf(row, firsts, end))),
	};
}

interface Group {
	trees: TreeName[];
	months: MonthInRange[];
}

/**
 * Trees with the months that can be read as sums. Where unique visitors are counted, the first periods are needed one by one,
 * as far as gaps are told apart; after them only visitors not seen for longer are new, and a month's first period can stand for all.
 */
function groups(trees: TreeName[], months: MonthInRange[]): Group[] {
	const countsVisitors = (tree: TreeName) => "visitors" in treeRules[tree];
	return [
		{ trees: trees.filter((tree) => !countsVisitors(tree)), months },
		{ trees: trees.filter(countsVisitors), months: months.filter(({ first }) => first >= longestGap - 1) },
	].filter((group) => group.trees.length > 0);
}

function statements(db: D1Database, site: string, periods: string[], wish: Wish, group: Group) {
	const { trees, months } = group;
	const values = [site, JSON.stringify(trees), wish.page ?? null];
	const ofPeriods = db.prepare(`SELECT tree, key, period, tally FROM cell WHERE ${asked} AND period BETWEEN ?4 AND ?5`);
	const days = runsBetween(periods, months).map((run) => ofPeriods.bind(...values, ...run));
	if (months.length === 0) return days;
	const more = `${endOf(wish) <= frontEnd ? "" : ", rest"}${trees.some((tree) => trendTrees.has(tree)) ? ", trend" : ""}`;
	const ofMonths = db.prepare(
		`SELECT tree, key, month, tally${more} FROM month_cell WHERE ${asked} AND month IN (SELECT value FROM json_each(?4))`,
	);
	return [...days, ofMonths.bind(...values, JSON.stringify(months.map(({ month }) => month)))];
}

/** First and last label of every stretch of periods outside the months. */
function runsBetween(periods: string[], months: MonthInRange[]): [first: string, last: string][] {
	const runs: [string, string][] = [];
	let next = 0;
	for (const { first, last } of [...months, { first: periods.length, last: periods.length }]) {
		if (first > next) runs.push([periods[next] as string, periods[first - 1] as string]);
		next = last + 1;
	}
	return runs;
}

function cellOf(row: Row, firsts: Map<string, string>, end: number): ReadCell {
	const { tree, key, period, month, tally, rest, trend } = row;
	const parts = rest === undefined ? [tally] : [tally, rest];
	const cell = { period: period ?? firsts.get(month) ?? "", tree: tree as TreeName, key, parts, end };
	return month === undefined ? cell : { ...cell, trend: trend ?? "" };
}
