/**
 * Reading cells of a range: the open books first, then D1; where both have a period, D1 wins, because a closing may have
 * happened in between. Leaves out what the figures mean (worker/stats).
 */
import type { ImportSource } from "../../schema/imports.ts";
import type { MeasureName } from "../../schema/measures.ts";
import { periodOfDate, periodsApart, periodsBetween } from "../../schema/period.ts";
import { otherName, splitKey } from "../../schema/tree-rules.ts";
import type { TreeName } from "../../schema/trees.ts";
import { booksOf } from "../book/books.ts";
import { ensure } from "../book/ensure.ts";
import { leaveOpen } from "../book/going-on.ts";
import type { OpenPeriod } from "../book/show.ts";
import type { Env } from "../env.ts";
import { shardOf } from "../sites/shards.ts";
import type { Site } from "../sites/sites.ts";
import { readClosed, trendOf, type Wish } from "./closed.ts";
import { type ClosedPeriod, openSum, type ReadCell, sumOf, sumOfCells } from "./memory.ts";
import { type Counts, read } from "./tally.ts";

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

/** A wish, and the local dates of its range. */
export interface Question {
	wish: Wish;
	from: string;
	to: string;
}

/** Every cell of some trees between two local dates; of months that are read as a sum, one cell for all their periods. */
export async function readCells(env: Env, site: Site, wish: Wish, from: string, to: string): Promise<Reading> {
	const [reading] = await readAll(env, site, [{ wish, from, to }]);
	return reading as Reading;
}

/** What several wishes find, read together. */
export async function readAll(env: Env, site: Site, questions: readonly Question[]): Promise<Reading[]> {
	const labels = questions.map(
		({ from, to }) => [periodOfDate(from, site.grain), periodOfDate(to, site.grain)] as const,
	);
	const trees = [...new Set(questions.flatMap(({ wish }) => wish.trees))];
	const first = labels.reduce((least, [one]) => (one < least ? one : least), labels[0]?.[0] ?? "");
	const last = labels.reduce((most, [, one]) => (one > most ? one : most), "");
	// A page asked for is all that is needed of the open periods, unless somebody asks for all of them.
	const asked = questions.flatMap(({ wish }) => wish.page ?? []);
	const pages = asked.length === questions.length ? [...new Set(asked)] : undefined;
	const books = booksOf(env, site);
	const found = await Promise.all(books.map((book) => book.read(trees, first, last, undefined, pages)));
	const ranges = new Map<string, string[]>();
	const asks = questions.map(({ wish, from, to }) => ({
		wish,
		periods: ensure(ranges, `${from} ${to}`, () => periodsBetween(from, to, site.grain)),
	}));
	const closed = await readClosed(shardOf(env, site), site, asks);
	// A closing may also have taken in a waiting period since the book was asked.
	const isTakenIn = (closings: ClosedPeriod[], waiting: string) =>
		closings.some((row) => row.coversFrom <= waiting && waiting < row.period);
	// Or it lies between what that one took in and itself: the book knows whether it waits still.
	const isDoubtful = found
		.flat()
		.some(({ period, state }) => state === "joining" && closed.some(({ closings }) => isTakenIn(closings, period)));
	const waiting = await Promise.all(
		books.map(async (book): Promise<string[]> => (isDoubtful ? book.waitingPeriods() : [])),
	);
	return asks.map(({ wish, periods }, i) => {
		const { closings, cells } = closed[i] ?? { closings: [], cells: [] };
		const [from, to] = labels[i] ?? ["", ""];
		const isClosed = new Set(closings.map(({ period }) => period));
		const isOpen = ({ period, state }: OpenPeriod, number: number) =>
			period >= from &&
			period <= to &&
			!isClosed.has(period) &&
			!(state === "joining" && isTakenIn(closings, period) && !waiting[number]?.includes(period));
		const inBooks = found.map((rows, number) => rows.filter((row) => isOpen(row, number)));
		const open = inBooks.flat();
		return {
			periods,
			cells: [...cells, ...openCells(site.id, inBooks, new Set(wish.trees))],
			open: new Set(open.map(({ period }) => period)),
			takesIn: new Map(
				closings.flatMap(({ period, coversFrom }) =>
					coversFrom < period ? [[period, periodsApart(coversFrom, period, site.grain)]] : [],
				),
			),
			isAllOpen: cells.length === 0,
			imported: new Map(closings.flatMap(({ period, source }) => (source ? [[period, source]] : []))),
			sample: closings.some(({ sample }) => sample) || open.some(({ sample }) => sample),
		};
	});
}

/** Cells of the open periods of each book. */
function openCells(site: string, books: OpenPeriod[][], trees: Set<TreeName>): ReadCell[] {
	const cells: ReadCell[] = [];
	const partsOf = new Map<string, Counts[]>();
	for (const [number, open] of books.entries()) {
		for (const { period, cells: rows } of open) {
			for (const { tree, key, tally, goingOn } of rows) {
				if (!trees.has(tree)) continue;
				const place = `${period}\n${tree}\n${key}`;
				const sum = openSum(`${site}\n${number}\n${place}`, tally);
				const part = goingOn > 0 ? leaveOpen(new Map(sum), goingOn) : sum;
				const parts = books.length > 1 ? ensure(partsOf, place, (): Counts[] => []) : [];
				// A cell that another book has too is there already.
				if (parts.push(part) === 1) cells.push({ period, tree, key, parts, end: Number.POSITIVE_INFINITY });
			}
		}
	}
	return cells;
}

/** Sum over periods, by key, of one tree. */
export function sumByKey(cells: readonly ReadCell[], tree: TreeName): Map<string, Counts> {
	return new Map([...cellsByKey(cells, tree)].map(([key, own]) => [key, sumOfCells(own)]));
}

function cellsByKey(cells: readonly ReadCell[], tree: TreeName): Map<string, ReadCell[]> {
	const found = new Map<string, ReadCell[]>();
	for (const cell of cells) if (cell.tree === tree) ensure(found, cell.key, (): ReadCell[] => []).push(cell);
	return found;
}

/**
 * Tally of one key per period of the range; undefined where nothing was counted, and in a month that is read as a sum, whose
 * first period stands for all.
 */
export function byPeriod({ periods, cells }: Reading, tree: TreeName, key: string): (Counts | undefined)[] {
	const found = new Map<string, ReadCell>();
	for (const row of cells) if (row.tree === tree && row.key === key) found.set(row.period, row);
	return periods.map((period) => {
		const cell = found.get(period);
		return cell && sumOf(cell);
	});
}

/** Views of a key of one tree per period of the range. */
export function viewsByPeriod({ periods, cells }: Reading, tree: TreeName): (key: string) => number[] {
	const places = new Map(periods.map((period, at) => [period, at]));
	const byKey = cellsByKey(cells, tree);
	return (key) => trendOf(byKey.get(key) ?? [], places);
}

/** One tree of two-part keys, by the first part, then by the second. */
export function sumBelow(cells: ReadCell[], tree: TreeName): Map<string, Map<string, Counts>> {
	const below = new Map<string, Map<string, Counts>>();
	for (const [key, tally] of sumByKey(cells, tree)) {
		const [parent, name] = splitKey(key);
		ensure(below, parent, () => new Map<string, Counts>()).set(name, tally);
	}
	return below;
}

/** Sum of a scalar over all keys, or over some. */
export function sumOfKeys(sums: Map<string, Counts>, measure: MeasureName, isMeant = (_key: string) => true): number {
	let sum = 0;
	for (const [key, tally] of sums) if (isMeant(key)) sum += read(tally, measure);
	return sum;
}

/** Share (0…1) of a scalar that lies in "(other)". */
export function hiddenShare(
	sums: Map<string, Counts>,
	measure: MeasureName,
	isOther: (key: string) => boolean = (key) => key === otherName,
): number {
	const all = sumOfKeys(sums, measure);
	return all === 0 ? 0 : sumOfKeys(sums, measure, isOther) / all;
}
