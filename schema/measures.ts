/**
 * The table of measures: what is counted. Each measure owns a range of indexes in a tally, one for a scalar, one per
 * bucket or kind otherwise. Stored tallies rely on the order: append only. Adding a measure is one line.
 */
import { bucketCount } from "./buckets.ts";
import { leavingMethods } from "./leaving.ts";

export interface Measure {
	size: number;
	/** How sealing treats small parts: nothing to do, merge neighbours, fold into `unknown`, or keep both ends of a group. */
	parts: "none" | "neighbours" | "methods" | "gap";
}

const scalar: Measure = { size: 1, parts: "none" };
const histogram: Measure = { size: bucketCount, parts: "neighbours" };
const perMethod: Measure = { size: leavingMethods.length, parts: "methods" };

export const measures = {
	/** Page views inside a visit; the laws of flow hold for these. */
	views: scalar,
	/** First views of visits. */
	entries: scalar,
	/** Entry views that were not continued. */
	bounces: scalar,
	/** Page views recorded without the purpose `visits`; outside the laws of flow. */
	apart: scalar,
	/** Leaving method of every page view. */
	leaving: perMethod,
	/** Leaving method of the last page view of each visit. */
	exits: perMethod,
	visible: histogram,
	engaged: histogram,
	lcp: histogram,
	inp: histogram,
	cls: histogram,
	fcp: histogram,
	ttfb: histogram,
	/** Deepest tenth of the page reached. */
	scroll: { size: 11, parts: "neighbours" },
	clicks: scalar,
	/** Page views with at least one click on the element. */
	clickedViews: scalar,
	/** Periods since the browser was last here; a merged group counts at its highest index. */
	gap: { size: 32, parts: "gap" },
	/** The same; a merged group counts at its lowest index. */
	gapFloor: { size: 32, parts: "gap" },
} as const satisfies Record<string, Measure>;

export type MeasureName = keyof typeof measures;
export const measureNames = Object.keys(measures) as MeasureName[];

function layOut(): Record<MeasureName, number> {
	let next = 0;
	const offsets = {} as Record<MeasureName, number>;
	for (const name of measureNames) {
		offsets[name] = next;
		next += measures[name].size;
	}
	return offsets;
}

/** First tally index of each measure. */
export const offsets: Readonly<Record<MeasureName, number>> = layOut();
