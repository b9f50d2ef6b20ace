/**
 * The fold: one report → what it adds to each cell, by the tables of trees and measures. A pure function of the report, so
 * erasing is the same with a minus sign, and order does not matter. Leaves out where cells are kept, and which names have a
 * place there (admit.ts).
 */
import { type Measure, type MeasureName, measures, type Subject } from "../../schema/measures.ts";
import type { Report } from "../../schema/report.ts";
import { type BookTree, countedIn, heldBy, marksOf, type TreeRule, treeRules } from "../../schema/tree-rules.ts";
import { keySeparator } from "../../schema/trees.ts";
import { count, type Tally } from "../query/tally.ts";
import { boundedOf } from "./bounded.ts";

export interface Addition {
	tree: BookTree;
	key: string;
	/** 1 where the browser is here for the first time in the period. */
	devices: number;
	tally: Tally;
}

/** Everything a report counts for. */
export function fold(report: Report): Addition[] {
	const first = new Set(marksOf(report));
	/** Tallies of the whole page view, which many cells share; none of them is changed. */
	const whole = new Map<TreeRule["holds"], Tally>();
	const additions = countedIn(report).map(([tree, key, mark]): Addition => {
		const rule: TreeRule = treeRules[tree];
		const devices = first.has(mark) ? 1 : 0;
		if (rule.lines) {
			const name = tree.startsWith("page-") ? key.slice(report.place.page.length + keySeparator.length) : key;
			const lines = rule.lines === "once" ? [[name, 1] as const] : rule.lines(report)?.filter(([one]) => one === name);
			return { tree, key, devices, tally: tallyOf(report, heldBy[rule.holds], { name, lines: lines ?? [] }) };
		}
		const tally = whole.get(rule.holds) ?? tallyOf(report, heldBy[rule.holds]);
		whole.set(rule.holds, tally);
		return { tree, key, devices, tally: rule.visitors ? tallyOf(report, visitors, undefined, tally) : tally };
	});
	return [...additions, ...boundedOf(report)];
}

const visitors: MeasureName[] = ["gap", "gapFloor", "loads"];

/** What a page view, or a subject on it, counts for in some measures; added to a copy of `to`. */
function tallyOf(report: Report, names: readonly MeasureName[], subject?: Subject, to?: Tally): Tally {
	const tally: Tally = new Map(to);
	for (const name of names) {
		const measure: Measure = measures[name];
		if ((measure.since ?? 1) > report.v) continue;
		for (const [index, n] of measure.of(report, subject)) count(tally, name, n, index);
	}
	return tally;
}
