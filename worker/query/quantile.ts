/** Percentiles of a histogram measure, by log interpolation inside the bucket, and their interval from order statistics. */
import { boundaries } from "../../schema/buckets.ts";
import type { MeasureName } from "../../schema/measures.ts";
import { type Counts, entriesOf, sumCounts } from "./tally.ts";

/** Lower and upper edge of a bucket; the first begins at 0, the last has no upper edge. */
export function edgesOf(index: number): { from: number; to: number | null } {
	return { from: boundaries[index - 1] ?? 0, to: boundaries[index] ?? null };
}

/** Value at position `share` (0…1) inside a bucket. Buckets are equal in the logarithm, so interpolation is too. */
function inside(index: number, share: number): number {
	const { from, to } = edgesOf(index);
	if (to === null) return from;
	if (from === 0) return to * share;
	return from * (to / from) ** share;
}

/** A histogram's counts as `entriesOf` gives them: looked up once for all its figures, because a table asks for thousands. */
export type Buckets = [index: number, n: number][];

/** The q-quantile (0…1) of a histogram in the unit of its boundaries, or null where nothing was measured. */
export function quantile(buckets: Buckets, q: number): number | null {
	const total = sumCounts(buckets);
	if (total <= 0) return null;
	return valueAtRank(buckets, q * total);
}

/** Value at a rank (0…n), the bucket's members taken as evenly spread in the logarithm. */
function valueAtRank(buckets: Buckets, rank: number): number | null {
	let below = 0;
	for (const [index, n] of buckets) {
		if (below + n >= rank) return inside(index, Math.max(0, rank - below) / n);
		below += n;
	}
	const last = buckets.at(-1);
	return last ? inside(last[0], 1) : null;
}

/** Fewest measurements for which an interval is given. */
export const fewestForInterval = 30;

/**
 * 95 % interval of the q-quantile from order statistics: ranks q n ± 1.96 √(n q (1 − q)), the normal approximation of the
 * binomial (David and Nagaraja, Order Statistics, 7.1). Null below 30 measurements.
 */
export function quantileInterval(buckets: Buckets, q: number): [number, number] | null {
	const total = sumCounts(buckets);
	if (total < fewestForInterval) return null;
	const half = 1.96 * Math.sqrt(q * (1 - q) * total);
	const low = valueAtRank(buckets, Math.max(0, q * total - half));
	const high = valueAtRank(buckets, Math.min(total, q * total + half));
	return low === null || high === null ? null : [low, high];
}

/** About how much a histogram's measurements add up to: each counts as the middle of its bucket (in the logarithm). */
export function sumEstimate(tally: Counts, measure: MeasureName): number {
	return entriesOf(tally, measure).reduce((sum, [index, n]) => sum + n * inside(index, 0.5), 0);
}
