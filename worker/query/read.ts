/**
 * Reading cells of a range: the open book first, then D1; where both have a period, D1 wins, because a closing may have
 * happened in between. Leaves out what the figures mean (worker/stats).
 */
import { and, between, eq, inArray } from "drizzle-orm";
import { drizzle } from "drizzle-orm/d1";
import { periodOfDate, periodsBetween } from "../../schema/period.ts";
import { cell, closing } from "../../schema/tables.ts";
import { otherName, type TreeName } from "../../schema/trees.ts";
import { bookOf } from "../book/books.ts";
import { ensure } from "../book/ensure.ts";
import { leaveOpen } from "../book/going-on.ts";
import type { Env } from "../env.ts";
import type { Site } from "../sites/sites.ts";
import { decode, merge, read, type Tally } from "./tally.ts";

export interface ReadCell {
	period: string;
	tree: TreeName;
	key: string;
	devices: number;
	tally: Tally;
}

export interface Reading {
	/** Labels of the whole range, in order. */
	periods: string[];
	cells: ReadCell[];
	/** Labels that came from the open book. */
	open: Set<string>;
	/** True where sample visits are in it. */
	sample: boolean;
}

/** Every cell of some trees between two local dates. */
export async function readCells(env: Env, site: Site, trees: TreeName[], from: string, to: string): Promise<Reading> {
	const periods = periodsBetween(from, to, site.grain);
	const first = periodOfDate(from, site.grain);
	const last = periodOfDate(to, site.grain);
	const book = await bookOf(env, site.id).read(trees, first, last);
	const db = drizzle(env.DB);
	const [closings, rows] = await db.batch([
		db
			.select()
			.from(closing)
			.where(and(eq(closing.site, site.id), between(closing.period, first, last))),
		db
			.select()
			.from(cell)
			.where(and(eq(cell.site, site.id), inArray(cell.tree, trees), between(cell.period, first, last))),
	]);
	const closed = new Set(closings.map(({ period }) => period));
	// A closing may also have taken in a waiting period since the book was asked.
	const isTakenIn = (waiting: string) => closings.some((row) => row.coversFrom <= waiting && waiting < row.period);
	const open = book.filter(({ period, state }) => !closed.has(period) && !(state === "joining" && isTakenIn(period)));
	const openCells = open.flatMap(({ period, cells }) =>
		cells.map(({ tally: encoded, goingOn, ...row }) => {
			const tally = decode(encoded);
			if (goingOn > 0) leaveOpen(tally, goingOn);
			return { period, ...row, tally };
		}),
	);
	return {
		periods,
		cells: [
			...rows.map(({ period, tree, key, devices, tally }) => ({
				period,
				tree: tree as TreeName,
				key,
				devices,
				tally: decode(tally),
			})),
			...openCells,
		],
		open: new Set(open.map(({ period }) => period)),
		sample: closings.some(({ sample }) => sample) || open.some(({ sample }) => sample),
	};
}

/** Sum over periods, by key, of one tree. */
export function sumByKey(cells: ReadCell[], tree: TreeName): Map<string, Tally> {
	const sums = new Map<string, Tally>();
	for (const { tree: of, key, tally } of cells) {
		if (of !== tree) continue;
		merge(
			ensure(sums, key, () => new Map()),
			tally,
		);
	}
	return sums;
}

/** Tally of one key per period of the range; undefined where nothing was counted. */
export function byPeriod({ periods, cells }: Reading, tree: TreeName, key: string): (Tally | undefined)[] {
	const found = new Map<string, Tally>();
	for (const row of cells) if (row.tree === tree && row.key === key) found.set(row.period, row.tally);
	return periods.map((period) => found.get(period));
}

/** Share (0…1) of a scalar that lies in "(other)". */
export function hiddenShare(sums: Map<string, Tally>, measure: "views" | "entries"): number {
	let all = 0;
	for (const tally of sums.values()) all += read(tally, measure);
	return all === 0 ? 0 : read(sums.get(otherName) ?? new Map(), measure) / all;
}
