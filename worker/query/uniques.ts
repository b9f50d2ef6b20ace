/**
 * Unique visitors of a range of whole periods, from `gap` counts: a browser active in period t is new to the range
 * a…b when it was last here before a, so unique(a…b) = Σ_t #(active in t with gap_t > t − a). Exact from open books;
 * sealed groups count once at their highest and once at their lowest gap, which gives the interval. Of periods sealed together
 * it is not known who came in which: they count once as if all had come in the first, and once as if in the last of them.
 */
import { once } from "./once.ts";
import { type Counts, entriesOf, read } from "./tally.ts";

/** Gaps are told apart up to this many periods; 31 means longer or never. */
export const longestGap = 31;

export interface Uniques {
	low: number;
	high: number;
	/** True where the range is longer than the gaps reach: `high` is then an upper bound. */
	bound: boolean;
}

/** What is known of one period of a range. */
export interface PeriodOfRange {
	/** Undefined where nothing was counted. */
	tally: Counts | undefined;
	/** How many periods before it were sealed together with it. */
	takesIn: number;
}

/** Of the periods of a range, in order. What was sealed together is in it as a whole, so the range may begin before its first one. */
export function uniqueVisitors(range: PeriodOfRange[]): Uniques {
	const earlier = Math.max(0, ...range.map(({ takesIn }, t) => takesIn - t));
	let low = 0;
	let high = 0;
	for (const [t, { tally, takesIn }] of range.entries()) {
		if (!tally) continue;
		const last = t + earlier;
		low += countAbove(tally, "gapFloor", last);
		high += countAbove(tally, "gap", last - takesIn);
	}
	return { low, high, bound: range.length + earlier > longestGap };
}

type Gap = "gap" | "gapFloor";

/** Browsers whose gap is longer than so many periods. */
function countAbove(tally: Counts, measure: Gap, periods: number): number {
	const away = once(tally, "away", () => awayFor(tally));
	return away[measure][Math.min(periods, longestGap - 1) + 1] ?? 0;
}

/** `gap[n]`: browsers that were away for n periods or longer. */
function awayFor(tally: Counts): Record<Gap, number[]> {
	const from = (measure: Gap) => {
		const away = Array<number>(longestGap + 1).fill(0);
		for (const [gap, n] of entriesOf(tally, measure)) away[gap] = n;
		for (let gap = longestGap - 1; gap >= 0; gap--) away[gap] = (away[gap] ?? 0) + (away[gap + 1] ?? 0);
		return away;
	};
	return { gap: from("gap"), gapFloor: from("gapFloor") };
}

/**
 * Of the visitors of a range, those that were not here in the 31 periods before their first one of it (never, or longer ago),
 * and the others. A browser is new in one period only as long as the range is not longer than the gaps reach.
 */
export function newAndReturning(range: PeriodOfRange[]): Record<"fresh" | "back", { low: number; high: number }> {
	const all = uniqueVisitors(range);
	const sum = (measure: "gap" | "gapFloor") =>
		range.reduce((total, { tally }) => total + (tally ? read(tally, measure, longestGap) : 0), 0);
	const fresh = { low: sum("gapFloor"), high: sum("gap") };
	return { fresh, back: { low: Math.max(0, all.low - fresh.high), high: all.high - fresh.low } };
}
