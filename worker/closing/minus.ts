/**
 * A coarsened tally less what erased reports count for. Totals fall by exactly that. Where a bucket may belong to either of two
 * merged groups, the two become one, so that a histogram is as fine as before or coarser, and never wrong. Pure. Leaves out which
 * cell to take from (reseal.ts).
 */
import { type MeasureName, measures, offsets } from "../../schema/measures.ts";
import { count, entriesOf, replace, type Tally } from "../query/tally.ts";
import { bandEnds, type Counts, coarsen, countsOf, gapsOf, inner, medianOf, takesIn, within } from "./coarsen.ts";

/** A coarsened copy of `from` without `less`. Nothing falls below zero. */
export function minus(from: Tally, less: Tally, k: number): Tally {
	const result = new Map(from);
	for (const [name, counts] of countsOf(less)) {
		const { parts } = measures[name];
		if (parts === "none") for (const [index, n] of counts) lower(result, name, index, n);
		else if (parts === "neighbours") replace(result, name, groupsWithout(entriesOf(result, name), counts, name));
		else if (name === "gap") takeGaps(result, counts);
		else if (parts !== "gap" && !inner.has(name)) takeParts(result, less, name);
	}
	return coarsen(result, k);
}

function lower(tally: Tally, name: MeasureName, index: number, by: number): void {
	count(tally, name, -Math.min(by, tally.get(offsets[name] + index) ?? 0), index);
}

/** Groups of neighbours are kept in one bucket of each; what lies between two of them may be of either. */
function groupsWithout(groups: Counts, less: Counts, name: MeasureName): Counts {
	let left = groups;
	for (const [bucket, n] of less) {
		const end = bandEnds(name).find((last) => bucket <= last) as number;
		const isSameBand = ([index]: Counts[number]) => bandEnds(name).find((last) => index <= last) === end;
		const below = left.findLast((group) => group[0] <= bucket && isSameBand(group));
		const above = left.find((group) => group[0] >= bucket && isSameBand(group));
		const either = [...new Set([below, above])].flatMap((group) => (group ? [group] : []));
		if (either.length === 0) continue;
		const whole = either.reduce((sum, [, has]) => sum + has, 0);
		const merged: Counts[number] = [medianOf(either), Math.max(0, whole - n)];
		left = [...left.filter((group) => !either.includes(group)), merged].sort((a, b) => a[0] - b[0]);
	}
	return left;
}

function takeGaps(tally: Tally, less: Counts): void {
	const groups = gapsOf(entriesOf(tally, "gapFloor"), entriesOf(tally, "gap"));
	for (const [at, n] of less) {
		const group = groups.find(([floor, gap]) => floor <= at && at <= gap);
		if (!group) continue;
		lower(tally, "gapFloor", group[0], n);
		lower(tally, "gap", group[1], n);
	}
}

/** A part that is not there was small, and is in the one that takes such in. */
function takeParts(tally: Tally, less: Tally, name: MeasureName): void {
	const some = within[name];
	const ofWhole = (of: Tally) => new Map(entriesOf(of, name));
	const ofSome = (of: Tally) => new Map(some ? entriesOf(of, some) : []);
	const [part, lessPart] = [ofSome(tally), ofSome(less)];
	const rest = difference(ofWhole(tally), part);
	const take = (from: Map<number, number>, counts: Map<number, number>) => {
		for (const [index, n] of counts) {
			const at = from.get(index) ? index : takesIn(name);
			from.set(at, Math.max(0, (from.get(at) ?? 0) - n));
		}
	};
	take(part, lessPart);
	take(rest, difference(ofWhole(less), lessPart));
	if (some) replace(tally, some, part);
	replace(tally, name, part);
	for (const [index, n] of rest) count(tally, name, n, index);
}

function difference(whole: Map<number, number>, part: Map<number, number>): Map<number, number> {
	return new Map([...whole].map(([index, n]) => [index, n - (part.get(index) ?? 0)]));
}
