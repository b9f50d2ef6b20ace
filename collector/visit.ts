/**
 * The visit: views of one browser in any number of tabs, its state shared through localStorage; and the
 * join of a view with the one before it. Pure. Leaves out: storing and sending.
 */
import { reloadMs, visitGapMs, visitMaxMs } from "../schema/limits.ts";
import type { Report } from "../schema/report.ts";
import type { Moment } from "./config.ts";
import { dayMs } from "./limits.ts";

/** All there is to a visit; the rest is in the report of its last view. */
export interface Visit {
	/** ms, device's clock. */
	began: number;
	/** The last view that began. */
	view: string;
}

/** Whether a view that begins now belongs to this visit; `last` is the last page view or input in any tab. */
export function isOpen({ began }: Visit, last: number, now: number): boolean {
	return now - last <= visitGapMs && now - began <= visitMaxMs;
}

/** The previous view's report once the next one has begun; `reloaded` is the page that was reloaded to begin it. */
export function settle(previous: Report, sinceMs: number, reloaded?: string): Report {
	const { seq, visit, leaving, place } = previous;
	// Two ahead: the previous page may be writing its own last report at this very moment.
	const settled: Report = { ...previous, seq: seq + 2 };
	if (visit) settled.visit = { ...visit, continued: true };
	// Firefox and Safari say nothing before a reload; now it is seen.
	if (leaving?.how === "unknown" && reloaded === place.page && sinceMs < reloadMs)
		settled.leaving = { how: "reload", certain: true };
	return settled;
}

/**
 * Periods from the one that began at `last` to a later one: 1…31, 31 = longer or never. The same as `periodsApart` of
 * schema/period.ts says of their labels, for a fraction of its bytes: days, weeks and months differ little in length.
 */
export function gapOf(last: number | undefined, { period, begins }: Moment): number {
	const days = period.includes("W") ? 7 : period.length > 7 ? 1 : 30.44;
	return Math.max(1, Math.min(31, Math.round((begins - (last ?? 0)) / (days * dayMs))));
}
