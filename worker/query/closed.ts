/**
 * Reading closed books in D1: the closed periods of a usual range from their sum, whole months from theirs, where these are up to
 * date, every other period from its cells. What is read comes in one batch, which is one transaction, with the state it is of, so
 * no closing comes in between. Leaves out the open book (read.ts) and what an isolate keeps (memory.ts).
 */
import { type MeasureName, offsets } from "../../schema/measures.ts";
import { addDays, dateOf } from "../../schema/period.ts";
import { treeNames, treeRules } from "../../schema/tree-rules.ts";
import type { TreeName } from "../../schema/trees.ts";
import { ensure } from "../book/ensure.ts";
import { isAbout } from "../book/show.ts";
import type { Site } from "../sites/stored.ts";
import {
	type ClosedPeriod,
	forgetClosed,
	keepCells,
	type MonthMark,
	type ReadCell,
	type Remembered,
	recall,
	recallCells,
	remember,
} from "./memory.ts";
import { frontEnd, type MonthInRange, monthOf, monthsWithin, readTrend, sumVersion, trendTrees } from "./months.ts";
import { type SpanMark, spanOf } from "./spans.ts";
import { addUp, read } from "./tally.ts";
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

/** A wish, and the labels of its range: all there are between its first and its last one. */
export interface Ask {
	periods: readonly string[];
	wish: Wish;
}

export interface Closed {
	closings: ClosedPeriod[];
	trees: Map<TreeName, readonly ReadCell[]>;
}

/** Where the cells of a tree come from: a span's sum, or runs of periods and whole months. */
interface Source {
	tree: TreeName;
	/** The same for the same cells. */
	name: string;
	/** With the measures from `frontEnd` on. */
	isWhole: boolean;
	span: SpanMark | undefined;
	periods: readonly string[];
	runs: [first: string, last: string][];
	months: MonthInRange[];
	/** Where only its keys are read. */
	page: string | undefined;
	/** True where a cell for every key is enough. */
	isTogether: boolean;
}

interface Plan {
	closings: ClosedPeriod[];
	sources: Source[];
}

/** Everything closed in the periods of some ranges. */
export async function readClosed(
	db: D1Database,
	site: Site,
	asks: readonly Ask[],
	/** What the books were like a moment ago: it need not be asked again for what is remembered of them. */
	moment: { state?: string } = {},
	instant = Date.now(),
): Promise<Closed[]> {
	for (;;) {
		const known = recall(site.id);
		const plans = known ? asks.map((ask) => planOf(known, site, ask, instant)) : [];
		const wanted = new Map(plans.flatMap(({ sources }) => sources.map((source) => [nameOf(source), source] as const)));
		const cells = new Map<string, ReadCell[]>();
		const missing: Source[] = [];
		for (const [name, source] of wanted) {
			const found = known && recallCells(known, name);
			if (found) cells.set(name, found);
			else missing.push(source);
		}
		if (known && missing.length === 0 && known.state === moment.state) return answersOf(plans, cells, asks);
		const statements = missing.map((source) => statementsOf(db, site.id, source));
		const [now, ...found] = await db.batch<never>([
			stateOf(db, site.id),
			...(known ? [] : [closingsOf(db, site.id)]),
			...statements.flat(),
		]);
		const [row] = (now?.results ?? []) as { months: string; spans: string }[];
		const state = `${row?.months}${row?.spans}`;
		if (!known) {
			const closings = (found[0]?.results ?? []) as ClosingRow[];
			remember(site.id, {
				state,
				months: JSON.parse(row?.months ?? "[]") as MonthMark[],
				spans: JSON.parse(row?.spans ?? "[]") as SpanMark[],
				closings: closings.map((row) => ({ ...row, sample: row.sample === 1 })),
			});
		} else if (known.state === state) {
			for (const [i, source] of missing.entries()) {
				const rows = found.splice(0, statements[i]?.length).flatMap(({ results }) => results as CellRow[]);
				const read = cellsOf(rows, source);
				keepCells(known, nameOf(source), read);
				cells.set(nameOf(source), read);
			}
			moment.state = state;
			return answersOf(plans, cells, asks);
		} else forgetClosed(site.id);
	}
}

function answersOf(plans: Plan[], cells: Map<string, ReadCell[]>, asks: readonly Ask[]): Closed[] {
	return plans.map(({ closings, sources }, i) => {
		const ofTree = (source: Source) => aboutPage(cells.get(nameOf(source)) ?? [], asks[i]?.wish.page);
		return { closings, trees: new Map(sources.map((source) => [source.tree, ofTree(source)])) };
	});
}

type ClosingRow = Omit<ClosedPeriod, "sample"> & { sample: number };

/** One row: every request asks for it. */
function stateOf(db: D1Database, site: string): D1PreparedStatement {
	const month = "'month', month, 'changes', changes, 'cells', cells, 'trees', trees, 'version', version";
	const span = "'name', name, 'first', first, 'last', last, 'changes', changes, 'version', version, 'made', made";
	return db
		.prepare(
			`SELECT (SELECT json_group_array(json_object(${month})) FROM month WHERE site = ?1) AS months,
			(SELECT json_group_array(json_object(${span})) FROM span WHERE site = ?1) AS spans`,
		)
		.bind(site);
}

function closingsOf(db: D1Database, site: string): D1PreparedStatement {
	return db
		.prepare(
			`SELECT closing.period, covers_from AS coversFrom, sample, source FROM closing
			LEFT JOIN imported ON imported.site = closing.site AND imported.period = closing.period
			WHERE closing.site = ?1 ORDER BY closing.period`,
		)
		.bind(site);
}

const nameOf = ({ name, isWhole, page }: Source) => [name, isWhole ? "whole" : "front", page].join("\n");

/** What was asked about a page last. */
const about = new WeakMap<ReadCell[], { page: string; cells: ReadCell[] }>();

/** Of some cells those about a page; the same list as last time where it is the same page. */
function aboutPage(cells: ReadCell[], page: string | undefined): ReadCell[] {
	if (page === undefined) return cells;
	const known = about.get(cells);
	if (known?.page === page) return known.cells;
	const found = cells.filter(({ key }) => isAbout(key, page));
	about.set(cells, { page, cells: found });
	return found;
}

function planOf(known: Remembered, site: Site, { periods, wish }: Ask, now: number): Plan {
	const [first = "", last = ""] = [periods[0], periods.at(-1)];
	const closings = known.closings.filter(({ period }) => period >= first && period <= last);
	if (closings.length === 0) return { closings, sources: [] };
	const span = wish.apart ? undefined : spanOf(known, closings);
	let summed: MonthInRange[] | undefined;
	const months = () => {
		summed ??= wish.apart ? [] : summedMonths(known, site, periods, closings, now);
		return summed;
	};
	const sources = wish.trees.map((tree): Source => {
		const countsVisitors = "visitors" in treeRules[tree];
		const isTogether = !wish.apart && !countsVisitors;
		const ofTree = { tree, periods, isTogether, span: isTogether ? span : undefined };
		const taken = monthsFor(ofTree, months);
		const runs = runsBetween(periods, taken);
		const from = ofTree.span?.made ?? JSON.stringify([runs, taken.map(({ month }) => month)]);
		const name = [tree, isTogether ? "together" : "apart", from].join("\n");
		const isWhole = endOf(wish) > frontEnd || known.cells.has(nameOf({ ...ofTree, name, isWhole: true } as Source));
		const hasAll = ofTree.span || known.cells.has(nameOf({ ...ofTree, name, isWhole } as Source));
		return { ...ofTree, name, isWhole, runs, months: taken, page: hasAll ? undefined : wish.page };
	});
	return { closings, sources };
}

/**
 * Where unique visitors are counted, the first periods are needed one by one, as far as gaps are told apart; after them only
 * visitors not seen for longer are new, and a month's first period can stand for all.
 */
function monthsFor(
	{ periods, isTogether, span }: Pick<Source, "periods" | "isTogether" | "span">,
	all: () => MonthInRange[],
) {
	if (span) return [];
	if (isTogether) return all();
	return periods.length < longestGap ? [] : all().filter(({ first }) => first >= longestGap - 1);
}

/** The first index that is not needed. */
const endOf = ({ before }: Wish) => (before === undefined ? Number.POSITIVE_INFINITY : offsets[before]);

/** Months that can be read as sums: up to date, and nothing of them is closed that the range does not have. */
function summedMonths(known: Remembered, site: Site, periods: readonly string[], within: ClosedPeriod[], now: number) {
	const [first, last = ""] = [periods[0], periods.at(-1)];
	const yesterday = addDays(dateOf(now, site.timeZone), -1);
	return ensure(known.summed, `${site.grain} ${first} ${last} ${yesterday}`, () => {
		const summed = new Set(
			known.months
				.filter(({ trees, version }) => trees === treeNames.length && version === sumVersion)
				.map(({ month }) => month),
		);
		const partly = new Set(known.closings.filter(({ period }) => period > last).map(({ period }) => monthOf(period)));
		const closedIn = new Set(within.map(({ period }) => monthOf(period)));
		return monthsWithin(periods, site.grain, yesterday).filter(
			({ month }) => !partly.has(month) && (summed.has(month) || !closedIn.has(month)),
		);
	});
}

/** First and last label of every stretch of periods outside the months. */
function runsBetween(periods: readonly string[], months: MonthInRange[]): [first: string, last: string][] {
	const runs: [string, string][] = [];
	let next = 0;
	for (const { first, last } of [...months, { first: periods.length, last: periods.length }]) {
		if (first > next) runs.push([periods[next] as string, periods[first - 1] as string]);
		next = last + 1;
	}
	return runs;
}

/** Of a period, of a month, or of a span. */
type CellRow = Partial<Record<"key" | "period" | "month" | "tally" | "rest" | "trend" | "body", string>>;

/** Of site ?1, tree ?2 and, unless it is null, page ?3; char(9) joins the parts of a key. */
const asked = `site = ?1 AND tree = ?2 AND (
	?3 IS NULL OR key = ?3 OR substr(key, 1, length(?3) + 1) = ?3 || char(9) OR substr(key, -1 - length(?3)) = char(9) || ?3)`;

function statementsOf(db: D1Database, site: string, source: Source): D1PreparedStatement[] {
	const { tree, span, isWhole, runs, months, page = null } = source;
	if (span) {
		const rows = `SELECT body FROM span_cell WHERE site = ?1 AND tree = ?2 AND made = ?3 ${isWhole ? "" : "AND half = 0"}`;
		return [db.prepare(`${rows} ORDER BY half, part`).bind(site, tree, span.made)];
	}
	const ofPeriods = db.prepare(`SELECT key, period, tally FROM cell WHERE ${asked} AND period BETWEEN ?4 AND ?5`);
	const days = runs.map((run) => ofPeriods.bind(site, tree, page, ...run));
	if (months.length === 0) return days;
	const more = `${isWhole ? ", rest" : ""}${trendTrees.has(tree) ? ", trend" : ""}`;
	const ofMonths = db
		.prepare(
			`SELECT key, month, tally${more} FROM month_cell WHERE ${asked} AND month IN (SELECT value FROM json_each(?4))`,
		)
		.bind(site, tree, page, JSON.stringify(months.map(({ month }) => month)));
	return [...days, ofMonths];
}

function cellsOf(rows: CellRow[], source: Source): ReadCell[] {
	const { tree, span, periods, months, isWhole, isTogether } = source;
	const end = isWhole ? Number.POSITIVE_INFINITY : frontEnd;
	if (span) return spanCells(rows, tree, span, end);
	const places = new Map(months.map(({ month, first }) => [month, first]));
	const cells = rows.map(({ key = "", period, month = "", tally = "", rest, trend = "" }): ReadCell => {
		const parts = rest === undefined ? [tally] : [tally, rest];
		if (period !== undefined) return { period, tree, key, parts, end };
		return { period: periods[places.get(month) ?? 0] ?? "", tree, key, parts, end, trend };
	});
	return isTogether ? together(cells, periods) : cells;
}

/** One line of a span's body: of its second half only key and tally. */
export type SpanLine = [key: string, tally: string, trend?: string];

function spanCells(rows: CellRow[], tree: TreeName, { first }: SpanMark, end: number): ReadCell[] {
	const cells = new Map<string, ReadCell>();
	for (const [key, tally, trend] of rows.flatMap(({ body = "[]" }) => JSON.parse(body) as SpanLine[])) {
		const cell = cells.get(key);
		if (cell) cell.parts = [...cell.parts, tally];
		else cells.set(key, { period: first, tree, key, parts: [tally], end, trend: trend ?? "" });
	}
	return [...cells.values()];
}

/** One cell a key for all periods. */
function together(cells: ReadCell[], periods: readonly string[]): ReadCell[] {
	const byKey = new Map<string, ReadCell[]>();
	for (const cell of cells) ensure(byKey, cell.key, (): ReadCell[] => []).push(cell);
	const places = new Map(periods.map((period, at) => [period, at]));
	return [...byKey.values()].flatMap(([one, ...more]) => {
		if (!one) return [];
		const all = [one, ...more];
		const { tree, key, end } = one;
		const sum = addUp(
			all.flatMap(({ parts }) => parts),
			end,
		);
		const trend = trendTrees.has(tree) ? trendOf(all, places) : "";
		return [{ period: periods[0] ?? "", tree, key, parts: [sum], end, trend }];
	});
}

/** Views of every period of a range. */
export function trendOf(cells: readonly ReadCell[], places: ReadonlyMap<string, number>): number[] {
	const sum = Array<number>(places.size).fill(0);
	for (const { period, parts, trend } of cells) {
		const at = places.get(period) ?? 0;
		// Views come first in a tally.
		const counts = trend === undefined ? [read(addUp(parts, offsets.views + 1), "views")] : readTrend(trend);
		// A month that is going on has a place for every period, the range only for those there are.
		for (const [i, views] of counts.entries()) if (at + i < sum.length) sum[at + i] = (sum[at + i] ?? 0) + views;
	}
	return sum;
}
