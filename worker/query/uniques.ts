/**
 * Unique visitors of a range of whole periods, from `gap` counts: a browser active in period t is new to the range
 * a…b when it was last here before a, so unique(a…b) = Σ_t #(active in t with gap_t > t − a). Exact from open books;
 * sealed groups count once at their highest and once at their lowest gap, which gives the interval.
 */
import { read, type Tally } from "./tally.ts";

/** Gaps are told apart up to this many periods; 31 means longer or never. */
export const longestGap = 31;

export interface Uniques {
	low: number;
	high: number;
	/** True where the range is longer than the gaps reach: `high` is then an upper bound. */
	bound: boolean;
}

/** `byPeriod[t]` is the tally of the t-th period of the range, or undefined where nothing was counted. */
export function uniqueVisitors(byPeriod: (Tally | undefined)[]): Uniques {
	let low = 0;
	let high = 0;
	byPeriod.forEach((tally, t) => {
		if (!tally) return;
		for (let gap = Math.min(t, longestGap - 1) + 1; gap <= longestGap; gap++) {
			low += read(tally, "gapFloor", gap);
			high += read(tally, "gap", gap);
		}
	});
	return { low, high, bound: byPeriod.length > longestGap };
}

/**
 * Of the visitors of a range, those that were not here in the 31 periods before their first one of it (never, or longer ago),
 * and the others. A browser is new in one period only as long as the range is not longer than the gaps reach.
 */
export function newAndReturning(
	byPeriod: (Tally | undefined)[],
): Record<"fresh" | "back", { low: number; high: number }> {
	const all = uniqueVisitors(byPeriod);
	const sum = (measure: "gap" | "gapFloor") =>
		byPeriod.reduce((total, tally) => total + (tally ? read(tally, measure, longestGap) : 0), 0);
	const fresh = { low: sum("gapFloor"), high: sum("gap") };
	return { fresh, back: { low: Math.max(0, all.low - fresh.high), high: all.high - fresh.low } };
}
