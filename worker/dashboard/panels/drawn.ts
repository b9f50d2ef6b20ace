/** What a trend line can be of: where each figure is in a point of the timeline, and how it is written. Leaves out drawing. */
import { type Vital, vitals } from "../../../schema/buckets.ts";
import type { TimelinePoint } from "../../stats/answers.ts";
import type { Frame } from "../frame.ts";
import type { Metric } from "../range.ts";
import { fewestForPercentile, fewestWithoutInterval } from "../verdict.ts";

/** What can be drawn: the overview's metrics, a goal, and all of the vitals. */
export type Drawn = Metric | "maal" | Vital;

export const isVital = (drawn: Drawn): drawn is Vital => vitals.some((vital) => vital === drawn);

/** A vital's p75, except of so few measurements that it says more about chance than about the site. */
const vitalOf = (vital: Vital) => (point: TimelinePoint) =>
	point[`${vital}N`] < fewestForPercentile ? null : point[vital];

/** Its interval, where there are so few that it is wide enough to be worth showing. */
export function intervalOf(drawn: Drawn, point: TimelinePoint): [number, number] | null {
	if (!isVital(drawn) || point[`${drawn}N`] >= fewestWithoutInterval) return null;
	return point[`${drawn}Interval`];
}

export const figureOf: Record<Drawn, (point: TimelinePoint) => number | null> = {
	besok: (point) => point.visits,
	visninger: (point) => point.views,
	tid: (point) => point.engagedMs,
	enkelt: (point) => (point.visits ? point.bounces / point.visits : null),
	maal: (point) => point.reached ?? null,
	lcp: vitalOf("lcp"),
	inp: vitalOf("inp"),
	cls: vitalOf("cls"),
	ttfb: vitalOf("ttfb"),
	fcp: vitalOf("fcp"),
};
const nameOf: Record<Exclude<Drawn, Vital>, string> = {
	besok: "visits",
	visninger: "views",
	tid: "engagedMs",
	enkelt: "bounces/visits",
	maal: "reached",
};
/** The same, as it is named in the answer. */
export const pathOf = (drawn: Drawn): string => (isVital(drawn) ? drawn : nameOf[drawn]);
/** Where the axis ends at the lowest: four visits, ten seconds, a tenth. */
export const leastOf: Record<Drawn, number> = {
	besok: 4,
	visninger: 4,
	tid: 10_000,
	enkelt: 0.1,
	maal: 4,
	lcp: 1000,
	inp: 100,
	cls: 0.1,
	ttfb: 200,
	fcp: 1000,
};
/** Steps between marks of a duration: those of a clock, not of ten. */
const clockSteps = [5, 10, 15, 30, 60, 120, 300, 600, 900, 1800, 3600, 7200].map((seconds) => seconds * 1000);
const mostMarks = 5;

export function clockMarks(most: number): number[] {
	const step = clockSteps.find((candidate) => most / candidate <= mostMarks) ?? 14_400_000;
	return Array.from({ length: Math.ceil(most / step) + 1 }, (_, index) => index * step);
}

export function write(drawn: Drawn, frame: Frame): (value: number) => string {
	const { format } = frame;
	if (drawn === "tid") return format.duration;
	if (drawn === "enkelt") return format.percent;
	return isVital(drawn) ? (value) => format.vital(drawn, value) : format.count;
}

export function writeInterval(drawn: Drawn, interval: [number, number] | null | undefined, { format }: Frame): string {
	return interval && isVital(drawn) ? format.interval(drawn, ...interval) : "–";
}

/** Seconds are written short on an axis. */
export const isInSeconds = (drawn: Drawn) => drawn === "lcp" || drawn === "fcp";
