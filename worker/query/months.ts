/**
 * Which months of a range can be read as one sum, and what such a sum is like. Leaves out summing (worker/closing/months.ts) and reading the cells (read.ts).
 */
import { measureNames, offsets } from "../../schema/measures.ts";
import { datesOf, type Grain, periodOfDate, periodsBetween } from "../../schema/period.ts";
import { treeNames } from "../../schema/tree-rules.ts";
import type { TreeName } from "../../schema/trees.ts";

/** Raised when the same cells are to be summed differently; every month is then summed anew. */
const rules = 1;

/** 31 bits of FNV-1a over what sums depend on: a new tree makes them old too. */
export const sumVersion =
	[...`${rules} ${treeNames.join(" ")} ${measureNames.indexOf("fcp")}`].reduce(
		(hash, char) => Math.imul(hash ^ (char.codePointAt(0) ?? 0), 16_777_619) >>> 0,
		2_166_136_261,
	) >>> 1;

/** Sums are kept in two parts: what nearly every figure needs lies before this index. */
export const frontEnd = offsets.fcp;

/** Trees whose figures show views per period. */
export const trendTrees = new Set<TreeName>(["page", "page-device"]);

/** Views per period as text, and back. */
export const writeTrend = (views: readonly number[]) => views.map((n) => (n === 0 ? "" : n.toString(36))).join(" ");
export const readTrend = (trend: string | readonly number[]) =>
	typeof trend === "string" ? trend.split(" ").map((n) => (n === "" ? 0 : Number.parseInt(n, 36))) : trend;

/** The month, yyyy-mm, that a period belongs to: that of its first date. A week that reaches into the next stays whole. */
export function monthOf(period: string): string {
	return datesOf(period, grainOf(period))?.first.slice(0, 7) ?? period;
}

/** Labels tell their grain: 2026-11-22, 2026-W47, 2026-11. */
function grainOf(period: string): Grain {
	if (period.includes("W")) return "week";
	return period.length === "yyyy-mm".length ? "month" : "day";
}

/** Labels of a month's periods, in order. */
export function periodsOf(month: string, grain: Grain): string[] {
	const dates = datesOf(month, "month");
	return dates ? periodsBetween(dates.first, dates.last, grain).filter((period) => monthOf(period) === month) : [];
}

export interface MonthInRange {
	month: string;
	/** Where its periods lie among those of the range. */
	first: number;
	last: number;
}

/**
 * Months of which the range has every period there is so far: all of them, or, where the range reaches yesterday, those of the
 * month that is going on. With periods of a month there is nothing to sum.
 */
export function monthsWithin(periods: readonly string[], grain: Grain, yesterday: string): MonthInRange[] {
	if (grain === "month") return [];
	const found = new Map<string, MonthInRange>();
	periods.forEach((period, at) => {
		const month = monthOf(period);
		found.set(month, { month, first: found.get(month)?.first ?? at, last: at });
	});
	const reachesNow = (periods.at(-1) ?? "") >= periodOfDate(yesterday, grain);
	return [...found.values()].filter(({ month, first, last }) => {
		const [begin, ...more] = periodsOf(month, grain);
		return periods[first] === begin && (last - first === more.length || reachesNow);
	});
}
