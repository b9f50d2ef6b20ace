/** Tallies → figures: times, vitals, leaving methods, in the units of answers.ts. */
import { boundaries, clsScale, type Vital, vitalLimits, vitals } from "../../schema/buckets.ts";
import { type LeavingMethod, leavingMethods } from "../../schema/leaving.ts";
import type { MeasureName } from "../../schema/measures.ts";
import { edgesOf, fewestForInterval, quantile, quantileInterval } from "../query/quantile.ts";
import { entriesOf, read, sumCounts, type Tally } from "../query/tally.ts";
import type { LeavingRow, MainFigures, Times, VitalDetail, VitalFigure } from "./answers.ts";

/** ms to whole ms, CLS from its scaled form to a plain number. */
function inUnit(vital: Vital, value: number): number {
	return vital === "cls" ? Math.round(value) / clsScale : Math.round(value);
}

/** Below this many measurements a percentile says more about chance than about the site. */
const fewestForPercentile = fewestForInterval;

/** Percentiles of a time in whole ms, from `fewest` measurements on. */
export function timesOf(tally: Tally, measure: MeasureName, fewest = fewestForPercentile): Times {
	const buckets = entriesOf(tally, measure);
	const n = sumCounts(buckets);
	const at = (q: number) => (n < fewest ? null : rounded(quantile(buckets, q)));
	const intervalAt = (q: number) => {
		const interval = quantileInterval(buckets, q);
		return interval && ([Math.round(interval[0]), Math.round(interval[1])] satisfies [number, number]);
	};
	return { p50: at(0.5), p75: at(0.75), p50Interval: intervalAt(0.5), p75Interval: intervalAt(0.75), n };
}

const rounded = (value: number | null) => (value === null ? null : Math.round(value));

/** Visible or engaged time, given from the first page view on: an owner's first visit is to be seen, and `n` says how few. */
export const dwellOf = (tally: Tally, measure: "engaged" | "visible") => timesOf(tally, measure, 1);

/** Last bucket of what is good, and of what needs improvement. */
const bandsOf = vitalsOf((vital) => vitalLimits[vital].map((limit) => boundaries.indexOf(limit)) as [number, number]);

/** `p75` is given from the first measurement on, like the dwell times; `interval` says whether it can be judged. */
export function vitalOf(tally: Tally, vital: Vital): VitalFigure {
	const [good, poor] = bandsOf[vital];
	const buckets = entriesOf(tally, vital);
	const sum = (from: number, to: number) =>
		buckets.reduce((total, [index, n]) => (index > from && index <= to ? total + n : total), 0);
	const p75 = quantile(buckets, 0.75);
	const interval = quantileInterval(buckets, 0.75);
	return {
		p75: p75 === null ? null : inUnit(vital, p75),
		interval: interval && [inUnit(vital, interval[0]), inUnit(vital, interval[1])],
		good: sum(-1, good),
		needs: sum(good, poor),
		poor: sum(poor, Number.POSITIVE_INFINITY),
		n: sumCounts(buckets),
	};
}

export function vitalsOf<T>(figure: (vital: Vital) => T): Record<Vital, T> {
	return Object.fromEntries(vitals.map((vital) => [vital, figure(vital)])) as Record<Vital, T>;
}

/** The distribution is left empty below k measurements: an open period shows totals, not single visits. */
export function vitalDetailOf(tally: Tally, vital: Vital, k: number): VitalDetail {
	const figure = vitalOf(tally, vital);
	const buckets = entriesOf(tally, vital);
	const at = (q: number) => {
		const value = figure.n < fewestForPercentile ? null : quantile(buckets, q);
		return value === null ? null : inUnit(vital, value);
	};
	return {
		...figure,
		p50: at(0.5),
		p95: at(0.95),
		histogram: (figure.n < k ? [] : buckets).map(([index, count]) => {
			const { from, to } = edgesOf(index);
			const scale = vital === "cls" ? clsScale : 1;
			return { from: from / scale, to: to === null ? null : to / scale, count };
		}),
	};
}

/** Every leaving method that occurred, most frequent first. */
export function leavingOf(tally: Tally): LeavingRow[] {
	return leavingMethods
		.map((how, index) => ({ how, count: read(tally, "leaving", index), exits: read(tally, "exits", index) }))
		.filter(({ count }) => count > 0)
		.sort((a, b) => b.count - a.count);
}

/** Exits of a page or site by method. */
export function exitsOf(tally: Tally): { how: LeavingMethod; count: number }[] {
	return leavingOf(tally)
		.map(({ how, exits }) => ({ how, count: exits }))
		.filter(({ count }) => count > 0)
		.sort((a, b) => b.count - a.count);
}

/** What the smaller trees count of page views. */
export function mainFiguresOf(tally: Tally): MainFigures {
	return {
		views: read(tally, "views"),
		visits: read(tally, "entries"),
		bounces: read(tally, "bounces"),
		engagedMs: dwellOf(tally, "engaged"),
		lcp: vitalOf(tally, "lcp"),
		inp: vitalOf(tally, "inp"),
		ttfb: vitalOf(tally, "ttfb"),
	};
}
