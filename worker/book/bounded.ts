/**
 * What a report counts for in a release: in each group at most once, because the collector flags only one page view of a
 * browser in a period (pages: a few). Coarse parts, fixed beforehand. Leaves out noise and the release itself.
 */
import { bucketOf, vitalLimits } from "../../schema/buckets.ts";
import { offsets } from "../../schema/measures.ts";
import type { Report } from "../../schema/report.ts";
import { boundedTree, groupsOf } from "../../schema/tree-rules.ts";
import { keySeparator } from "../../schema/trees.ts";
import type { Addition } from "./fold.ts";

/** Engaged time in eight parts: up to each of these, and longer. */
export const dwellEndsMs = [2_000, 10_000, 30_000, 60_000, 180_000, 600_000, 1_800_000];
/** Vitals in sixteen parts: shares of "good" up to it, three steps to "poor", and times of "poor" beyond it. */
const withinGood = [0.08, 0.16, 0.32, 0.48, 0.64, 0.8, 1];
const needs = [1 / 3, 2 / 3, 1];
const beyondPoor = [1.25, 1.5, 2, 3, 5];

const boundedVitals = ["lcp", "inp", "cls"] as const;

/** Upper ends of a vital's parts, but for the last, which has none. */
export function vitalEnds([good, poor]: readonly [number, number]): number[] {
	return [
		...withinGood.map((part) => part * good),
		...needs.map((part) => good + part * (poor - good)),
		...beyondPoor.map((times) => times * poor),
	];
}
/** The last bucket of each part. */
const bucketsOf = (ends: number[]) => ends.map(bucketOf);
const dwellEnds = bucketsOf(dwellEndsMs);
const endsOf = Object.fromEntries(boundedVitals.map((vital) => [vital, bucketsOf(vitalEnds(vitalLimits[vital]))]));

const partOf = (bucket: number, ends: number[]) => ends.filter((end) => bucket > end).length;

/** Keys are a group, or a group and a name; the parts of a group's histogram are the indexes of `bounded`. */
export function boundedOf(report: Report): Addition[] {
	const { place, visit, time, speed } = report;
	const at = (part: number, ...key: string[]): Addition => ({
		tree: boundedTree,
		key: key.join(keySeparator),
		devices: 0,
		tally: new Map([[offsets.bounded + part, 1]]),
	});
	return [...new Set(groupsOf(report))].flatMap((group) => {
		switch (group) {
			case "site":
				return [at(0, group)];
			case "page":
				return [at(0, group, place.page), ...(time ? [at(partOf(time.engaged, dwellEnds), "dwell", place.page)] : [])];
			case "device":
			case "country":
				return [at(0, group, place[group])];
			case "channel":
				return visit?.channel ? [at(0, group, visit.channel)] : [];
			default: {
				const bucket = speed?.[group];
				return bucket === undefined ? [] : [at(partOf(bucket, endsOf[group] ?? []), group)];
			}
		}
	});
}
