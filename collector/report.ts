/** From the state of a page view to its report: what the sensors have, buckets of times, and what is new to this browser. */
import { bucketOf } from "../schema/buckets.ts";
import { maxFirst } from "../schema/limits.ts";
import type { Report } from "../schema/report.ts";
import { firstMark, touched } from "../schema/trees.ts";
import type { PageView } from "./page-view.ts";

/** What this browser has touched in a period. */
export interface Seen {
	period: string;
	/** When the period began, ms. */
	begins: number;
	/** (tree, key) pairs. */
	pairs: string[];
}

/** The report of a view as it is now; `seen` takes what the view touches for the browser's first time in the period. */
export function makeReport(report: Report, view: PageView, seen: Seen): Report {
	const { leaving, speed, interaction, visibleMs, engagedMs } = view;
	const next: Report = {
		...report,
		first: [...report.first],
		...(leaving && { time: { visible: bucketOf(visibleMs), engaged: bucketOf(engagedMs) }, leaving }),
		...(speed && { speed }),
		...(interaction && { interaction }),
	};
	if (seen.period !== next.period) return next; // a late report of an older period: its marks were taken then
	for (const [tree, key] of touched(next)) {
		const pair = tree + key;
		if (seen.pairs.includes(pair) || next.first.length >= maxFirst) continue;
		seen.pairs.push(pair);
		next.first.push(firstMark(tree, key));
	}
	return next;
}
