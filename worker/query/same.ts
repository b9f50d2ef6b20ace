/**
 * Knows a reading again: one that says the same as the last is the last one itself, so that what was worked out of it need not be worked
 * out anew (once.ts). Leaves out reading (read.ts).
 */
import type { Reading, TreeReading } from "./read.ts";

/** What a tree's cells begin with: the same object however much the open books count. */
export function beginningOf({ closed, open }: TreeReading): object | undefined {
	return closed.length > 0 ? closed : open[0]?.line;
}

/** The last readings by what their first tree begins with, and by name. */
const lastReadings = new WeakMap<object, Map<string, Reading>>();
const mostNames = 100;

/** The last reading of this name where this one says the same, so that what was worked out of it holds. */
export function asBefore(reading: Reading, name: string): Reading {
	const [first] = reading.trees.values();
	const begins = first && beginningOf(first);
	if (!begins) return reading;
	const known = lastReadings.get(begins) ?? new Map<string, Reading>();
	lastReadings.set(begins, known);
	const before = known.get(name);
	if (before && saysTheSame(before, reading)) return before;
	if (known.size > mostNames) known.clear();
	known.set(name, reading);
	return reading;
}

function saysTheSame(one: Reading, other: Reading): boolean {
	return (
		one.periods === other.periods &&
		one.sample === other.sample &&
		hasSame([...one.open], [...other.open]) &&
		hasSame([...one.takesIn].flat(), [...other.takesIn].flat()) &&
		hasSame([...one.imported].flat(), [...other.imported].flat()) &&
		[...one.trees].every(([tree, before]) => {
			const now = other.trees.get(tree);
			return now && isSameTree(before, now);
		})
	);
}

/** Cells of an open tree are another map once one of them is another. */
function isSameTree(one: TreeReading, other: TreeReading): boolean {
	const isSameClosed = one.closed === other.closed || (one.closed.length === 0 && other.closed.length === 0);
	const cellsOf = ({ open }: TreeReading) => open.map(({ cells }) => cells);
	return isSameClosed && hasSame(cellsOf(one), cellsOf(other));
}

const hasSame = (one: readonly unknown[], other: readonly unknown[]) =>
	one.length === other.length && one.every((part, at) => part === other[at]);
