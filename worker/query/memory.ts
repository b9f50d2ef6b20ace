/**
 * What an isolate remembers of closed books, so that a page need not read and add up again what cannot have changed. It holds for
 * one state of a site: every change of sealed cells counts up its month in the batch that makes it, and every read asks for that
 * count before it relies on anything here. Leaves out what is read, and from where (closed.ts).
 */
import type { ImportSource } from "../../schema/imports.ts";
import type { TreeName } from "../../schema/trees.ts";
import type { MonthInRange } from "./months.ts";
import type { SpanMark } from "./spans.ts";
import { addUp, type Counts } from "./tally.ts";

/** A cell of a period, or of several where there is a `trend`. */
export interface ReadCell {
	/** Label; of several its first one's. */
	period: string;
	tree: TreeName;
	key: string;
	/** What adds up to its tally, of indexes before `end`. */
	parts: readonly (string | Counts)[];
	end: number;
	/** Views of each of its periods; as text where nobody has asked yet. */
	trend?: string | readonly number[];
}

/** A cell's tally, added up once. */
export function sumOf(cell: ReadCell): Counts {
	const [only] = cell.parts;
	if (cell.parts.length === 1 && typeof only === "object") return only;
	const sum = addUp(cell.parts, cell.end);
	cell.parts = [sum];
	return sum;
}

/** What several cells add up to; the same as last time where they are the same. */
export function sumOfCells(cells: readonly ReadCell[]): Counts {
	return sumOfAll(cells.map(sumOf), Math.min(...cells.map((cell) => cell.end)));
}

interface Known {
	others: readonly Counts[];
	end: number;
	sum: Counts;
}

/** By the first of what was added up; the latest first. */
const sums = new WeakMap<Counts, Known[]>();
/** Pages ask for the same cells in ranges of a few lengths. */
const mostOfFirst = 4;
/** How many at the end of a long list may change from one look to the next: the open periods. */
const changing = 2;

/** What tallies add up to, of indexes before `end`; the same as last time where they are the same. */
export function sumOfAll(tallies: readonly Counts[], end = Number.POSITIVE_INFINITY): Counts {
	if (tallies.length <= 2 * changing) return sumOfSame(tallies, end);
	return addUp([sumOfSame(tallies.slice(0, -changing), end), ...tallies.slice(-changing)], end);
}

function sumOfSame(tallies: readonly Counts[], end: number): Counts {
	const [first, ...others] = tallies;
	if (!first) return new Map();
	if (others.length === 0) return first;
	const known = sums.get(first) ?? [];
	const isSame = (one: Known) => one.end === end && one.others.length === others.length;
	const same = known.find((one) => isSame(one) && others.every((tally, i) => tally === one.others[i]));
	if (same) return same.sum;
	const sum = addUp(tallies, end);
	sums.set(first, [{ others, end, sum }, ...known.slice(0, mostOfFirst - 1)]);
	return sum;
}

export interface ClosedPeriod {
	period: string;
	coversFrom: string;
	sample: boolean;
	/** The tool that counted it, where that was not our own. */
	source: ImportSource | null;
}

/** As it is stored; see schema/tables.ts. */
export interface MonthMark {
	month: string;
	changes: number;
	cells: number;
	trees: number;
	version: number;
}

/** What a site's closed books were like when they were read. */
export interface Remembered {
	/** `months` and `spans` as text: while these are the same, the rest holds. */
	state: string;
	months: MonthMark[];
	spans: SpanMark[];
	/** All of them, oldest first. */
	closings: ClosedPeriod[];
	/** Cells by where they were read from, the longest unused first. */
	cells: Map<string, ReadCell[]>;
	/** Months of ranges that can be read as sums, by what decides it. */
	summed: Map<string, MonthInRange[]>;
}

/** Characters, about, that are kept of all sites together; an isolate has 128 MB for everything. */
const mostChars = 36_000_000;
/** Of a cell besides its texts; a count takes eight. */
const cellChars = 150;

/** Sites, the longest unused first. */
const sites = new Map<string, Remembered>();
const sizes = new WeakMap<ReadCell[], number>();
let chars = 0;

export function recall(site: string): Remembered | undefined {
	const known = sites.get(site);
	if (known) {
		sites.delete(site);
		sites.set(site, known);
	}
	return known;
}

/** Changes with everything that closes or is closed anew; as this isolate read it last. */
export function closedMark(site: string): string | undefined {
	const known = sites.get(site);
	return known && `${known.closings.length}.${known.months.reduce((sum, { changes }) => sum + changes, 0)}`;
}

/** Begins anew with a site that is not as it was, or not known. */
export function remember(site: string, found: Omit<Remembered, "cells" | "summed">): void {
	forgetClosed(site);
	sites.set(site, { ...found, cells: new Map(), summed: new Map() });
}

/** Lets this isolate read a site's closed books again; of all sites without a name. */
export function forgetClosed(site?: string): void {
	const names = site === undefined ? [...sites.keys()] : [site];
	for (const name of names) {
		for (const cells of sites.get(name)?.cells.values() ?? []) chars -= sizes.get(cells) ?? 0;
		sites.delete(name);
	}
}

/** Cells that are known, moved to those used last. */
export function recallCells({ cells }: Remembered, name: string): ReadCell[] | undefined {
	const known = cells.get(name);
	if (known) {
		cells.delete(name);
		cells.set(name, known);
	}
	return known;
}

export function keepCells(known: Remembered, name: string, cells: ReadCell[]): void {
	// Another request may have begun anew with the site meanwhile.
	if (![...sites.values()].includes(known)) return;
	const size = cells.reduce((sum, cell) => sum + sizeOf(cell), 0);
	chars -= sizes.get(known.cells.get(name) ?? []) ?? 0;
	known.cells.delete(name);
	known.cells.set(name, cells);
	sizes.set(cells, size);
	chars += size;
	for (const [site, { cells: all }] of sites) {
		for (const [old, one] of all) {
			if (chars <= mostChars) return;
			if (one === cells) continue;
			all.delete(old);
			chars -= sizes.get(one) ?? 0;
		}
		if (all.size === 0) sites.delete(site);
	}
}

/** Texts count twice: once they are added up, their counts take their place. */
function sizeOf({ key, parts, trend }: ReadCell): number {
	const texts = parts.reduce((sum, part) => sum + (typeof part === "string" ? 2 * part.length : 8 * part.size), 0);
	return cellChars + key.length + texts + (typeof trend === "string" ? 2 * trend.length : 8 * (trend?.length ?? 0));
}
