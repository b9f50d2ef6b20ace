/**
 * Cells in memory: period → tree → key → { devices, tally }, with addition and subtraction of a fold.
 * Leaves out storage, which packs many cells into a row (book.ts).
 */
import { type TreeName, treeNames } from "../../schema/trees.ts";
import { decode, encode, merge, type Tally } from "../query/tally.ts";
import { ensure } from "./ensure.ts";
import type { Addition } from "./fold.ts";

export interface Cell {
	devices: number;
	tally: Tally;
}
export type PeriodCells = Map<TreeName, Map<string, Cell>>;

/** A cell as it crosses a boundary: [tree, key, devices, encoded tally]. */
export type CellRow = [TreeName, string, number, string];

export class Cells {
	readonly periods = new Map<string, PeriodCells>();

	/** Adds (or with −1 takes away) what a report counts for. A cell that counts nothing any more goes. */
	add(period: string, additions: Addition[], sign: 1 | -1 = 1): void {
		for (const { tree, key, devices, tally } of additions) this.addCell(period, tree, key, { devices, tally }, sign);
	}

	addCell(period: string, tree: TreeName, key: string, { devices, tally }: Cell, sign: 1 | -1 = 1): void {
		const cells = this.#keysOf(period, tree);
		const cell = cells.get(key) ?? { devices: 0, tally: new Map() };
		cell.devices += sign * devices;
		merge(cell.tally, tally, sign);
		if (cell.tally.size === 0 && cell.devices === 0) cells.delete(key);
		else cells.set(key, cell);
	}

	#keysOf(period: string, tree: TreeName): Map<string, Cell> {
		const trees = ensure(this.periods, period, (): PeriodCells => new Map());
		return ensure(trees, tree, () => new Map());
	}

	/** The cells of a period, of one tree or of all, as rows. */
	rows(period: string, only?: readonly TreeName[]): CellRow[] {
		const trees = this.periods.get(period);
		return (only ?? treeNames).flatMap((tree) =>
			[...(trees?.get(tree) ?? [])].map(([key, { devices, tally }]): CellRow => [tree, key, devices, encode(tally)]),
		);
	}

	load(period: string, rows: CellRow[]): void {
		for (const [tree, key, devices, tally] of rows) this.addCell(period, tree, key, { devices, tally: decode(tally) });
	}
}

/** Packs a tree's cells are spread over, so that a batch writes few rows and no row grows without bound. */
export const packsPerTree = 8;

/** The pack of a key: FNV-1a over its UTF-16 code units. */
export function packOf(key: string): number {
	let hash = 0x811c9dc5;
	for (let i = 0; i < key.length; i++) hash = Math.imul(hash ^ key.charCodeAt(i), 0x01000193) >>> 0;
	return hash % packsPerTree;
}
