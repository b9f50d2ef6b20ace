/**
 * Unique visitors where another tool counted some periods of the range. Such a tool tells how many came in a period, and nobody
 * can tell who of them came in another one too, or to our own collector: there are no fewer than in the largest part, and no
 * more than in all parts together.
 */
import { type Counts, totalOf } from "./tally.ts";
import { longestGap, newAndReturning, type PeriodOfRange, type Uniques, uniqueVisitors } from "./uniques.ts";

/** `isImported[t]`: whether the t-th period of the range is. */
export function visitorsOf(range: PeriodOfRange[], isImported: boolean[]) {
	const own = range.map((period, t) => (isImported[t] ? { ...period, tally: undefined } : period));
	const others = range.flatMap(({ tally }, t): [t: number, Counts][] => (isImported[t] && tally ? [[t, tally]] : []));
	const counted = uniqueVisitors(own);
	const { fresh, back } = newAndReturning(own);
	if (others.length === 0) return { ...counted, fresh, back };
	const most = others.reduce((sum, [, tally]) => sum + totalOf(tally, "gap"), 0);
	// After the first 30 a tally may stand for a whole month of both kinds.
	const apart = others.filter(([t]) => t < longestGap - 1);
	const largest = Math.max(counted.low, ...apart.map(([, tally]) => totalOf(tally, "gapFloor")));
	return {
		...({ low: largest, high: counted.high + most, bound: counted.bound } satisfies Uniques),
		fresh: { low: fresh.low, high: fresh.high + most },
		back: { low: back.low, high: back.high + most },
	};
}
