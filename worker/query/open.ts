/**
 * What an isolate knows of open books, so that a page is told only what is new since somebody looked last. Leaves out the closed ones
 * (closed.ts, memory.ts), and what a book tells (worker/book/show.ts).
 */

import { treeNames } from "../../schema/tree-rules.ts";
import type { Book } from "../book/book.ts";
import { booksOf } from "../book/books.ts";
import { ensure } from "../book/ensure.ts";
import { leaveOpen } from "../book/going-on.ts";
import { type OpenBook, type OpenPeriod, type OpenTree, type Seen, type TreeWish, wishName } from "../book/show.ts";
import type { Env } from "../env.ts";
import type { Site } from "../sites/sites.ts";
import type { ReadCell } from "./memory.ts";
import { addUp } from "./tally.ts";

interface OpenCell extends ReadCell {
	/** The change in which it became what it is. */
	change: number;
}

/** A tree of an open period, or what of it is about one page, as a book had it after a change. It stays as it is: the next state is another one. */
export interface HeldTree {
	/** The same for all states of a tree since it was read as a whole. */
	line: object;
	/** The last change that is in it. */
	change: number;
	/** The last change in which cells went. */
	lost: number;
	cells: ReadonlyMap<string, OpenCell>;
}

/** An open period of one book; `trees` by `wishName`. */
export interface HeldPeriod extends Pick<OpenPeriod, "period" | "state" | "sample"> {
	trees: Map<string, HeldTree>;
}

/** What is known of a book. */
interface Mirror {
	life: string;
	periods: Map<string, Map<string, HeldTree>>;
}

/** Cells kept of all books together; each takes about half a kilobyte of the 128 MB of an isolate. */
const mostCells = 60_000;
/** What a tree takes besides its cells, in cells. */
const ofTree = 2;
/** By site and number of the book, the longest unused first. */
const mirrors = new Map<string, Mirror>();

/** What was found of the open books of a site for some wishes. */
export interface Found {
	from: string;
	to: string;
	wishes: ReadonlySet<string>;
	/** Page views that are going on. */
	present: number;
	/** By book. */
	periods: HeldPeriod[][];
}

/**
 * The open periods of a site between two labels, of each book. `before`: what was found a moment ago is enough where it has
 * all of this.
 */
export async function readOpen(
	env: Env,
	site: Site,
	wishes: readonly TreeWish[],
	{ from, to }: { from: string; to: string },
	before?: Found,
): Promise<Found> {
	const hasAll = before && before.from <= from && to <= before.to;
	if (hasAll && wishes.every((wish) => before.wishes.has(wishName(wish)))) return before;
	const read = booksOf(env, site).map((book, number) => readBook(book, mirrorName(site, number), wishes, from, to));
	const books = await Promise.all(read);
	dropLongUnused();
	const present = books.reduce((sum, book) => sum + book.present, 0);
	return { from, to, wishes: new Set(wishes.map(wishName)), present, periods: books.map(({ periods }) => periods) };
}

const mirrorName = ({ id }: Pick<Site, "id">, number: number) => `${id}\n${number}`;

/** Whole trees that are known of a site's first book: to be told what is new in all of them takes no longer. */
export function knownTrees(site: Pick<Site, "id">): TreeWish[] {
	const periods = [...(mirrors.get(mirrorName(site, 0))?.periods.values() ?? [])];
	const names = new Set(periods.flatMap((trees) => [...trees.keys()]));
	return treeNames.filter((tree) => names.has(tree)).map((tree) => ({ tree }));
}

async function readBook(
	book: DurableObjectStub<Book>,
	name: string,
	wishes: readonly TreeWish[],
	from: string,
	to: string,
): Promise<{ present: number; periods: HeldPeriod[] }> {
	for (;;) {
		const seen = seenOf(mirrors.get(name), wishes, from, to);
		const told = await book.read([...wishes], from, to, seen);
		const mirror = mirrorOf(name, told, seen);
		const periods = mirror && told.periods.map((period) => take(mirror, period, wishes));
		if (!periods?.every((period) => period !== undefined)) continue; // another request has changed what this one built on
		const there = new Set(told.periods.map(({ period }) => period));
		for (const period of mirror?.periods.keys() ?? [])
			if (period >= from && period <= to && !there.has(period)) mirror?.periods.delete(period);
		return { present: told.present, periods };
	}
}

function seenOf(mirror: Mirror | undefined, wishes: readonly TreeWish[], from: string, to: string): Seen | undefined {
	if (!mirror) return undefined;
	const changes: Seen["changes"] = {};
	for (const [period, trees] of mirror.periods) {
		if (period < from || period > to) continue;
		const known: Record<string, number> = {};
		for (const wish of wishes) {
			const held = trees.get(wishName(wish));
			if (held) known[wishName(wish)] = held.change;
		}
		changes[period] = known;
	}
	return { life: mirror.life, changes };
}

/** What an answer adds to; undefined where that is gone. */
function mirrorOf(name: string, { life }: OpenBook, seen: Seen | undefined): Mirror | undefined {
	const known = mirrors.get(name);
	if (known && known.life !== life && seen?.life === life) return undefined;
	const mirror = known?.life === life ? known : { life, periods: new Map() };
	mirrors.delete(name);
	mirrors.set(name, mirror);
	return mirror;
}

/** A period as it is after an answer; undefined where something that the answer builds on is not there. */
function take({ periods }: Mirror, told: OpenPeriod, wishes: readonly TreeWish[]): HeldPeriod | undefined {
	const { period, state, sample, change } = told;
	if (change === null) periods.delete(period);
	const held = change === null ? new Map<string, HeldTree>() : ensure(periods, period, () => new Map());
	const news = new Map(told.trees.map((tree) => [wishName(tree.wish), tree]));
	const trees = new Map<string, HeldTree>();
	for (const wish of wishes) {
		const name = wishName(wish);
		const found = news.get(name);
		const before = held.get(name);
		// Trees of one answer are of the same moment, so that what is counted in two of them agrees.
		if ((before?.change ?? 0) > (change ?? Number.POSITIVE_INFINITY) || !(before || found?.isWhole)) return undefined;
		const tree = nextState(before, found, { period, tree: wish.tree }, change ?? 0);
		held.set(name, tree);
		trees.set(name, tree);
	}
	return { period, state, sample, trees };
}

function nextState(
	before: HeldTree | undefined,
	told: OpenTree | undefined,
	place: Pick<OpenCell, "period" | "tree">,
	change: number,
): HeldTree {
	if (before && !told) return { ...before, change };
	const { line, lost, cells: kept } = before && !told?.isWhole ? before : { line: {}, lost: change, cells: [] };
	const cells = new Map(kept);
	for (const { key, tally, goingOn } of told?.cells ?? []) {
		const counted = addUp([tally]);
		const sum = goingOn > 0 ? addUp([leaveOpen(new Map(counted), goingOn)]) : counted;
		cells.set(key, { ...place, key, parts: [sum], end: Number.POSITIVE_INFINITY, change });
	}
	for (const key of told?.gone ?? []) cells.delete(key);
	return { line, change, lost: told?.gone.length ? change : lost, cells };
}

function dropLongUnused(): void {
	const sizes = [...mirrors].map(([name, { periods }]): [string, number] => [name, sizeOf(periods)]);
	let all = sizes.reduce((sum, [, size]) => sum + size, 0);
	for (const [name, size] of sizes) {
		if (all <= mostCells) return;
		mirrors.delete(name);
		all -= size;
	}
}

function sizeOf(periods: Mirror["periods"]): number {
	let size = 0;
	for (const trees of periods.values()) for (const { cells } of trees.values()) size += ofTree + cells.size;
	return size;
}
