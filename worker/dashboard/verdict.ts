/** The verdict on a web vital within Google's limits, and whether there are enough measurements to give one. */
import { clsScale, type Vital, vitalLimits } from "../../schema/buckets.ts";
import type { VitalFigure } from "../stats/answers.ts";

export type Verdict = "good" | "needs" | "poor";
export const verdicts: readonly Verdict[] = ["good", "needs", "poor"];

/** Below this many measurements a percentile says more about chance than about the site. */
export const fewestForPercentile = 30;
/** Below this many the interval is wide enough to be worth showing. */
export const fewestWithoutInterval = 200;
/** Below this many a histogram would show single page views. */
export const fewestForHistogram = 5;

/** The limits in the figures' own unit: ms, CLS a plain number. */
export function limitsOf(vital: Vital): [number, number] {
	const [good, poor] = vitalLimits[vital];
	return vital === "cls" ? [good / clsScale, poor / clsScale] : [good, poor];
}

export function verdictOf(vital: Vital, value: number): Verdict {
	const [good, poor] = limitsOf(vital);
	return value <= good ? "good" : value <= poor ? "needs" : "poor";
}

/** p75 where it may be shown, else null. */
export function percentileOf(figure: Pick<VitalFigure, "p75" | "n">): number | null {
	return figure.n < fewestForPercentile ? null : figure.p75;
}

/** True where two p75 can be told apart: both intervals are known and do not overlap. */
export function differ(a: Pick<VitalFigure, "interval">, b: typeof a): boolean {
	if (!a.interval || !b.interval) return false;
	return a.interval[1] < b.interval[0] || b.interval[1] < a.interval[0];
}
