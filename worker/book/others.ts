/**
 * A closing in a site of several books, as its first one sees the others: what they hand over, added up, and how they learn the
 * end of it. Leaves out what each does with that (book.ts), and a site of one book, which has no others.
 */
import type { BookTree } from "../../schema/tree-rules.ts";
import type { ClosingPlan, PeriodToSeal } from "../closing/close.ts";
import type { Env } from "../env.ts";
import { booksOf } from "./books.ts";
import { type CellRow, Cells, type PeriodCells } from "./cells.ts";
import { ensure } from "./ensure.ts";

/** A period as it goes from book to book: its cells are rows as JSON, in chunks, because the types of RPC do not keep tuples. */
export interface HandedOver {
	period: string;
	sample: boolean;
	cells: string[];
}

/** How a closing ended: every book of the site does the same. */
export interface Ending {
	period: string;
	outcome: "sealed" | "joining";
	/** Too small periods that go with it: taken in where it was sealed, else those that have waited too long in vain. */
	others: string[];
}

const othersOf = (env: Env, { site, books }: ClosingPlan) => booksOf(env, { id: site, books }).slice(1);

/** What this book brings to a closing and what every other one does, each period added up. One that does not answer stops it. */
export async function gather(env: Env, plan: ClosingPlan, own: PeriodToSeal[], now: number): Promise<PeriodToSeal[]> {
	const others = othersOf(env, plan);
	if (others.length === 0) return own;
	const sum = new Cells();
	const samples = new Set<string>();
	for (const { period, sample, cells } of own) {
		if (sample) samples.add(period);
		for (const [tree, keys] of cells) for (const [key, cell] of keys) sum.addCell(period, tree, key, cell);
	}
	const joined = own.map(({ period }) => period).filter((period) => period !== plan.period);
	// One after the other: an isolate has room for the sum and one book, not for all of them.
	for (const book of others) {
		for (const { period, sample, cells } of await book.handOver(plan.period, joined, now)) {
			if (sample) samples.add(period);
			for (const rows of cells) sum.load(period, JSON.parse(rows) as CellRow<BookTree>[]);
		}
	}
	return own.map(({ period }) => ({
		period,
		sample: samples.has(period),
		cells: ensure(sum.periods, period, (): PeriodCells => new Map()),
	}));
}

/** Tells the others how it ended. Until the last one has answered, it has not. */
export async function settleOthers(env: Env, plan: ClosingPlan, ending: Ending, now: number): Promise<void> {
	for (const book of othersOf(env, plan)) await book.settle(ending, now);
}
