/**
 * Sealed cells less erased reports, sealed again: from the visible cell, else from "(other)", and what is below k afterwards is
 * folded, hidden or dropped as at the first sealing. Pure. Leaves out where cells are kept (erase-sealed.ts).
 *
 * - A key that falls below k goes into "(other)"; an "(other)" that falls below k takes in the smallest visible key, and is not
 *   kept where none is left. What is listed below a key that goes is dropped.
 * - Of a crossing table the hidden cells are not known any more. Each that loses something is put back as one of no device, so that
 *   the complement rule and the audit hide visible ones around it: more than needed, never less on its own row and column. That
 *   hidden cells elsewhere stay undetermined is not checked again.
 * - Devices go down with the marks of the reports. A period that falls below k in all keeps no cell.
 */
import { otherName, splitKey, type TreeRule, treeNames, treeRules } from "../../schema/tree-rules.ts";
import { keySeparator, type TreeName } from "../../schema/trees.ts";
import type { Cell, PeriodCells } from "../book/cells.ts";
import { count } from "../query/tally.ts";
import { minus } from "./minus.ts";
import { type SealedCell, seal } from "./seal.ts";

/** The sealed cells of a period without what erased reports count for. */
export function reseal(sealed: PeriodCells, erased: PeriodCells, k: number): SealedCell[] {
	const result: PeriodCells = new Map([...sealed].map(([tree, keys]) => [tree, new Map(keys)]));
	for (const tree of treeNames) {
		for (const [key, less] of erased.get(tree) ?? []) {
			const place = placeOf(sealed, tree, key);
			if (place === undefined) continue;
			const keys = result.get(tree) ?? new Map<string, Cell>();
			result.set(tree, keys);
			const cell = keys.get(place);
			keys.set(place, cell ? without(cell, less, k) : emptied());
		}
	}
	return seal(result, k) ?? [];
}

function without(cell: Cell, less: Cell, k: number): Cell {
	return { devices: Math.max(0, cell.devices - less.devices), tally: minus(cell.tally, less.tally, k) };
}

/** A hidden cell of a crossing table: something is still counted there, as far as a reader knows. */
function emptied(): Cell {
	const tally = new Map();
	count(tally, "views");
	return { devices: 0, tally };
}

/** Where a key is counted in sealed cells; undefined where it was not kept at all. */
function placeOf(sealed: PeriodCells, tree: TreeName, key: string): string | undefined {
	const has = (of: TreeName, name: string) => sealed.get(of)?.has(name) ?? false;
	const visible = (of: TreeName, name: string) => (has(of, name) ? name : otherName);
	const { seal: how }: TreeRule = treeRules[tree];
	const [first, second] = splitKey(key);
	if (how === "whole") return key;
	if (how !== "list" && "crossing" in how)
		return visible(how.crossing[0], first) + keySeparator + visible(how.crossing[1], second);
	const place = how === "list" || has(tree, key) ? visible(tree, key) : first + keySeparator + otherName;
	return has(tree, place) ? place : undefined;
}
