/**
 * Adding up what was read, by key. What was added up before stays, and only what has changed since is added up anew: most of a page is
 * as it was when somebody last opened it. Leaves out reading (read.ts) and what the figures mean (worker/stats).
 */
import type { MeasureName } from "../../schema/measures.ts";
import { otherName, splitKey } from "../../schema/tree-rules.ts";
import type { TreeName } from "../../schema/trees.ts";
import { ensure } from "../book/ensure.ts";
import { trendOf } from "./closed.ts";
import { type ReadCell, sumOfCells } from "./memory.ts";
import type { HeldTree } from "./open.ts";
import type { Reading, TreeReading } from "./read.ts";
import { type Counts, read } from "./tally.ts";

/** Sums by key; only read, because others may be given the same. */
export type Sums = ReadonlyMap<string, Counts>;

interface Made {
	open: readonly HeldTree[];
	sums: Sums;
}

/** The last sums by what they begin with: the closed cells, or the first open tree where nothing is closed. */
const made = new WeakMap<object, Made>();
const keyed = new WeakMap<readonly ReadCell[], Map<string, ReadCell[]>>();
const nothing: TreeReading = { closed: [], open: [] };

/** Sum over periods, by key, of one tree. */
export function sumByKey({ trees }: Pick<Reading, "trees">, tree: TreeName): Sums {
	const reading = trees.get(tree) ?? nothing;
	const { closed, open } = reading;
	const begins = closed.length > 0 ? closed : open[0]?.line;
	if (!begins) return new Map();
	const known = made.get(begins);
	const keys = known && changedKeys(known, open);
	if (known && keys?.size === 0) return known.sums;
	const sums = new Map(keys && known?.sums);
	for (const key of keys ?? keysOf(reading)) sums.set(key, sumOfCells(cellsAt(reading, key)));
	made.set(begins, { open, sums });
	return sums;
}

/** What has changed in the open trees since; undefined where these are others, or something went. */
function changedKeys({ open: before }: Made, open: readonly HeldTree[]): Set<string> | undefined {
	if (before.length !== open.length) return undefined;
	const keys = new Set<string>();
	for (const [i, tree] of open.entries()) {
		const { line, change = 0 } = before[i] ?? {};
		if (tree.line !== line || tree.lost > change || tree.change < change) return undefined;
		if (tree.change > change) for (const [key, cell] of tree.cells) if (cell.change > change) keys.add(key);
	}
	return keys;
}

function closedAt(closed: readonly ReadCell[], key: string): readonly ReadCell[] {
	let byKey = keyed.get(closed);
	if (!byKey) {
		byKey = new Map();
		for (const cell of closed) ensure(byKey, cell.key, (): ReadCell[] => []).push(cell);
		keyed.set(closed, byKey);
	}
	return byKey.get(key) ?? [];
}

function cellsAt({ closed, open }: TreeReading, key: string): ReadCell[] {
	return [...closedAt(closed, key), ...open.flatMap(({ cells }) => cells.get(key) ?? [])];
}

const keysOf = ({ closed, open }: TreeReading) =>
	new Set([...closed.map(({ key }) => key), ...open.flatMap(({ cells }) => [...cells.keys()])]);

/** The cells of a tree, each key of each period once: books of the same site are added up. */
export function cellsOf({ trees }: Reading, tree: TreeName): { period: string; key: string; sum: Counts }[] {
	const reading = trees.get(tree) ?? nothing;
	return [...keysOf(reading)].flatMap((key) =>
		[...byPeriodAt(reading, key)].map(([period, cells]) => ({ period, key, sum: sumOfCells(cells) })),
	);
}

function byPeriodAt(reading: TreeReading, key: string): Map<string, ReadCell[]> {
	const found = new Map<string, ReadCell[]>();
	for (const cell of cellsAt(reading, key)) ensure(found, cell.period, (): ReadCell[] => []).push(cell);
	return found;
}

/**
 * Tally of one key per period of the range; undefined where nothing was counted, and in a month that is read as a sum, whose
 * first period stands for all.
 */
export function byPeriod({ periods, trees }: Reading, tree: TreeName, key: string): (Counts | undefined)[] {
	const found = byPeriodAt(trees.get(tree) ?? nothing, key);
	return periods.map((period) => {
		const cells = found.get(period);
		return cells && sumOfCells(cells);
	});
}

/** Views of a key of one tree per period of the range. */
export function viewsByPeriod({ periods, trees }: Reading, tree: TreeName): (key: string) => number[] {
	const places = new Map(periods.map((period, at) => [period, at]));
	const reading = trees.get(tree) ?? nothing;
	return (key) => trendOf(cellsAt(reading, key), places);
}

/** One tree of two-part keys, by the first part, then by the second. */
export function sumBelow(sums: Sums): Map<string, Map<string, Counts>> {
	const below = new Map<string, Map<string, Counts>>();
	for (const [key, tally] of sums) {
		const [parent, name] = splitKey(key);
		ensure(below, parent, () => new Map<string, Counts>()).set(name, tally);
	}
	return below;
}

/** Sum of a scalar over all keys, or over some. */
export function sumOfKeys(sums: Sums, measure: MeasureName, isMeant = (_key: string) => true): number {
	let sum = 0;
	for (const [key, tally] of sums) if (isMeant(key)) sum += read(tally, measure);
	return sum;
}

/** Share (0…1) of a scalar that lies in "(other)". */
export function hiddenShare(
	sums: Sums,
	measure: MeasureName,
	isOther: (key: string) => boolean = (key) => key === otherName,
): number {
	const all = sumOfKeys(sums, measure);
	return all === 0 ? 0 : sumOfKeys(sums, measure, isOther) / all;
}
