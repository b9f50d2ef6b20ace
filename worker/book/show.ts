/** What a book shows to readers: live cells of its periods, and the views that are going on. Pure reading of its memory. */

import { keySeparator, type TreeName } from "../../schema/trees.ts";
import { joinPeriods, type PeriodToSeal } from "../closing/close.ts";
import { Cells } from "./cells.ts";
import { countGoingOn, isGoingOn } from "./going-on.ts";
import type { Memory } from "./memory.ts";
import type { InboxRow, PeriodRow } from "./storage.ts";

export interface OpenPeriod {
	period: string;
	state: PeriodRow["state"];
	sample: boolean;
	/** `tally` is encoded, `goingOn` counts views. Objects, because the types of RPC do not keep tuples. */
	cells: { tree: TreeName; key: string; devices: number; tally: string; goingOn: number }[];
}

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
 * The live cells of the given trees for every open period between two labels. What a closing under way joins is shown as
 * part of the period that closes: that is how D1 will have it, or has it already. With `pages`, only what is about one of them.
 */
export function showPeriods(
	memory: Memory,
	trees: TreeName[],
	from: string,
	to: string,
	now: number,
	pages?: readonly string[],
): OpenPeriod[] {
	const isAsked = (key: string) => pages?.some((page) => isAbout(key, page)) ?? true;
	const present = viewsGoingOn(memory, now);
	const rows = openRows(memory);
	const frozen = rows.find(({ state }) => state === "frozen");
	const joined = frozen ? joinedBy(memory, frozen.period) : [];
	return rows
		.filter((row) => !joined.includes(row) && row.period >= from && row.period <= to)
		.map((row) => {
			const parts = partsOf(row === frozen ? [row, ...joined] : [row], memory.live);
			const sum = new Cells();
			sum.periods.set(row.period, joinPeriods(parts));
			const goingOn = countGoingOn(
				present.filter(({ period }) => period === row.period),
				memory.names,
			);
			return {
				period: row.period,
				state: row.state,
				sample: parts.some(({ sample }) => sample),
				cells: sum.rows(row.period, trees, isAsked).map(([tree, key, devices, tally]) => ({
					tree,
					key,
					devices,
					tally,
					goingOn: goingOn.get(tree)?.get(key) ?? 0,
				})),
			};
		});
}
