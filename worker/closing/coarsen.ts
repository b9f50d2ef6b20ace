/**
 * Coarsening inside a sealed cell: neighbouring histogram buckets merge until each group counts at least k, never across
 * a web-vitals limit; leaving methods with small parts fold into `unknown`, speeds of the entry into "not known". Totals and
 * shares over a limit stay exact.
 */
import { boundaries, vitalLimits } from "../../schema/buckets.ts";
import { leavingMethods } from "../../schema/leaving.ts";
import { type MeasureName, measureNames, measures, offsets } from "../../schema/measures.ts";
import { count, sumCounts, type Tally } from "../query/tally.ts";

export type Counts = [index: number, n: number][];

const limitsOf: Partial<Record<MeasureName, number[]>> = Object.fromEntries(
	Object.entries(vitalLimits).map(([vital, limits]) => [vital, limits.map((limit) => boundaries.indexOf(limit))]),
);

/** The last bucket of each band of a measure: merging stops there. */
export const bandEnds = (name: MeasureName) => [...(limitsOf[name] ?? []), Number.POSITIVE_INFINITY];

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

/** "Longer or never" (31) stays apart where both it and the rest count k, so that new visitors are told from returning ones. */
function groupGaps(counts: Counts, k: number): Counts[] {
	const never = counts.filter(([gap]) => gap === 31);
	const back = counts.filter(([gap]) => gap < 31);
	if (sumCounts(never) < k || sumCounts(back) < k) return groupNeighbours(counts, k);
	return [...groupNeighbours(back, k), never];
}

/** A group of gaps: its lowest, its highest, how many. */
export type Gaps = [floor: number, gap: number, n: number][];

/** The groups of gaps of a cell, coarsened before or not, lowest first; groups that overlap are one. */
export function gapsOf(floors: Counts, gaps: Counts): Gaps {
	const ends = [...gaps];
	const groups: Gaps = [];
	let unended = 0;
	let from = 0;
	let n = 0;
	for (const [i, [floor, began]] of floors.entries()) {
		if (unended === 0) [from, n] = [floor, 0];
		unended += began;
		n += began;
		const next = floors[i + 1]?.[0] ?? Number.POSITIVE_INFINITY;
		while (unended > 0 && (ends[0]?.[0] ?? next) < next) {
			const [gap, ended] = ends.shift() as Counts[number];
			unended -= ended;
			if (unended === 0) groups.push([from, gap, n]);
		}
	}
	return groups;
}

/** The bucket in which a group's median lies: where its whole count is kept. */
export function medianOf(group: Counts): number {
	let below = 0;
	const half = sumCounts(group) / 2;
	for (const [index, n] of group) {
		below += n;
		if (below >= half) return index;
	}
	return group[0]?.[0] ?? 0;
}

function mergeNeighbours(counts: Counts, name: MeasureName, k: number): Counts {
	let from = Number.NEGATIVE_INFINITY;
	return bandEnds(name).flatMap((end) => {
		const band = counts.filter(([index]) => index > from && index <= end);
		from = end;
		return groupNeighbours(band, k).map((group): [number, number] => [medianOf(group), sumCounts(group)]);
	});
}

/** The complement rule on a partition: parts below k fold into one part, and the smallest visible one joins until that sum is ≥ k. */
function foldParts(counts: Counts, into: number, k: number): Counts {
	const visible = counts.filter(([, n]) => n >= k).sort((a, b) => a[1] - b[1]);
	const hidden = counts.filter(([, n]) => n < k);
	while (sumCounts(hidden) > 0 && sumCounts(hidden) < k) {
		const smallest = visible.shift();
		if (!smallest) break;
		hidden.push(smallest);
	}
	return [...visible, [into, sumCounts(hidden)]];
}

/** Measures that count some of what another counts: folded apart, so that neither can be had by subtracting one from the other. */
export const within: Partial<Record<MeasureName, MeasureName>> = { leaving: "exits", entriesBySpeed: "bouncesBySpeed" };
export const inner = new Set(Object.values(within));

/** The part that takes in small ones. */
export const takesIn = (name: MeasureName) =>
	measures[name].parts === "methods" ? leavingMethods.indexOf("unknown") : measures[name].size - 1;

/** Which measure an index of a tally belongs to. */
const measureAt = measureNames.flatMap((name) => Array<MeasureName>(measures[name].size).fill(name));

/** A tally's counts by measure, each in order of index. */
export function countsOf(tally: Tally): Map<MeasureName, Counts> {
	const found = new Map<MeasureName, Counts>();
	for (const [at, n] of [...tally].sort((a, b) => a[0] - b[0])) {
		const name = measureAt[at] as MeasureName;
		const counts = found.get(name) ?? [];
		counts.push([at - offsets[name], n]);
		found.set(name, counts);
	}
	return found;
}

/** A coarsened copy of a tally. */
export function coarsen(tally: Tally, k: number): Tally {
	const result: Tally = new Map();
	const put = (name: MeasureName, counts: Counts) => {
		for (const [index, n] of counts) count(result, name, n, index);
	};
	const found = countsOf(tally);
	for (const [name, counts] of found) {
		const { parts } = measures[name];
		if (parts === "none") put(name, counts);
		else if (parts === "neighbours") put(name, mergeNeighbours(counts, name, k));
		else if (name === "gap") {
			// A group counts at its highest index in `gap` and at its lowest in `gapFloor`.
			const gaps = gapsOf(found.get("gapFloor") ?? [], counts);
			const floorOf = new Map(gaps.map(([floor, gap]) => [gap, floor]));
			for (const group of groupGaps(
				gaps.map(([, gap, n]): [number, number] => [gap, n]),
				k,
			)) {
				const lowest = group[0]?.[0] ?? 0;
				put("gap", [[group.at(-1)?.[0] ?? 0, sumCounts(group)]]);
				put("gapFloor", [[floorOf.get(lowest) ?? lowest, sumCounts(group)]]);
			}
		} else if (parts !== "gap" && !inner.has(name)) {
			const some = within[name];
			const part = new Map(some && found.get(some));
			const rest = counts.map(([index, n]): [number, number] => [index, n - (part.get(index) ?? 0)]);
			const foldedPart = foldParts([...part], takesIn(name), k);
			if (some) put(some, foldedPart);
			put(name, foldedPart);
			put(
				name,
				foldParts(
					rest.filter(([, n]) => n > 0),
					takesIn(name),
					k,
				),
			);
		}
	}
	return result;
}
