/**
 * Adding up what was read, by key. What was added up before stays, and only what has changed since is added up anew: most of a page is
 * as it was when somebody last opened it. Leaves out reading (read.ts) and what the figures mean (worker/stats).
 */
import { splitKey } from "../../schema/tree-rules.ts";
import type { TreeName } from "../../schema/trees.ts";
import { ensure } from "../book/ensure.ts";
import { trendOf } from "./closed.ts";
import { type ReadCell, sumOfCells } from "./memory.ts";
import type { HeldTree } from "./open.ts";
import { Sums } from "./ranked.ts";
import type { Reading, TreeReading } from "./read.ts";
import { beginningOf } from "./same.ts";
import type { Counts } from "./tally.ts";

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
	const { open } = reading;
	const begins = beginningOf(reading);
	if (!begins) return new Sums(new Map());
	const known = made.get(begins);
	const keys = known && changedKeys(known, open);
	if (known && keys?.size === 0) return known.sums;
	const summed = new Map([...(keys ?? keysOf(reading))].map((key) => [key, sumOfCells(cellsAt(reading, key))]));
	const sums = known && keys ? known.sums.with(summed) : new Sums(summed);
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
export function sumBelow(sums: Iterable<[string, Counts]>): Map<string, Map<string, Counts>> {
	const below = new Map<string, Map<string, Counts>>();
	for (const [key, tally] of sums) {
		const [parent, name] = splitKey(key);
		ensure(below, parent, () => new Map<string, Counts>()).set(name, tally);
	}
	return below;
}
