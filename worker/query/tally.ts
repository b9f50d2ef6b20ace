/**
 * A tally: sparse counts by index (see schema/measures.ts), with everything statistics need: add, subtract, read,
 * encode, decode. Leaves out what the indexes mean.
 */
import { type MeasureName, measures, offsets } from "../../schema/measures.ts";

export type Tally = Map<number, number>;

/** Adds `count` at a measure's index; a count that reaches zero leaves no trace. */
export function count(tally: Tally, measure: MeasureName, by = 1, index = 0): void {
	addAt(tally, offsets[measure] + index, by);
}

function addAt(tally: Tally, at: number, by: number): void {
	const sum = (tally.get(at) ?? 0) + by;
	if (sum === 0) tally.delete(at);
	else tally.set(at, sum);
}

/** Adds (or with sign −1 subtracts) `other` to `tally`, in place. */
export function merge(tally: Tally, other: Tally, sign: 1 | -1 = 1): Tally {
	for (const [at, by] of other) addAt(tally, at, sign * by);
	return tally;
}

/** The count of a scalar measure, or of one index of it. */
export function read(tally: Tally, measure: MeasureName, index = 0): number {
	return tally.get(offsets[measure] + index) ?? 0;
}

/** The counts of a measure as [index, count], in order of index, empty ones left out. */
export function entriesOf(tally: Tally, measure: MeasureName): [number, number][] {
	const found: [number, number][] = [];
	for (let index = 0; index < measures[measure].size; index++) {
		const n = read(tally, measure, index);
		if (n !== 0) found.push([index, n]);
	}
	return found;
}

/** Sum over a measure's counts: how many measurements, or how many of any kind. */
export function totalOf(tally: Tally, measure: MeasureName): number {
	return sumCounts(entriesOf(tally, measure));
}

/** Sum of [index, count] pairs. */
export function sumCounts(counts: readonly [number, number][]): number {
	return counts.reduce((sum, [, n]) => sum + n, 0);
}

/** Replaces all counts of a measure. */
export function replace(tally: Tally, measure: MeasureName, counts: Iterable<[number, number]>): void {
	for (const [index] of entriesOf(tally, measure)) tally.delete(offsets[measure] + index);
	for (const [index, n] of counts) count(tally, measure, n, index);
}

/** Text form: `delta.count` in base 36, sorted by index, joined by spaces; a count of 1 is left out. */
export function encode(tally: Tally): string {
	let last = 0;
	const parts: string[] = [];
	for (const [at, n] of [...tally].sort((a, b) => a[0] - b[0])) {
		parts.push(n === 1 ? (at - last).toString(36) : `${(at - last).toString(36)}.${n.toString(36)}`);
		last = at;
	}
	return parts.join(" ");
}

/** The tally of a text made by `encode`. Throws on anything else, because a damaged cell must not count as an empty one. */
export function decode(text: string): Tally {
	const tally: Tally = new Map();
	if (text === "") return tally;
	if (!/^[0-9a-z. ]+$/.test(text)) throw new Error("damaged tally");
	let at = 0;
	for (const part of text.split(" ")) {
		const [delta = "", n = "1"] = part.split(".");
		at += Number.parseInt(delta, 36);
		const value = Number.parseInt(n, 36);
		if (!Number.isSafeInteger(at) || !Number.isSafeInteger(value)) throw new Error("damaged tally");
		tally.set(at, value);
	}
	return tally;
}
