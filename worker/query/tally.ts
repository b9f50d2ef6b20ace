/**
 * A tally: sparse counts by index (see schema/measures.ts), with everything statistics need: add, subtract, read,
 * encode, decode. Leaves out what the indexes mean.
 */
import { type MeasureName, measures, offsets } from "../../schema/measures.ts";

export type Tally = Map<number, number>;

/** Counts that are only read: a tally, or a sum. In order of index where they are a sum. */
export interface Counts {
	readonly size: number;
	get(at: number): number | undefined;
	[Symbol.iterator](): Iterator<[at: number, n: number]>;
}

/** What was added up, in order of index: a third of a map's memory, and a measure's counts lie side by side. */
export class Sum implements Counts {
	readonly #at: Uint32Array;
	readonly #n: Float64Array | Uint32Array;

	/** `at` in order, and the counts beside them. */
	constructor(at: Uint32Array, n: Float64Array | Uint32Array) {
		this.#at = at;
		this.#n = n;
	}

	get size(): number {
		return this.#at.length;
	}

	/** Place of the first index that is not before `at`. */
	#placeOf(at: number): number {
		let low = 0;
		let high = this.#at.length;
		while (low < high) {
			const middle = (low + high) >>> 1;
			if ((this.#at[middle] as number) < at) low = middle + 1;
			else high = middle;
		}
		return low;
	}

	get(at: number): number | undefined {
		const place = this.#placeOf(at);
		return this.#at[place] === at ? this.#n[place] : undefined;
	}

	/** Counts of indexes from `first` to before `end`, as [index − first, count]. */
	between(first: number, end: number): [number, number][] {
		const found: [number, number][] = [];
		for (let place = this.#placeOf(first); (this.#at[place] ?? end) < end; place++)
			found.push([(this.#at[place] as number) - first, this.#n[place] as number]);
		return found;
	}

	forEach(visit: (at: number, n: number) => void, end = Number.POSITIVE_INFINITY): void {
		for (let place = 0; (this.#at[place] ?? end) < end; place++)
			visit(this.#at[place] as number, this.#n[place] as number);
	}

	*[Symbol.iterator](): Iterator<[number, number]> {
		for (const [place, at] of this.#at.entries()) yield [at, this.#n[place] as number];
	}
}

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
export function merge(tally: Tally, other: Counts, sign: 1 | -1 = 1): Tally {
	for (const [at, by] of other) addAt(tally, at, sign * by);
	return tally;
}

/** The count of a scalar measure, or of one index of it. */
export function read(tally: Counts, measure: MeasureName, index = 0): number {
	return tally.get(offsets[measure] + index) ?? 0;
}

/** The counts of a measure as [index, count], in order of index, empty ones left out. */
export function entriesOf(tally: Counts, measure: MeasureName): [number, number][] {
	const found: [number, number][] = [];
	const [first, { size }] = [offsets[measure], measures[measure]];
	if (tally instanceof Sum) return tally.between(first, first + size);
	if (tally.size < size) {
		for (const [at, n] of tally) if (at >= first && at < first + size && n !== 0) found.push([at - first, n]);
		return found.sort((a, b) => a[0] - b[0]);
	}
	for (let index = 0; index < size; index++) {
		const n = read(tally, measure, index);
		if (n !== 0) found.push([index, n]);
	}
	return found;
}

/** Sum over a measure's counts: how many measurements, or how many of any kind. */
export function totalOf(tally: Counts, measure: MeasureName): number {
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

/** Text form: `delta.count` in base 36, sorted by index, joined by spaces; a count of 1 is left out. Of a part, from `from` to before `end`. */
export function encode(tally: Counts, from = 0, end = Number.POSITIVE_INFINITY): string {
	let last = 0;
	const parts: string[] = [];
	for (const [at, n] of [...tally].sort((a, b) => a[0] - b[0])) {
		if (at < from || at >= end) continue;
		parts.push(n === 1 ? (at - last).toString(36) : `${(at - last).toString(36)}.${n.toString(36)}`);
		last = at;
	}
	return parts.join(" ");
}

const space = 32;
const dot = 46;

/** Value of a digit in base 36, by its character code; −1 for anything else. */
function digitOf(code: number): number {
	if (code >= 48 && code <= 57) return code - 48;
	return code >= 97 && code <= 122 ? code - 87 : -1;
}

/** The tally of a text made by `encode`. Throws on anything else, because a damaged cell must not count as an empty one. */
export function decode(text: string): Tally {
	return new Map(addUp([text]));
}

/** An index that no table of measures reaches. */
const maxIndex = 1_000_000;
/** Counts by index while something is added up, and the indexes that are not zero; empty in between. */
let counts = new Float64Array(8_192);
let touched: number[] = [];

function addToCounts(at: number, n: number): void {
	if (at >= counts.length) {
		if (at > maxIndex) throw new Error("damaged tally");
		const longer = new Float64Array(maxIndex + 1);
		longer.set(counts);
		counts = longer;
	}
	if (counts[at] === 0) touched.push(at);
	counts[at] = (counts[at] as number) + n;
}

/**
 * The sum of tallies and of texts made by `encode`, of indexes before `end`. Throws as `decode` does. Texts are read sign by
 * sign into one array: nearly all the time of a long range goes by here.
 */
export function addUp(parts: readonly (string | Counts)[], end = Number.POSITIVE_INFINITY): Sum {
	try {
		for (const part of parts) {
			if (typeof part === "string") addText(part, end);
			else if (part instanceof Sum) part.forEach(addToCounts, end);
			else for (const [at, n] of part) if (at < end) addToCounts(at, n);
		}
		const at = inOrder(touched);
		const isCount = (one: number) => (counts[one] as number) >= 0 && (counts[one] as number) <= 0xffff_ffff;
		const n = at.every(isCount) ? new Uint32Array(at.length) : new Float64Array(at.length);
		for (let place = 0; place < at.length; place++) n[place] = counts[at[place] as number] as number;
		return new Sum(at, n);
	} finally {
		for (const at of touched) counts[at] = 0;
		touched = [];
	}
}

/** Indexes whose count is not zero, in order; one comes again where its count was zero in between. */
function inOrder(indexes: number[]): Uint32Array {
	let isOrdered = true;
	for (let i = 1; i < indexes.length && isOrdered; i++) isOrdered = (indexes[i - 1] as number) < (indexes[i] as number);
	const ordered = isOrdered ? Uint32Array.from(indexes) : Uint32Array.from(new Set(indexes)).sort();
	return ordered.some((at) => counts[at] === 0) ? ordered.filter((at) => counts[at] !== 0) : ordered;
}

function addText(text: string, end: number): void {
	if (text === "") return;
	let at = 0;
	let delta = -1; // until the dot
	let value = -1; // until a digit
	for (let i = 0; i <= text.length; i++) {
		const code = i === text.length ? space : text.charCodeAt(i);
		const digit = digitOf(code);
		if (digit >= 0) {
			value = Math.max(0, value) * 36 + digit;
		} else if (code === dot && delta < 0 && value >= 0) {
			delta = value;
			value = -1;
		} else if (code === space && value >= 0) {
			at += delta < 0 ? value : delta;
			if (at >= end) return;
			const n = delta < 0 ? 1 : value;
			if (n > Number.MAX_SAFE_INTEGER) throw new Error("damaged tally");
			addToCounts(at, n);
			delta = -1;
			value = -1;
		} else {
			throw new Error("damaged tally");
		}
	}
}
