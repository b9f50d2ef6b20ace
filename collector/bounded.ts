/** What keeps a browser's part in a release small: each group once a period, pages a few. Leaves out the lock, and where it is kept. */
import { boundedGroups } from "../schema/bounded.ts";
import type { Vital } from "../schema/buckets.ts";
import { maxBoundedPages } from "../schema/limits.ts";
import type { Report } from "../schema/report.ts";

/**
 * Lets a report count for a release, for each group in which this browser has not counted yet in the period. `taken` is the
 * period and what counted in it; returned as it is now. Two tabs must not do this at once.
 */
export function claimGroups(report: Report, [period = "", ...taken]: string[] = []): string[] {
	if (report.period < period) return [period, ...taken]; // what counted then is not known any more
	const marks = report.period === period ? taken : [];
	const { visit, speed, place } = report;
	for (const [number, group] of boundedGroups.entries()) {
		const mark = group === "page" ? place.page : group;
		const isThere =
			group === "site" ||
			group in place ||
			(group === "channel" ? visit?.channel : speed?.[group as Vital] !== undefined);
		const isFull = group === "page" && marks.filter((name) => name.startsWith("/")).length >= maxBoundedPages;
		if (!isThere || isFull || marks.includes(mark)) continue;
		marks.push(mark);
		report.bounded = [...(report.bounded ?? []), number];
	}
	return [report.period, ...marks];
}
