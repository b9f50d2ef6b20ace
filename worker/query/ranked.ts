/**
 * Sums by key with what lists need of all of them: totals and orders. Where few of many sums have changed, both follow from what they
 * were. Leaves out where sums come from (sums.ts).
 */
import type { MeasureName } from "../../schema/measures.ts";
import { otherName } from "../../schema/tree-rules.ts";
import { keySeparator } from "../../schema/trees.ts";
import { type Counts, read } from "./tally.ts";

export interface Ranked {
	name: string;
	size: number;
	tally: Counts;
}

interface Order {
	sizeOf(tally: Counts): number;
	items: readonly Ranked[];
}

const isOther = (name: string) => name === otherName;

/** The order of a list: the largest first, "(other)" last. */
export function inOrder(a: Omit<Ranked, "tally">, b: Omit<Ranked, "tally">): number {
	return Number(isOther(a.name)) - Number(isOther(b.name)) || b.size - a.size || (a.name < b.name ? -1 : 1);
}

/** Whether a key stands for names that are not told, at the top or below one. */
const isHidden = (key: string) => isOther(key) || key.endsWith(keySeparator + otherName);

/** Where an item is, or belongs. */
function placeOf(items: readonly Ranked[], item: Omit<Ranked, "tally">): number {
	let low = 0;
	let high = items.length;
	while (low < high) {
		const middle = (low + high) >>> 1;
		const one = items[middle] as Ranked;
		if (inOrder(one, item) < 0) low = middle + 1;
		else high = middle;
	}
	return low;
}

/** They stay as they are: others may have been given the same. */
export class Sums implements Iterable<[string, Counts]> {
	readonly #sums: ReadonlyMap<string, Counts>;
	readonly #totals = new Map<MeasureName, number>();
	readonly #orders = new Map<string, Order>();
	/** Keys that stand for names that are not told. */
	#hidden: readonly string[] | undefined;

	constructor(sums: ReadonlyMap<string, Counts>) {
		this.#sums = sums;
	}

	get size(): number {
		return this.#sums.size;
	}

	get(key: string): Counts | undefined {
		return this.#sums.get(key);
	}

	keys(): Iterable<string> {
		return this.#sums.keys();
	}

	[Symbol.iterator](): Iterator<[string, Counts]> {
		return this.#sums[Symbol.iterator]();
	}

	/** The same with some in place of what they were. */
	with(changed: ReadonlyMap<string, Counts>): Sums {
		const sums = new Map(this.#sums);
		for (const [key, tally] of changed) sums.set(key, tally);
		const next = new Sums(sums);
		const isNew = (key: string) => isHidden(key) && !this.#sums.has(key);
		if (this.#hidden) next.#hidden = [...this.#hidden, ...[...changed.keys()].filter(isNew)];
		for (const [measure, total] of this.#totals) {
			let sum = total;
			for (const [key, tally] of changed) sum += read(tally, measure) - this.read(key, measure);
			next.#totals.set(measure, sum);
		}
		for (const [by, order] of this.#orders) next.#orders.set(by, this.#reordered(order, changed));
		return next;
	}

	#reordered({ sizeOf, items }: Order, changed: ReadonlyMap<string, Counts>): Order {
		const moved = [...items];
		for (const [name, tally] of changed) {
			const before = this.get(name);
			if (before) moved.splice(placeOf(moved, { name, size: sizeOf(before) }), 1);
			const item = { name, size: sizeOf(tally), tally };
			moved.splice(placeOf(moved, item), 0, item);
		}
		return { sizeOf, items: moved };
	}

	/** The count of a scalar measure; 0 where nothing was counted. */
	read(key: string, measure: MeasureName): number {
		const tally = this.#sums.get(key);
		return tally ? read(tally, measure) : 0;
	}

	/** Sum of a scalar over all keys. */
	total(measure: MeasureName): number {
		let sum = this.#totals.get(measure);
		if (sum === undefined) {
			sum = 0;
			for (const tally of this.#sums.values()) sum += read(tally, measure);
			this.#totals.set(measure, sum);
		}
		return sum;
	}

	/** Share (0…1) of a scalar that lies in "(other)". */
	hiddenShare(measure: MeasureName): number {
		const all = this.total(measure);
		if (all === 0) return 0;
		this.#hidden ??= [...this.#sums.keys()].filter(isHidden);
		return this.#hidden.reduce((sum, key) => sum + this.read(key, measure), 0) / all;
	}

	/** All in the order of a list by some size; `by` names it. */
	ranked(by: string, sizeOf: (tally: Counts) => number): readonly Ranked[] {
		const known = this.#orders.get(by);
		if (known) return known.items;
		const items = [...this.#sums].map(([name, tally]) => ({ name, size: sizeOf(tally), tally }));
		items.sort(inOrder);
		this.#orders.set(by, { sizeOf, items });
		return items;
	}
}
