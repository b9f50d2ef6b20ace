/** From the state of a page view to its report: what the sensors have, buckets of times, and what is new to this browser. */
import { bucketOf, vitalLimits } from "../schema/buckets.ts";
import { maxGoalsPerReport } from "../schema/limits.ts";
import type { Report } from "../schema/report.ts";
import { touched } from "../schema/trees.ts";
import type { PageView } from "./page-view.ts";

/** What this browser has touched in a period. */
export interface Seen {
	period: string;
	/** When the period began, ms. */
	begins: number;
	/** (tree, key) pairs. */
	pairs: string[];
}

const pairsOf = (report: Report) => touched(report).map(([tree, key]) => tree + key);

/** The report of a view as it is now; `seen` takes what the view touches for the browser's first time in the period. */
export function makeReport(report: Report, view: PageView, seen: Seen): Report {
	const { leaving, speed, interaction, own, goals, visibleMs, engagedMs } = view;
	const { visit } = report;
	const lcp = visit?.index === 1 && speed?.lcp; // never 0: nothing is painted within a millisecond
	const next: Report = {
		...report,
		...(visit && {
			visit: {
				...visit,
				...(goals[0] && { goals: goals.slice(0, maxGoalsPerReport) }),
				...(lcp && { entrySpeed: vitalLimits.lcp.filter((limit) => lcp > bucketOf(limit)).length }),
			},
		}),
		...(leaving && { time: { visible: bucketOf(visibleMs), engaged: bucketOf(engagedMs) }, leaving }),
		...(speed && { speed }),
		...(interaction && { interaction }),
		...(own?.events && { own }),
	};
	const before = pairsOf(report);
	const firsts = report.first.map((at) => before[at as number]);
	// In a late report of an older period nothing is new: its marks were taken then.
	const isNew = (pair: string) => seen.period === next.period && !seen.pairs.includes(pair) && seen.pairs.push(pair);
	next.first = pairsOf(next).flatMap((pair, at) => (firsts.includes(pair) || isNew(pair) ? at : []));
	return next;
}
