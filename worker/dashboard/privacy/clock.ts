/** The retention clock of a site: when what was counted today is sealed, cannot be found again, and is deleted. */
import { lateMs, receiptMs } from "../../../schema/limits.ts";
import { boundsOf, dateOf, datesOf, periodAt } from "../../../schema/period.ts";
import { keptFrom } from "../../closing/retain.ts";
import type { Site } from "../../sites/stored.ts";
import type { Clock } from "./facts.ts";

export function clockOf(site: Pick<Site, "grain" | "timeZone" | "retentionMonths">, now: number): Clock {
	const { grain, timeZone, retentionMonths } = site;
	const today = dateOf(now, timeZone);
	const period = periodAt(now, grain, timeZone);
	const { first, last } = datesOf(period, grain) ?? { first: today, last: today };
	const sealed = (boundsOf(period, grain, timeZone)?.end ?? now) + lateMs;
	return {
		first,
		last,
		sealed: dateOf(sealed, timeZone),
		forgotten: dateOf(sealed + receiptMs, timeZone),
		// Whole months are deleted, so the day on which this period goes is the first one of a month.
		deleted: keptFrom(last, -(retentionMonths + 1)),
		oldest: keptFrom(today, retentionMonths),
	};
}
