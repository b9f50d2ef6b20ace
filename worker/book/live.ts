/**
 * Live cells that know when each of them changed, so that a reader who has seen an earlier state is told only what is new. Leaves out
 * what is told (show.ts).
 */
import type { BookTree } from "../../schema/tree-rules.ts";
import { type Cell, Cells } from "./cells.ts";
import { ensure } from "./ensure.ts";

interface PeriodChanges {
	/** When the period began to be known here. */
	begun: number;
	/** By tree, then by key: the change at which it last became what it is, or went. */
	trees: Map<BookTree, Map<string, number>>;
}

export class LiveCells extends Cells {
	/** Of this memory: what was counted in another one means nothing here. */
	readonly life = crypto.randomUUID();
	readonly #changes = new Map<string, PeriodChanges>();
	#last = 0;

	/** Number of the last change. */
	get last(): number {
		return this.#last;
	}

	override addCell(period: string, tree: BookTree, key: string, cell: Cell, sign: 1 | -1 = 1): void {
		super.addCell(period, tree, key, cell, sign);
		ensure(this.#changes, period, (): PeriodChanges => ({ begun: ++this.#last, trees: new Map() }));
		this.touch(period, tree, key);
	}

	/** Notes that something about a cell changed; of a period that is not known any more, nothing. */
	touch(period: string, tree: BookTree, key: string): void {
		const known = this.#changes.get(period);
		if (known) ensure(known.trees, tree, () => new Map<string, number>()).set(key, ++this.#last);
	}

	/** Keys of a tree that changed after a change; undefined where its number says nothing about this period. */
	changedAfter(change: number, period: string, tree: BookTree): string[] | undefined {
		const known = this.#changes.get(period);
		if (!known || change < known.begun) return undefined;
		const keys: string[] = [];
		for (const [key, at] of known.trees.get(tree) ?? []) if (at > change) keys.push(key);
		return keys;
	}

	forget(period: string): void {
		this.periods.delete(period);
		this.#changes.delete(period);
	}
}
