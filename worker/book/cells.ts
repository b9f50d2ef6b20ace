/**
 * Cells in memory: period → tree → key → { devices, tally }, with addition and subtraction of a fold.
 * Leaves out storage, which packs many cells into a row (storage.ts).
 */
import type { BookTree } from "../../schema/tree-rules.ts";
import { decode, encode, merge, type Tally } from "../query/tally.ts";
import { ensure } from "./ensure.ts";
import type { Addition } from "./fold.ts";

export interface Cell {
	devices: number;
	tally: Tally;
}
export type PeriodCells = Map<BookTree, Map<string, Cell>>;

/** A cell as it crosses a boundary: [tree, key, devices, encoded tally]. */
export type CellRow<T extends BookTree = BookTree> = [tree: T, key: string, devices: number, tally: string];

/** Tallies as text, until they change: most cells stay as they are from one look or storing to the next. */
const texts = new WeakMap<Tally, string>();

function textOf(tally: Tally): string {
	const text = texts.get(tally) ?? encode(tally);
	texts.set(tally, text);
	return text;
}

export class Cells {
	readonly periods = new Map<string, PeriodCells>();

	/** Adds (or with −1 takes away) what a report counts for. A cell that counts nothing any more goes. */
	add(period: string, additions: Addition[], sign: 1 | -1 = 1): void {
		for (const { tree, key, devices, tally } of additions) this.addCell(period, tree, key, { devices, tally }, sign);
	}

	addCell(period: string, tree: BookTree, key: string, { devices, tally }: Cell, sign: 1 | -1 = 1): void {
		const cells = this.#keysOf(period, tree);
		const cell = cells.get(key) ?? { devices: 0, tally: new Map() };
		cell.devices += sign * devices;
		merge(cell.tally, tally, sign);
		texts.delete(cell.tally);
		if (cell.tally.size === 0 && cell.devices === 0) cells.delete(key);
		else cells.set(key, cell);
	}

	#keysOf(period: string, tree: BookTree): Map<string, Cell> {
		const trees = ensure(this.periods, period, (): PeriodCells => new Map());
		return ensure(trees, tree, () => new Map());
	}

	/** The cells of a period of some trees, as rows; of some keys only where these are given. */
	rows<T extends BookTree>(period: string, only: readonly T[], keys?: readonly string[]): CellRow<T>[] {
		return only.flatMap((tree) => {
			const cells = this.periods.get(period)?.get(tree);
			return [...(keys ?? cells?.keys() ?? [])].flatMap((key): CellRow<T>[] => {
				const cell = cells?.get(key);
				return cell ? [[tree, key, cell.devices, textOf(cell.tally)]] : [];
			});
		});
	}

	/** Adds (or with −1 takes away) cells made by `rows`. */
	load(period: string, rows: CellRow[], sign: 1 | -1 = 1): void {
		for (const [tree, key, devices, tally] of rows)
			this.addCell(period, tree, key, { devices, tally: decode(tally) }, sign);
	}
}
