/**
 * Bins for a histogram of times: edges on the data's bucket boundaries and on the vital's limits, as fine as the number of
 * measurements bears. Sealing gathers neighbouring buckets of few measurements in one, so fine bins would be ragged.
 */
import { boundaries } from "../../../schema/buckets.ts";

export interface Bucket {
	from: number;
	/** Null for the last, which has no upper edge. */
	to: number | null;
	count: number;
}
export interface Bin {
	from: number;
	to: number;
	count: number;
}

/** Bins per doubling, by how many measurements there are at least. The data itself has eight. */
const finenesses = [
	{ atLeast: 3000, perDoubling: 8 },
	{ atLeast: 300, perDoubling: 4 },
	{ atLeast: 0, perDoubling: 2 },
];
/** The outermost parts of the count, this share on either side, are gathered in the bins at the ends. */
const tail = 0.003;

/** The ends of the axis: where all but the tails lie, and never so narrow that a fast site would look slow. */
function endsOf(buckets: readonly Bucket[], limits: readonly [number, number], total: number): [number, number] {
	let counted = 0;
	let low = limits[0] / 5;
	let high = limits[1] * 2;
	for (const { from, to, count } of buckets) {
		const before = counted / total;
		counted += count;
		if (from > 0 && before <= tail) low = Math.min(from, limits[0] / 5);
		if (before < 1 - tail) high = Math.max(to ?? from * 1.2, limits[1] * 2);
	}
	return [Math.max(low, limits[0] / 50), high];
}

/** Edges from one fixed edge to the next: even in the logarithm, then moved to the nearest bucket boundary between them. */
function edgesBetween(from: number, to: number, perDoubling: number, unit: number): number[] {
	const parts = Math.max(Math.round(Math.log2(to / from) * perDoubling), 1);
	const between = boundaries.map((boundary) => boundary / unit).filter((edge) => edge > from && edge < to);
	const edges = Array.from({ length: parts - 1 }, (_, part) => {
		const wanted = from * (to / from) ** ((part + 1) / parts);
		const distance = (edge: number) => Math.abs(Math.log(edge / wanted));
		return between.reduce((best, edge) => (distance(edge) < distance(best) ? edge : best), between[0] ?? to);
	});
	return [from, ...new Set(edges)];
}

/** `unit` is how many units of the bucket table make one of the figures'. A bucket across an edge is shared out evenly in the logarithm. */
export function binsOf(buckets: readonly Bucket[], limits: readonly [number, number], unit: number): Bin[] {
	const total = buckets.reduce((sum, { count }) => sum + count, 0);
	const perDoubling = finenesses.find(({ atLeast }) => total >= atLeast)?.perDoubling ?? 2;
	const [low, high] = endsOf(buckets, limits, total);
	const fixed = [low, ...limits, high];
	const edges = fixed.flatMap((edge, index) => {
		const next = fixed[index + 1];
		return next === undefined ? [edge] : edgesBetween(edge, next, perDoubling, unit);
	});
	const bins = edges.slice(1).map((to, index): Bin => ({ from: edges[index] ?? low, to, count: 0 }));
	const clamp = (value: number) => Math.log(Math.min(Math.max(value, low), high));
	for (const { from, to, count } of buckets) {
		const [left, right] = [clamp(from), clamp(to ?? Number.POSITIVE_INFINITY)];
		for (const [index, bin] of bins.entries()) {
			const [start, end] = [Math.log(bin.from), Math.log(bin.to)];
			if (right > left)
				bin.count += (count * Math.max(Math.min(right, end) - Math.max(left, start), 0)) / (right - left);
			else if (index === (left <= Math.log(low) ? 0 : bins.length - 1)) bin.count += count;
		}
	}
	return bins;
}
