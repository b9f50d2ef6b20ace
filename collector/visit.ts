/**
 * The visit: views of one browser in any number of tabs, its state shared through localStorage and claimed under a lock
 * that is held for one synchronous step only (a held lock costs the back/forward cache in Firefox).
 * Leaves out: sending; the join's result goes to the outbox like any report.
 */
import { maxIndex, reloadMs, visitGapMs, visitMaxMs } from "../schema/limits.ts";
import { periodsApart } from "../schema/period.ts";
import type { Report } from "../schema/report.ts";
import type { Moment } from "./config.ts";
import type { Leaving } from "./page-view.ts";

export interface Visit extends Moment {
	/** ms, device's clock. */
	began: number;
	/** Last page view or input in any tab. */
	last: number;
	/** Views so far. */
	count: number;
	book: number;
	/** The last view that began, and the tab it began in. */
	view: string;
	tab: string;
}

/** Whether a view that begins now belongs to this visit. */
export function isOpen(visit: Visit, now: number): boolean {
	return now - visit.last <= visitGapMs && Math.abs(now - visit.began) <= visitMaxMs && visit.count < maxIndex;
}

export interface Arrival {
	now: number;
	tab: string;
	/** Navigation type of a loaded page; undefined where the view is not a load. */
	navigation?: string | undefined;
}

/** What is known of the previous view's leaving once the next one has begun. */
export function settleLeaving(leaving: Leaving, visit: Visit, { now, tab, navigation }: Arrival): Leaving {
	const sameTab = tab === visit.tab && now - visit.last <= reloadMs;
	if (!sameTab || (leaving.how !== "closed" && leaving.how !== "unknown")) return leaving;
	if (navigation === "reload") return { how: "reload", certain: true };
	// The tab lives on, so it was not closed; an address without intent was typed or a bookmark.
	return navigation === "navigate" ? { how: "typed", certain: false } : { how: "unknown", certain: false };
}

/** The previous view's report once a later view of its visit has begun. */
export function settle(previous: Report, visit: Visit, arrival: Arrival): Report {
	return {
		...previous,
		// Two ahead: the previous page may be writing its own last report at this very moment.
		seq: previous.seq + 2,
		...(previous.visit && { visit: { ...previous.visit, continued: true } }),
		...(previous.leaving && { leaving: settleLeaving(previous.leaving, visit, arrival) }),
	};
}

/** Periods since the browser was last here, 31 = longer or never; undefined within the same period. */
export function gapOf(last: string | undefined, period: string): number | undefined {
	if (last === period) return undefined;
	const grain = period.includes("W") ? "week" : period.length > 7 ? "day" : "month";
	return last ? Math.max(1, Math.min(periodsApart(last, period, grain), 31)) : 31;
}

/** Runs one synchronous step that no other tab can interrupt, where the browser can promise that. */
export async function underLock(name: string, step: () => void): Promise<void> {
	if (navigator.locks) await navigator.locks.request(name, step);
	else step();
}
