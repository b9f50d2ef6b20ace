/**
 * The fold: one report → what it adds to each cell. A pure function of the report, so erasing is the same with a minus
 * sign, and order does not matter. Leaves out where cells are kept.
 */

import { vitals } from "../../schema/buckets.ts";
import { leavingMethods } from "../../schema/leaving.ts";
import type { Report } from "../../schema/report.ts";
import { firstMark, keySeparator, otherName, splitKey, type TreeName, touched, trees } from "../../schema/trees.ts";
import { count, type Tally } from "../query/tally.ts";

export interface Addition {
	tree: TreeName;
	key: string;
	/** 1 where the browser is here for the first time in the period. */
	devices: number;
	tally: Tally;
}

/** Everything a report counts for. */
export function fold(report: Report): Addition[] {
	const whole = wholeTally(report);
	const first = new Set(report.first);
	return touched(report).map(([tree, key]) => ({
		tree,
		key,
		devices: first.has(firstMark(tree, key)) ? 1 : 0,
		tally: tallyFor(tree, key, report, whole),
	}));
}

function tallyFor(tree: TreeName, key: string, report: Report, whole: Tally): Tally {
	const tally: Tally = new Map();
	switch (trees[tree].holds) {
		case "all":
			for (const [at, n] of whole) tally.set(at, n);
			if ("visitors" in trees[tree]) countGap(tally, report);
			break;
		case "views":
			count(tally, "views");
			break;
		case "clicks": {
			const [, element] = splitKey(key);
			const clicks = report.interaction?.clicks.filter(([name]) => name === element) ?? [];
			count(
				tally,
				"clicks",
				clicks.reduce((sum, [, n]) => sum + n, 0),
			);
			count(tally, "clickedViews");
			break;
		}
	}
	return tally;
}

function countGap(tally: Tally, report: Report): void {
	const gap = report.visit?.gap;
	if (gap === undefined) return;
	count(tally, "gap", 1, gap);
	count(tally, "gapFloor", 1, gap);
}

function wholeTally(report: Report): Tally {
	const tally: Tally = new Map();
	const { visit, time, leaving, speed, interaction } = report;
	if (visit) {
		count(tally, "views");
		if (visit.index === 1) count(tally, "entries");
		if (visit.index === 1 && !visit.continued) count(tally, "bounces");
	} else {
		count(tally, "apart");
	}
	if (visit && leaving) {
		const method = leavingMethods.indexOf(leaving.how);
		count(tally, "leaving", 1, method);
		if (!visit.continued) count(tally, "exits", 1, method);
	}
	if (time) {
		count(tally, "visible", 1, time.visible);
		count(tally, "engaged", 1, time.engaged);
	}
	for (const vital of vitals) {
		const bucket = speed?.[vital];
		if (bucket !== undefined) count(tally, vital, 1, bucket);
	}
	if (interaction) {
		count(tally, "scroll", 1, interaction.scroll);
		const clicks = interaction.clicks.reduce((sum, [, n]) => sum + n, 0);
		if (clicks > 0) {
			count(tally, "clicks", clicks);
			count(tally, "clickedViews");
		}
	}
	return tally;
}

/** Whether a name has its place in the book; it must answer the same for the same name as long as the period is open. */
export type Admit = (scope: string, name: string) => boolean;

/** The report with every name that has no place in the book replaced by "(other)". */
export function admitted(report: Report, admit: Admit): Report {
	const pageName = (name: string) => (admit("page", name) ? name : otherName);
	const page = pageName(report.place.page);
	const result: Report = { ...report, place: { ...report.place, page } };
	if (report.visit) {
		const { before, referrer } = report.visit;
		result.visit = { ...report.visit };
		if (before) result.visit.before = pageName(before);
		if (referrer && !admit("referrer", referrer)) result.visit.referrer = otherName;
	}
	if (report.interaction) {
		const clicks = new Map<string, number>();
		for (const [element, n] of report.interaction.clicks) {
			const name = page !== otherName && admit(`element${keySeparator}${page}`, element) ? element : otherName;
			clicks.set(name, (clicks.get(name) ?? 0) + n);
		}
		result.interaction = { ...report.interaction, clicks: [...clicks] };
	}
	return result;
}
