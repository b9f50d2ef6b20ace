/**
 * Another tool's history into D1: sealed like our own periods, too small ones joined, closed for good and marked as imported.
 * Only periods in which nothing of our own can be, so that no period ever mixes two ways of counting. Leaves out what the tools'
 * files look like (scripts/history), and writing (imported-periods.ts).
 */
import type { ImportSource } from "../../schema/imports.ts";
import { lateMs, receiptMs } from "../../schema/limits.ts";
import { boundsOf, dateOf, datesOf, daysBetween, periodOfDate } from "../../schema/period.ts";
import { otherName } from "../../schema/tree-rules.ts";
import type { TreeName } from "../../schema/trees.ts";
import { ensure } from "../book/ensure.ts";
import { joinPeriods, type PeriodToSeal } from "../closing/close.ts";
import { keptFrom } from "../closing/retain.ts";
import { type SealedCell, seal } from "../closing/seal.ts";
import { count } from "../query/tally.ts";
import { longestGap } from "../query/uniques.ts";
import type { Site } from "../sites/stored.ts";
import type { Databases } from "./backup.ts";
import { cellsOf, type DayCounts, type History, peopleOf } from "./history.ts";
import { type Closing, closingsOf, findSite, write } from "./imported-periods.ts";

/** Periods by what became of them. */
export interface Imported {
	written: string[];
	/** Taken in by a later one, or too small to be kept even with those after it. */
	joined: string[];
	tooSmall: string[];
	/** Closed here already, or so late that our own visits may be in it. */
	there: string[];
	own: string[];
	/** Older than the site keeps statistics. */
	tooOld: string[];
}

/** Too small periods wait this long for others. */
const joinDays = 31;

/** Throws a RangeError where there is no such site. */
export async function importHistory(
	databases: Databases,
	id: string,
	source: ImportSource,
	history: History,
	now: number,
): Promise<Imported> {
	const { site, db, created } = await findSite(databases, id);
	const closings = await closingsOf(db, id);
	const ages = { created, now };
	const result: Imported = { written: [], joined: [], tooSmall: [], there: [], own: [], tooOld: [] };
	const oldest = periodOfDate(keptFrom(dateOf(now, site.timeZone), site.retentionMonths), site.grain);
	const days = Map.groupBy(
		[...history].sort(([a], [b]) => (a < b ? -1 : 1)),
		([date]) => periodOfDate(date, site.grain),
	);
	let waiting: PeriodToSeal[] = [];
	const give = (to: string[], periods: PeriodToSeal[]) => to.push(...periods.map(({ period }) => period));
	for (const [period, dates] of days) {
		const verdict = period < oldest ? "tooOld" : verdictOn(period, site, closings, ages);
		if (verdict) {
			result[verdict].push(period);
			give(result.tooSmall, waiting); // what is closed lies between these and the next
			waiting = [];
			continue;
		}
		const tooLong = waiting.filter((part) => daysApart(part.period, period, site) > joinDays);
		give(result.tooSmall, tooLong);
		waiting = waiting.filter((part) => !tooLong.includes(part));
		const parts = [...waiting, { period, sample: false, cells: wholePeriod(dates.map(([, day]) => day)) }];
		const cells = seal(joinPeriods(parts), site.k);
		if (!cells) {
			waiting = parts;
			continue;
		}
		const covered = parts.flatMap((part) => days.get(part.period) ?? []).map(([, day]) => day);
		const from = parts[0]?.period ?? period;
		await write(db, { site, source, period, from, now }, withVisitors(cells, peopleIn(covered)));
		result.written.push(period);
		give(result.joined, waiting);
		waiting = [];
	}
	give(result.tooSmall, waiting);
	return result;
}

/**
 * Why a period may not be imported. Our own visits can be in every period from the first own closing on, and in what the open
 * book may still hold, which cannot be asked here: all that ended after the site was created, less than a month and a bit ago.
 */
function verdictOn(
	period: string,
	site: Site,
	closings: Closing[],
	{ created, now }: { created: number; now: number },
): "there" | "own" | undefined {
	if (closings.some(({ from, to }) => from <= period && period <= to)) return "there";
	if (closings.some(({ from, source }) => source === null && from < period)) return "own";
	const end = boundsOf(period, site.grain, site.timeZone)?.end ?? now;
	const isBeforeUs = end + lateMs <= created;
	const isForgotten = end + lateMs + receiptMs <= now;
	return isBeforeUs || isForgotten ? undefined : "own";
}

function daysApart(earlier: string, later: string, { grain }: Site): number {
	return daysBetween(datesOf(earlier, grain)?.last ?? "", datesOf(later, grain)?.last ?? "");
}

/** The days of a period as one: a name's people are those of its largest day, because the same may come on several. */
function wholePeriod(days: DayCounts[]): PeriodToSeal["cells"] {
	return joinPeriods(
		days.flatMap((day, at) => {
			const cells = cellsOf(day);
			return cells ? [{ period: String(at), sample: false, cells }] : [];
		}),
	);
}

interface People {
	low: number;
	high: number;
}

const visitorTrees: readonly TreeName[] = ["site", "device"];

/** Distinct people of several days: no fewer than on the largest, no more than on all together. */
function peopleIn(days: DayCounts[]): Map<TreeName, Map<string, People>> {
	const found = new Map<TreeName, Map<string, People>>();
	for (const tree of visitorTrees) {
		const keys = ensure(found, tree, () => new Map<string, People>());
		for (const [key, counted] of days.flatMap((day) => [...(day.get(tree) ?? [])])) {
			const n = peopleOf(counted);
			const { low, high } = keys.get(key) ?? { low: 0, high: 0 };
			keys.set(key, { low: Math.max(low, n), high: high + n });
		}
	}
	return found;
}

/** When somebody was last here no tool tells: counted as never (the most a range can count them) and as the period before (the least). */
function withVisitors(cells: SealedCell[], people: Map<TreeName, Map<string, People>>): SealedCell[] {
	for (const { tree, key, tally } of cells) {
		const found = key === otherName ? undefined : people.get(tree)?.get(key);
		if (!found) continue;
		count(tally, "gap", found.high, longestGap);
		count(tally, "gapFloor", found.low, 1);
	}
	return cells;
}
