/** Tallies → figures: times, vitals, leaving methods, in the units of answers.ts. */
import { boundaries, clsScale, type Vital, vitalLimits, vitals } from "../../schema/buckets.ts";
import { type LeavingMethod, leavingMethods } from "../../schema/leaving.ts";
import type { MeasureName } from "../../schema/measures.ts";
import { once } from "../query/once.ts";
import { edgesOf, fewestForInterval, quantile, quantileInterval } from "../query/quantile.ts";
import { type Counts, entriesOf, read, sumCounts } from "../query/tally.ts";
import type { LeavingRow, MainFigures, Times, VitalDetail, VitalFigure } from "./answers.ts";

/** ms to whole ms, CLS from its scaled form to a plain number. */
function inUnit(vital: Vital, value: number): number {
	return vital === "cls" ? Math.round(value) / clsScale : Math.round(value);
}

/** Below this many measurements a percentile says more about chance than about the site. */
const fewestForPercentile = fewestForInterval;

/**
 * Fewest measurements of which percentiles are given. While everything asked for is still open, one is enough: an owner's first
 * visit is to be seen, and is marked as `few`.
 */
export const fewestIn = (isAllOpen: boolean) => (isAllOpen ? 1 : fewestForPercentile);

/** The mark of percentiles that are given although they are of too few. */
const markOf = (n: number, fewest: number) => (n >= fewest && n < fewestForPercentile ? { few: true as const } : {});

/** Percentiles of a time in whole ms, from `fewest` measurements on. */
export function timesOf(tally: Counts, measure: MeasureName, fewest = fewestForPercentile): Times {
	return once(tally, `times ${measure} ${fewest}`, () => makeTimes(tally, measure, fewest));
}

function makeTimes(tally: Counts, measure: MeasureName, fewest: number): Times {
	const buckets = entriesOf(tally, measure);
	const n = sumCounts(buckets);
	const at = (q: number) => (n < fewest ? null : rounded(quantile(buckets, q)));
	const intervalAt = (q: number) => {
		const interval = quantileInterval(buckets, q);
		return interval && ([Math.round(interval[0]), Math.round(interval[1])] satisfies [number, number]);
	};
	const intervals = { p50Interval: intervalAt(0.5), p75Interval: intervalAt(0.75) };
	return { p50: at(0.5), p75: at(0.75), ...intervals, n, ...markOf(n, fewest) };
}

const rounded = (value: number | null) => (value === null ? null : Math.round(value));

/** Last bucket of what is good, and of what needs improvement. */
const bandsOf = vitalsOf((vital) => vitalLimits[vital].map((limit) => boundaries.indexOf(limit)) as [number, number]);

/** `p75` is given from `fewest` measurements on, counts always. */
export function vitalOf(tally: Counts, vital: Vital, fewest = fewestForPercentile): VitalFigure {
	return once(tally, `vital ${vital} ${fewest}`, () => makeVital(tally, vital, fewest));
}

function makeVital(tally: Counts, vital: Vital, fewest: number): VitalFigure {
	const [good, poor] = bandsOf[vital];
	const buckets = entriesOf(tally, vital);
	const n = sumCounts(buckets);
	const sum = (from: number, to: number) =>
		buckets.reduce((total, [index, n]) => (index > from && index <= to ? total + n : total), 0);
	const p75 = n < fewest ? null : quantile(buckets, 0.75);
	const interval = quantileInterval(buckets, 0.75);
	return {
		p75: p75 === null ? null : inUnit(vital, p75),
		interval: interval && [inUnit(vital, interval[0]), inUnit(vital, interval[1])],
		good: sum(-1, good),
		needs: sum(good, poor),
		poor: sum(poor, Number.POSITIVE_INFINITY),
		n,
		...markOf(n, fewest),
	};
}

export function vitalsOf<T>(figure: (vital: Vital) => T): Record<Vital, T> {
	return Object.fromEntries(vitals.map((vital) => [vital, figure(vital)])) as Record<Vital, T>;
}

/** The distribution is left empty below k measurements: an open period shows totals, not single visits. */
export function vitalDetailOf(tally: Counts, vital: Vital, k: number, fewest: number): VitalDetail {
	const figure = vitalOf(tally, vital, fewest);
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
export function leavingOf(tally: Counts): LeavingRow[] {
	return leavingMethods
		.map((how, index) => ({ how, count: read(tally, "leaving", index), exits: read(tally, "exits", index) }))
		.filter(({ count }) => count > 0)
		.sort((a, b) => b.count - a.count);
}

/** Exits of a page or site by method. */
export function exitsOf(tally: Counts): { how: LeavingMethod; count: number }[] {
	return leavingOf(tally)
		.map(({ how, exits }) => ({ how, count: exits }))
		.filter(({ count }) => count > 0)
		.sort((a, b) => b.count - a.count);
}

/** What the smaller trees count of page views. */
export function mainFiguresOf(tally: Counts): MainFigures {
	return {
		views: read(tally, "views"),
		visits: read(tally, "entries"),
		bounces: read(tally, "bounces"),
		engagedMs: timesOf(tally, "engaged"),
		lcp: vitalOf(tally, "lcp"),
		inp: vitalOf(tally, "inp"),
		ttfb: vitalOf(tally, "ttfb"),
	};
}
