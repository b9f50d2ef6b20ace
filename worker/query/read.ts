/**
 * Reading cells of a range: the open books first, then D1; where both have a period, D1 wins, because a closing may have
 * happened in between. Leaves out adding them up (sums.ts) and what the figures mean (worker/stats).
 */
import type { ImportSource } from "../../schema/imports.ts";
import { type Grain, periodOfDate, periodsApart, periodsBetween } from "../../schema/period.ts";
import type { TreeName } from "../../schema/trees.ts";
import { booksOf } from "../book/books.ts";
import { ensure, ensureFew } from "../book/ensure.ts";
import { type TreeWish, wishName } from "../book/show.ts";
import type { Env } from "../env.ts";
import { shardOf } from "../sites/shards.ts";
import type { Site } from "../sites/sites.ts";
import { readClosed, type Wish } from "./closed.ts";
import type { ClosedPeriod, ReadCell } from "./memory.ts";
import { type Found, type HeldPeriod, type HeldTree, knownTrees, readOpen } from "./open.ts";
import { asBefore } from "./same.ts";

/** What a range has of one tree. */
export interface TreeReading {
	/** Cells of periods, and of several together where they were read as a sum. */
	closed: readonly ReadCell[];
	/** One a period and book. */
	open: readonly HeldTree[];
}

/** It stays as it is, and is the same object as the last time where nothing in it has changed. */
export interface Reading {
	/** Labels of the whole range, in order. */
	periods: readonly string[];
	trees: ReadonlyMap<TreeName, TreeReading>;
	/** Labels that came from the open book. */
	open: ReadonlySet<string>;
	/** How many periods before it a closed one of the range took in, where it did. */
	takesIn: ReadonlyMap<string, number>;
	/** True where nothing that was found is sealed. */
	isAllOpen: boolean;
	/** True where sample visits are in it. */
	sample: boolean;
	/** Labels of closed periods that another tool counted. */
	imported: ReadonlyMap<string, ImportSource>;
}

/** A wish, and the local dates of its range. */
export interface Question {
	wish: Wish;
	from: string;
	to: string;
}

/** What was read for one page, so that all of it is of one moment, and asked for once. */
export interface Moment {
	open?: Found;
	/** What the closed books were like. */
	state?: string;
}

/** What several wishes find, read together; `moment` goes on from what was read for the same page. */
export async function readAll(
	env: Env,
	site: Site,
	questions: readonly Question[],
	moment?: Moment,
): Promise<Reading[]> {
	const labels = questions.map(
		({ from, to }) => [periodOfDate(from, site.grain), periodOfDate(to, site.grain)] as const,
	);
	const first = labels.reduce((least, [one]) => (one < least ? one : least), labels[0]?.[0] ?? "");
	const last = labels.reduce((most, [, one]) => (one > most ? one : most), "");
	const wishes = openWishes(questions, moment ? knownTrees(site) : []);
	const open = await readOpen(env, site, wishes, { from: first, to: last }, moment?.open);
	if (moment) moment.open = open;
	const found = open.periods;
	const asks = questions.map(({ wish, from, to }) => ({ wish, periods: periodsOfRange(from, to, site.grain) }));
	const closed = await readClosed(shardOf(env, site), site, asks, moment);
	// A closing may also have taken in a waiting period since the book was asked.
	const isTakenIn = (closings: ClosedPeriod[], waiting: string) =>
		closings.some((row) => row.coversFrom <= waiting && waiting < row.period);
	// Or it lies between what that one took in and itself: the book knows whether it waits still.
	const isDoubtful = found
		.flat()
		.some(({ period, state }) => state === "joining" && closed.some(({ closings }) => isTakenIn(closings, period)));
	const waiting = isDoubtful ? await Promise.all(booksOf(env, site).map((book) => book.waitingPeriods())) : [];
	return asks.map(({ wish, periods }, i) => {
		const { closings, trees } = closed[i] ?? { closings: [], trees: new Map() };
		const [from, to] = labels[i] ?? ["", ""];
		const isClosed = new Set(closings.map(({ period }) => period));
		const isOpen = ({ period, state }: HeldPeriod, number: number) =>
			period >= from &&
			period <= to &&
			!isClosed.has(period) &&
			!(state === "joining" && isTakenIn(closings, period) && !waiting[number]?.includes(period));
		const opened = found.flatMap((rows, number) => rows.filter((row) => isOpen(row, number)));
		const readings = wish.trees.map((tree): [TreeName, TreeReading] => [
			tree,
			{ closed: trees.get(tree) ?? [], open: opened.flatMap((period) => heldIn(period, tree, wish.page)) },
		]);
		const reading = {
			periods,
			trees: new Map(readings),
			open: new Set(opened.map(({ period }) => period)),
			takesIn: new Map(
				closings.flatMap(({ period, coversFrom }) =>
					coversFrom < period ? [[period, periodsApart(coversFrom, period, site.grain)]] : [],
				),
			),
			isAllOpen: readings.every(([, reading]) => reading.closed.length === 0),
			imported: new Map(closings.flatMap(({ period, source }) => (source ? [[period, source]] : []))),
			sample: closings.some(({ sample }) => sample) || opened.some(({ sample }) => sample),
		};
		return asBefore(reading, JSON.stringify([wish, from, to]));
	});
}

/** Closed cells of any trees as what a range has of each. */
export function treesOf(cells: readonly ReadCell[]): Reading["trees"] {
	const closed = new Map<TreeName, ReadCell[]>();
	for (const cell of cells) ensure(closed, cell.tree, (): ReadCell[] => []).push(cell);
	return new Map([...closed].map(([tree, own]) => [tree, { closed: own, open: [] }]));
}

/** Labels of the ranges that were asked for last: a year of them takes milliseconds. */
const ranges = new Map<string, readonly string[]>();
const mostRanges = 100;

function periodsOfRange(from: string, to: string, grain: Grain): readonly string[] {
	return ensureFew(ranges, mostRanges, `${from} ${to} ${grain}`, () => periodsBetween(from, to, grain));
}

/** What is needed of the open periods: of a tree only what is about the pages asked for, unless somebody asks for all of it. */
function openWishes(questions: readonly Question[], more: readonly TreeWish[]): TreeWish[] {
	const wishes = new Map(more.map((wish) => [wishName(wish), wish]));
	const all = questions.flatMap(({ wish: { trees, page } }) =>
		trees.map((tree): TreeWish => ({ tree, ...(page === undefined ? {} : { page }) })),
	);
	const whole = new Set([...more, ...all].filter(({ page }) => page === undefined).map(({ tree }) => tree));
	for (const { tree, page } of all) {
		const wish = page === undefined || whole.has(tree) ? { tree } : { tree, page };
		wishes.set(wishName(wish), wish);
	}
	return [...wishes.values()];
}

function heldIn({ trees }: HeldPeriod, tree: TreeName, page: string | undefined): HeldTree[] {
	const held = (page === undefined ? undefined : trees.get(wishName({ tree, page }))) ?? trees.get(tree);
	return held ? [held] : [];
}
