/**
 * Coarsening inside a sealed cell: neighbouring histogram buckets merge until each group counts at least k, never across
 * a web-vitals limit; leaving methods with small parts fold into `unknown`. Totals and shares over a limit stay exact.
 */
import { boundaries, vitalLimits } from "../../schema/buckets.ts";
import { leavingMethods } from "../../schema/leaving.ts";
import { type MeasureName, measureNames, measures } from "../../schema/measures.ts";
import { count, entriesOf, replace, sumCounts, type Tally } from "../query/tally.ts";

type Counts = [index: number, n: number][];

/** The last bucket of each band of a measure: merging stops there. */
const bandEnds: Partial<Record<MeasureName, number[]>> = Object.fromEntries(
	Object.entries(vitalLimits).map(([vital, limits]) => [vital, limits.map((limit) => boundaries.indexOf(limit))]),
);

/** Groups of neighbours of at least k each; what is left over at the end joins the group before it. */
export function groupNeighbours(counts: Counts, k: number): Counts[] {
	const groups: Counts[] = [];
	let group: Counts = [];
	for (const entry of counts) {
		group.push(entry);
		if (sumCounts(group) >= k) {
			groups.push(group);
			group = [];
		}
	}
	if (group.length > 0) {
		const last = groups.at(-1);
		if (last) last.push(...group);
		else groups.push(group);
	}
	return groups;
}

/** The bucket in which a group's median lies: where its whole count is kept. */
function medianOf(group: Counts): number {
	let below = 0;
	const half = sumCounts(group) / 2;
	for (const [index, n] of group) {
		below += n;
		if (below >= half) return index;
	}
	return group[0]?.[0] ?? 0;
}

function mergeNeighbours(tally: Tally, measure: MeasureName, k: number): void {
	const ends = [...(bandEnds[measure] ?? []), Number.POSITIVE_INFINITY];
	const merged: Counts = [];
	let from = Number.NEGATIVE_INFINITY;
	for (const end of ends) {
		const band = entriesOf(tally, measure).filter(([index]) => index > from && index <= end);
		for (const group of groupNeighbours(band, k)) merged.push([medianOf(group), sumCounts(group)]);
		from = end;
	}
	replace(tally, measure, merged);
}

/** A group of gaps counts at its highest index in `gap` and at its lowest in `gapFloor`. */
function mergeGaps(tally: Tally, k: number): void {
	const groups = groupNeighbours(entriesOf(tally, "gap"), k);
	replace(
		tally,
		"gap",
		groups.map((group): [number, number] => [group.at(-1)?.[0] ?? 0, sumCounts(group)]),
	);
	replace(
		tally,
		"gapFloor",
		groups.map((group): [number, number] => [group[0]?.[0] ?? 0, sumCounts(group)]),
	);
}

/** The complement rule on a partition: parts below k fold together, and the smallest visible one joins until that sum is ≥ k. */
function foldMethods(counts: Counts, k: number): Counts {
	const visible = counts.filter(([, n]) => n >= k).sort((a, b) => a[1] - b[1]);
	const hidden = counts.filter(([, n]) => n < k);
	while (sumCounts(hidden) > 0 && sumCounts(hidden) < k) {
		const smallest = visible.shift();
		if (!smallest) break;
		hidden.push(smallest);
	}
	const unknown = leavingMethods.indexOf("unknown");
	return [...visible, [unknown, sumCounts(hidden)]];
}

/** Exits and onward leavings are folded apart, so that neither can be had by subtracting the other from the whole. */
function mergeMethods(tally: Tally, k: number): void {
	const exits = new Map(entriesOf(tally, "exits"));
	const onward = entriesOf(tally, "leaving").map(([how, n]): [number, number] => [how, n - (exits.get(how) ?? 0)]);
	const foldedExits = foldMethods([...exits], k);
	const foldedOnward = foldMethods(
		onward.filter(([, n]) => n > 0),
		k,
	);
	replace(tally, "exits", foldedExits);
	replace(tally, "leaving", foldedExits);
	for (const [how, n] of foldedOnward) count(tally, "leaving", n, how);
}

/** A coarsened copy of a tally. */
export function coarsen(tally: Tally, k: number): Tally {
	const result: Tally = new Map(tally);
	for (const measure of measureNames) if (measures[measure].parts === "neighbours") mergeNeighbours(result, measure, k);
	mergeGaps(result, k);
	mergeMethods(result, k);
	return result;
}
