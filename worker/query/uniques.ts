/**
 * Unique visitors of a range of whole periods, from `gap` counts: a browser active in period t is new to the range
 * a…b when it was last here before a, so unique(a…b) = Σ_t #(active in t with gap_t > t − a). Exact from open books;
 * sealed groups count once at their highest and once at their lowest gap, which gives the interval.
 */
import { read, type Tally } from "./tally.ts";

/** Gaps are told apart up to this many periods; 31 means longer or never. */
const longestGap = 31;

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
