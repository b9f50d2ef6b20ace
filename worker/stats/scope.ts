/** What every figure of a site needs: reading its cells, what an answer says about itself, and lists in order. */
import { otherName } from "../../schema/tree-rules.ts";
import type { TreeName } from "../../schema/trees.ts";
import type { Env } from "../env.ts";
import type { Wish } from "../query/closed.ts";
import { type Reading, readCells } from "../query/read.ts";
import type { Tally } from "../query/tally.ts";
import type { Site } from "../sites/sites.ts";
import type { Answer, Range } from "./answers.ts";

export type Span = { from: string; to: string };

export interface Scope {
	site: Site;
	read(trees: TreeName[], span: Span, only?: Omit<Wish, "trees">): Promise<Reading>;
	/** `hidden`: share (0…1) of what is counted that is folded into "(other)". */
	answer(span: Span, reading: Reading, hidden: number): Answer;
}

export function scopeOf(env: Env, site: Site): Scope {
	return {
		site,
		read: (trees, { from, to }, only) => readCells(env, site, { trees, ...only }, from, to),
		answer: ({ from, to }, { open, sample }, hidden) => ({
			site: site.id,
			range: { from, to },
			grain: site.grain,
			timeZone: site.timeZone,
			provisional: open.size > 0,
			hidden,
			sample,
		}),
	};
}

/** A row for every name, the largest first, "(other)" last. */
export function rowsOf<Row>(
	sums: Map<string, Tally> | undefined,
	row: (name: string, tally: Tally) => Row,
	size: (row: Row) => number,
): Row[] {
	return [...(sums ?? [])]
		.map(([name, tally]) => ({ name, row: row(name, tally) }))
		.sort(
			(a, b) =>
				Number(a.name === otherName) - Number(b.name === otherName) ||
				size(b.row) - size(a.row) ||
				(a.name < b.name ? -1 : 1),
		)
		.map((item) => item.row);
}

/** The part of the rows that was asked for, and how many there are. */
export function listed<Row>(rows: Row[], { limit, offset = 0 }: Pick<Range, "limit" | "offset">) {
	return { rows: rows.slice(offset, limit === undefined ? undefined : offset + limit), total: rows.length };
}
