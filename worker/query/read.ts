/**
 * Reading cells of a range: the open books first, then D1; where both have a period, D1 wins, because a closing may have
 * happened in between. Leaves out what the figures mean (worker/stats).
 */
import type { ImportSource } from "../../schema/imports.ts";
import { type MeasureName, offsets } from "../../schema/measures.ts";
import { periodOfDate, periodsApart, periodsBetween } from "../../schema/period.ts";
import { otherName, splitKey } from "../../schema/tree-rules.ts";
import type { TreeName } from "../../schema/trees.ts";
import { booksOf } from "../book/books.ts";
import { ensure } from "../book/ensure.ts";
import { leaveOpen } from "../book/going-on.ts";
import type { Env } from "../env.ts";
import { shardOf } from "../sites/shards.ts";
import type { Site } from "../sites/sites.ts";
import { type ReadCell, readClosed, type Wish } from "./closed.ts";
import { readTrend } from "./months.ts";
import { addUp, decode, read, type Tally } from "./tally.ts";

export interface Reading {
	/** Labels of the whole range, in order. */
	periods: string[];
	cells: ReadCell[];
	/** Labels that came from the open book. */
	open: Set<string>;
	/** How many periods before it a closed one of the range took in, where it did. */
	takesIn: Map<string, number>;
	/** True where nothing that was found is sealed. */
	isAllOpen: boolean;
	/** True where sample visits are in it. */
	sample: boolean;
	/** Labels of closed periods that another tool counted. */
	imported: Map<string, ImportSource>;
}

/** Every cell of some trees between two local dates; of months that are read as a sum, one cell for all their periods. */
export async function readCells(env: Env, site: Site, wish: Wish, from: string, to: string): Promise<Reading> {
	const periods = periodsBetween(from, to, site.grain);
	const first = periodOfDate(from, site.grain);
	const last = periodOfDate(to, site.grain);
	const books = booksOf(env, site);
	const found = await Promise.all(books.map((book) => book.read(wish.trees, first, last)));
	const { closings, cells } = await readClosed(shardOf(env, site), site, periods, wish);
	const closed = new Set(closings.map(({ period }) => period));
	// A closing may also have taken in a waiting period since the book was asked.
	const isTakenIn = (waiting: string) => closings.some((row) => row.coversFrom <= waiting && waiting < row.period);
	// Or it lies between what that one took in and itself: the book knows whether it waits still.
	const isDoubtful = found.flat().some(({ period, state }) => state === "joining" && isTakenIn(period));
	const waiting = await Promise.all(
		books.map(async (book): Promise<string[]> => (isDoubtful ? book.waitingPeriods() : [])),
	);
	const open = found.flatMap((rows, number) =>
		rows.filter(
			({ period, state }) =>
				!closed.has(period) && !(state === "joining" && isTakenIn(period) && !waiting[number]?.includes(period)),
		),
	);
	const isAllOpen = cells.length === 0;
	const partsOf = new Map<string, Tally[]>();
	for (const { period, cells: rows } of open) {
		for (const { tree, key, tally: encoded, goingOn } of rows) {
			const tally = decode(encoded);
			if (goingOn > 0) leaveOpen(tally, goingOn);
			const parts = books.length > 1 ? ensure(partsOf, `${period}\n${tree}\n${key}`, (): Tally[] => []) : [];
			// A cell that another book has too is there already.
			if (parts.push(tally) === 1) cells.push({ period, tree, key, parts, end: Number.POSITIVE_INFINITY });
		}
	}
	return {
		periods,
		cells,
		open: new Set(open.map(({ period }) => period)),
		takesIn: new Map(
			closings.flatMap(({ period, coversFrom }) =>
				coversFrom < period ? [[period, periodsApart(coversFrom, period, site.grain)]] : [],
			),
		),
		isAllOpen,
		imported: new Map(closings.flatMap(({ period, source }) => (source ? [[period, source]] : []))),
		sample: closings.some(({ sample }) => sample) || open.some(({ sample }) => sample),
	};
}

/** Sum over periods, by key, of one tree. */
export function sumByKey(cells: ReadCell[], tree: TreeName): Map<string, Tally> {
	const found = new Map<string, { parts: (string | Tally)[]; end: number }>();
	for (const cell of cells) {
		if (cell.tree !== tree) continue;
		const sum = ensure(found, cell.key, () => ({ parts: [], end: cell.end }));
		for (const part of cell.parts) sum.parts.push(part);
		sum.end = Math.min(sum.end, cell.end);
	}
	return new Map([...found].map(([key, { parts, end }]) => [key, addUp(parts, end)]));
}

/**
 * Tally of one key per period of the range; undefined where nothing was counted, and in a month that is read as a sum, whose
 * first period stands for all.
 */
export function byPeriod({ periods, cells }: Reading, tree: TreeName, key: string): (Tally | undefined)[] {
	const found = new Map<string, ReadCell>();
	for (const row of cells) if (row.tree === tree && row.key === key) found.set(row.period, row);
	return periods.map((period) => {
		const cell = found.get(period);
		return cell && addUp(cell.parts, cell.end);
	});
}

/** Views of every key of one tree per period of the range. */
export function viewsByPeriod({ periods, cells }: Reading, tree: TreeName): Map<string, number[]> {
	const places = new Map(periods.map((period, at) => [period, at]));
	const trends = new Map<string, number[]>();
	for (const cell of cells) {
		if (cell.tree !== tree) continue;
		const trend = ensure(trends, cell.key, () => periods.map(() => 0));
		const at = places.get(cell.period) ?? 0;
		const counts = cell.trend === undefined ? [viewsOf(cell)] : readTrend(cell.trend);
		// A month that is going on has a place for every period, the range only for those there are.
		for (const [i, views] of counts.entries()) if (at + i < trend.length) trend[at + i] = (trend[at + i] ?? 0) + views;
	}
	return trends;
}

/** Views come first in a tally. */
const viewsOf = ({ parts }: ReadCell) => read(addUp(parts, offsets.views + 1), "views");

/** One tree of two-part keys, by the first part, then by the second. */
export function sumBelow(cells: ReadCell[], tree: TreeName): Map<string, Map<string, Tally>> {
	const below = new Map<string, Map<string, Tally>>();
	for (const [key, tally] of sumByKey(cells, tree)) {
		const [parent, name] = splitKey(key);
		ensure(below, parent, () => new Map<string, Tally>()).set(name, tally);
	}
	return below;
}

/** Sum of a scalar over all keys, or over some. */
export function sumOfKeys(sums: Map<string, Tally>, measure: MeasureName, isMeant = (_key: string) => true): number {
	let sum = 0;
	for (const [key, tally] of sums) if (isMeant(key)) sum += read(tally, measure);
	return sum;
}

/** Share (0…1) of a scalar that lies in "(other)". */
export function hiddenShare(
	sums: Map<string, Tally>,
	measure: MeasureName,
	isOther: (key: string) => boolean = (key) => key === otherName,
): number {
	const all = sumOfKeys(sums, measure);
	return all === 0 ? 0 : sumOfKeys(sums, measure, isOther) / all;
}
