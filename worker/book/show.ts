/** What a book shows to readers: live cells of its periods, and the views that are going on. */

import { keySeparator, type TreeName } from "../../schema/trees.ts";
import { joinPeriods, type PeriodToSeal } from "../closing/close.ts";
import { Cells } from "./cells.ts";
import { isGoingOn } from "./going-on.ts";
import type { Memory } from "./memory.ts";
import type { InboxRow, PeriodRow } from "./storage.ts";

/** A tree that a reader asks for, or of it only what is about one page. */
export interface TreeWish {
	tree: TreeName;
	page?: string;
}

/** What a reader has been told before: by period and by `wishName` the change up to which it has everything. */
export interface Seen {
	life: string;
	changes: Record<string, Record<string, number>>;
}

/** Objects, because the types of RPC do not keep tuples. */
export interface OpenTree {
	wish: TreeWish;
	/** All there is; otherwise what is new, or has become different, since the reader was told last. */
	isWhole: boolean;
	/** `tally` is encoded, `goingOn` counts views. */
	cells: { key: string; tally: string; goingOn: number }[];
	/** Keys that count nothing any more. */
	gone: string[];
}

export interface OpenPeriod {
	period: string;
	state: PeriodRow["state"];
	sample: boolean;
	/** The last change that is in it; null where nothing can be built on it. */
	change: number | null;
	/** What is missing here is as the reader has seen it. */
	trees: OpenTree[];
}

export interface OpenBook {
	life: string;
	/** How many page views are going on. */
	present: number;
	periods: OpenPeriod[];
}

export const wishName = ({ tree, page }: TreeWish) => (page === undefined ? tree : `${tree}\n${page}`);

/** Periods that are not closed, oldest first. */
export function openRows({ periods }: Memory): PeriodRow[] {
	return [...periods.values()].filter(({ state }) => state !== "closed").sort((a, b) => (a.period < b.period ? -1 : 1));
}

/** Too small periods that the closing of a later one takes in. */
export function joinedBy({ periods }: Memory, period: string): PeriodRow[] {
	return [...periods.values()].filter((row) => row.state === "joining" && row.period < period);
}

/** Whether a too small period waits, and no closing is about to take it in. */
export function isIdle({ periods }: Memory, period: string): boolean {
	const rows = [...periods.values()];
	return (
		periods.get(period)?.state === "joining" &&
		!rows.some(({ state, period: label }) => state === "frozen" && label > period)
	);
}

export function partsOf(rows: PeriodRow[], { periods }: Cells): PeriodToSeal[] {
	return rows.map(({ period, sample }) => ({ period, sample, cells: periods.get(period) ?? new Map() }));
}

/** Page views last heard of within half an hour, and older ones that are not folded yet. Sample visits are none of them. */
export function lateViews({ pending, early, periods }: Memory): InboxRow[] {
	const open = [...early.values()].filter((row) => periods.get(row.period)?.state === "open");
	return [...pending.values(), ...open].filter((row) => !periods.get(row.period)?.sample);
}

/** Page views that are going on. */
export function viewsGoingOn(memory: Memory, now: number): InboxRow[] {
	return lateViews(memory).filter((row) => isGoingOn(row, now));
}

/** Whether a key is a page, or begins or ends with its path. */
export function isAbout(key: string, page: string): boolean {
	return key === page || key.startsWith(page + keySeparator) || key.endsWith(keySeparator + page);
}

/**
 * The live cells that some wishes are about for every open period between two labels, as far as the reader has not seen them. What a
 * closing under way joins is shown as part of the period that closes: that is how D1 will have it, or has it already.
 */
export function showPeriods(
	memory: Memory,
	wishes: readonly TreeWish[],
	from: string,
	to: string,
	now: number,
	seen?: Seen,
): OpenBook {
	const { live, goingOn } = memory;
	const present = viewsGoingOn(memory, now);
	goingOn.renew(present, memory.names, live);
	const rows = openRows(memory);
	const frozen = rows.find(({ state }) => state === "frozen");
	const joined = frozen ? joinedBy(memory, frozen.period) : [];
	const periods = rows
		.filter((row) => !joined.includes(row) && row.period >= from && row.period <= to)
		.map((row): OpenPeriod => {
			const { period, state } = row;
			const parts = partsOf(row === frozen ? [row, ...joined] : [row], live);
			const sum = new Cells();
			sum.periods.set(period, joinPeriods(parts));
			const isOwn = parts.length === 1;
			const before = isOwn && seen?.life === live.life ? seen.changes[period] : undefined;
			const trees = wishes.flatMap((wish): OpenTree[] => {
				const change = before?.[wishName(wish)];
				const keys = change === undefined ? undefined : live.changedAfter(change, period, wish.tree);
				if (keys?.length === 0) return [];
				return [showTree(sum, period, wish, keys, goingOn)];
			});
			const sample = parts.some((part) => part.sample);
			return { period, state, sample, change: isOwn ? live.last : null, trees };
		});
	return { life: live.life, present: present.length, periods };
}

/** Of some keys, or of all. */
function showTree(
	shown: Cells,
	period: string,
	wish: TreeWish,
	changed: readonly string[] | undefined,
	goingOn: Memory["goingOn"],
): OpenTree {
	const { tree, page } = wish;
	const isAsked = (key: string) => page === undefined || isAbout(key, page);
	const keys = changed ?? (page === undefined ? undefined : [...(shown.periods.get(period)?.get(tree)?.keys() ?? [])]);
	const rows = shown.rows(period, [tree], keys?.filter(isAsked));
	const cells = rows.map(([, key, , tally]) => ({ key, tally, goingOn: goingOn.of(period, tree, key) }));
	const there = new Set(cells.map(({ key }) => key));
	const gone = (changed ?? []).filter((key) => isAsked(key) && !there.has(key));
	return { wish, isWhole: changed === undefined, cells, gone };
}
