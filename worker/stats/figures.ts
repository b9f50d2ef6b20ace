/** Tallies → figures: times, vitals, leaving methods, in the units of answers.ts. */
import { boundaries, clsScale, type Vital, vitalLimits, vitals } from "../../schema/buckets.ts";
import { type LeavingMethod, leavingMethods } from "../../schema/leaving.ts";
import { edgesOf, p75Interval, quantile } from "../query/quantile.ts";
import { entriesOf, read, type Tally, totalOf } from "../query/tally.ts";
import type { LeavingRow, Times, VitalDetail, VitalFigure } from "./answers.ts";

/** ms to whole ms, CLS from its scaled form to a plain number. */
function inUnit(vital: Vital, value: number): number {
	return vital === "cls" ? Math.round(value) / clsScale : Math.round(value);
}

export function timesOf(tally: Tally, measure: "engaged" | "visible"): Times {
	const round = (q: number) => {
		const value = quantile(tally, measure, q);
		return value === null ? null : Math.round(value);
	};
	return { p50: round(0.5), p75: round(0.75), n: totalOf(tally, measure) };
}

export function vitalOf(tally: Tally, vital: Vital): VitalFigure {
	const [good, poor] = vitalLimits[vital].map((limit) => boundaries.indexOf(limit)) as [number, number];
	const counts = entriesOf(tally, vital);
	const sum = (from: number, to: number) =>
		counts.reduce((total, [index, n]) => (index > from && index <= to ? total + n : total), 0);
	const p75 = quantile(tally, vital, 0.75);
	const interval = p75Interval(tally, vital);
	return {
		p75: p75 === null ? null : inUnit(vital, p75),
		interval: interval && [inUnit(vital, interval[0]), inUnit(vital, interval[1])],
		good: sum(-1, good),
		needs: sum(good, poor),
		poor: sum(poor, Number.POSITIVE_INFINITY),
		n: totalOf(tally, vital),
	};
}

export function vitalsOf<T>(figure: (vital: Vital) => T): Record<Vital, T> {
	return Object.fromEntries(vitals.map((vital) => [vital, figure(vital)])) as Record<Vital, T>;
}

/** The distribution is left empty below k measurements: an open period shows totals, not single visits. */
export function vitalDetailOf(tally: Tally, vital: Vital, k: number): VitalDetail {
	const figure = vitalOf(tally, vital);
	const at = (q: number) => {
		const value = quantile(tally, vital, q);
		return value === null ? null : inUnit(vital, value);
	};
	return {
		...figure,
		p50: at(0.5),
		p95: at(0.95),
		histogram: (figure.n < k ? [] : entriesOf(tally, vital)).map(([index, count]) => {
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
