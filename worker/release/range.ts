/**
 * The query of a partner's call → whole released periods, with a clear refusal for everything that is not understood. Dates are
 * cut to what is released; nothing else can be asked for, because every filter would be another look at the same people.
 */
import * as v from "valibot";
import { addDays, datesOf, daysBetween, isDate, periodOfDate, periodsBetween } from "../../schema/period.ts";
import type { ReleasePeriod } from "../../schema/release.ts";
import { said } from "../../schema/words.ts";
import { Problem } from "../problem.ts";
import { type Dates, startsAt } from "./released.ts";

/** Shown unasked: as many periods as people compare. */
const defaultPeriods: Record<ReleasePeriod, number> = { day: 28, week: 4, month: 12 };

export const releaseParameters = {
	from: said(
		v.pipe(v.string(), v.isoDate()),
		"First local date: the first of a period. Without it 28 days, 4 weeks or 12 months up to `to`.",
		"Første lokale dato: den første i en periode. Uten den 28 dager, 4 uker eller 12 måneder fram til `to`.",
	),
	to: said(
		v.pipe(v.string(), v.isoDate()),
		"Last local date, included: the last of a period; the latest that is out without it.",
		"Siste lokale dato, med: den siste i en periode; den nyeste som er ute, uten den.",
	),
};

/** As much as other figures are read of at once. */
const maxDays = 800;

const bad = (detail: string) => new Problem("bad-query", detail);

/** The range asked for, within what is released. Throws `bad-query`, and `not-found` where nothing of it is out. */
export function releaseRange(query: Record<string, string>, period: ReleasePeriod, released: Dates | undefined): Dates {
	const names = Object.keys(releaseParameters);
	if (Object.keys(query).some((name) => !names.includes(name))) throw bad(`Known parameters: ${names.join(", ")}.`);
	const { from, to } = query;
	for (const [name, date] of Object.entries(query)) if (!isDate(date)) throw bad(`${name} is a date: yyyy-mm-dd.`);
	if (from !== undefined && !startsAt(from, period)) throw bad(`from is the first date of a ${period}.`);
	if (to !== undefined && !startsAt(addDays(to, 1), period)) throw bad(`to is the last date of a ${period}.`);
	if (from !== undefined && to !== undefined && from > to) throw bad("from must not be later than to.");
	if (!released) throw new Problem("not-found", "Nothing is released yet.");
	const last = to === undefined || to > released.to ? released.to : to;
	const first = from ?? firstOfLatest(last, period, defaultPeriods[period]);
	const range = { from: first < released.from ? released.from : first, to: last };
	if (range.from > range.to) throw new Problem("not-found", "Nothing of these dates is released.");
	if (daysBetween(range.from, range.to) >= maxDays) throw bad(`At most ${maxDays} days at once.`);
	return range;
}

/** First date of so many periods up to a last date. */
function firstOfLatest(last: string, period: ReleasePeriod, periods: number): string {
	let first = addDays(last, 1);
	for (let n = 0; n < periods; n++) first = datesOf(periodOfDate(addDays(first, -1), period), period)?.first ?? first;
	return first;
}

/** As many periods just before, or undefined where not all of them are released. */
export function rangeBefore({ from, to }: Dates, period: ReleasePeriod, released: Dates): Dates | undefined {
	const before = addDays(from, -1);
	const first = firstOfLatest(before, period, periodsBetween(from, to, period).length);
	return first < released.from ? undefined : { from: first, to: before };
}
