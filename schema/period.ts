/** Periods of a site: local days, ISO weeks or months in the site's time zone, and the instants they begin and end. */

export const grains = ["day", "week", "month"] as const;
export type Grain = (typeof grains)[number];

/** Days of the ranges that roll from day to day, whole weeks all, so that the range before them begins on the same weekday. */
export const rollingDays = { "7d": 7, "28d": 28, "91d": 91, "12m": 364 } as const;

const dayMs = 86_400_000;
const formatters = new Map<string, Intl.DateTimeFormat>();

/** The local wall clock at an instant, written as if it were UTC (ms). */
function localMs(instant: number, timeZone: string): number {
	let formatter = formatters.get(timeZone);
	if (!formatter) {
		formatter = new Intl.DateTimeFormat("en-US", {
			timeZone,
			hourCycle: "h23",
			year: "numeric",
			month: "numeric",
			day: "numeric",
			hour: "numeric",
			minute: "numeric",
			second: "numeric",
		});
		formatters.set(timeZone, formatter);
	}
	const part: Record<string, number> = {};
	for (const { type, value } of formatter.formatToParts(instant)) part[type] = Number(value);
	const { year = 0, month = 1, day = 1, hour = 0, minute = 0, second = 0 } = part;
	return Date.UTC(year, month - 1, day, hour, minute, second);
}

/** Local date, yyyy-mm-dd. */
export function dateOf(instant: number, timeZone: string): string {
	return dayOf(localMs(instant, timeZone));
}

/** The same in UTC, for what has no site or no time zone of its own. */
export const dayOf = (instant: number) => new Date(instant).toISOString().slice(0, 10);

/** Hour of the week, 0 = Monday 00–01 local time. */
export function hourOfWeek(instant: number, timeZone: string): number {
	const local = new Date(localMs(instant, timeZone));
	return ((local.getUTCDay() + 6) % 7) * 24 + local.getUTCHours();
}

/** The instant at which the local clock hour of `instant` began; some zones begin theirs between the hours of UTC. */
export function hourBegan(instant: number, timeZone: string): number {
	return instant - (instant % 1000) - (localMs(instant, timeZone) % 3_600_000);
}

export function addDays(date: string, days: number): string {
	return dayOf(Date.parse(`${date}T00:00:00Z`) + days * dayMs);
}

/** Whole days from one date to another. */
export function daysBetween(from: string, to: string): number {
	return Math.round((Date.parse(`${to}T00:00:00Z`) - Date.parse(`${from}T00:00:00Z`)) / dayMs);
}

export function isDate(text: string): boolean {
	return /^\d{4}-\d\d-\d\d$/.test(text) && addSafe(text) === text;
}
function addSafe(date: string): string | undefined {
	const instant = Date.parse(`${date}T00:00:00Z`);
	return Number.isNaN(instant) ? undefined : dayOf(instant);
}

/** First instant of a local date: local midnight, or the first moment after it where midnight is skipped. */
export function startOfDate(date: string, timeZone: string): number {
	const wall = Date.parse(`${date}T00:00:00Z`);
	// The offset near the wall time, looked up twice: once is wrong within a day of a clock change.
	let instant = wall - (localMs(wall, timeZone) - wall);
	instant = wall - (localMs(instant, timeZone) - instant);
	// A skipped midnight lands an hour before or after; step to the first instant that bears the date.
	while (dateOf(instant, timeZone) < date) instant += 15 * 60_000;
	while (dateOf(instant - 15 * 60_000, timeZone) >= date) instant -= 15 * 60_000;
	return instant;
}

/** Monday of the ISO week that holds the date. */
function mondayOf(date: string): string {
	return addDays(date, -((new Date(`${date}T00:00:00Z`).getUTCDay() + 6) % 7));
}

/** Label of the period that holds a local date: 2026-11-22, 2026-W47 or 2026-11. */
export function periodOfDate(date: string, grain: Grain): string {
	if (grain === "day") return date;
	if (grain === "month") return date.slice(0, 7);
	const thursday = addDays(mondayOf(date), 3); // ISO 8601: a week belongs to the year of its Thursday
	const week = Math.floor(daysBetween(`${thursday.slice(0, 4)}-01-01`, thursday) / 7) + 1;
	return `${thursday.slice(0, 4)}-W${String(week).padStart(2, "0")}`;
}

export function periodAt(instant: number, grain: Grain, timeZone: string): string {
	return periodOfDate(dateOf(instant, timeZone), grain);
}

/** First and last local date of a period, or undefined for a label that names none. */
export function datesOf(period: string, grain: Grain): { first: string; last: string } | undefined {
	let first: string;
	let last: string;
	if (grain === "day") {
		first = last = period;
	} else if (grain === "month") {
		first = `${period}-01`;
		if (!isDate(first)) return undefined;
		last = addDays(`${addDays(first, 31).slice(0, 7)}-01`, -1);
	} else {
		const match = /^(\d{4})-W(\d\d)$/.exec(period);
		if (!match) return undefined;
		first = addDays(mondayOf(`${match[1]}-01-04`), (Number(match[2]) - 1) * 7);
		last = addDays(first, 6);
	}
	return isDate(first) && periodOfDate(first, grain) === period ? { first, last } : undefined;
}

/** The instants at which a period begins and ends (exclusive), ms, or undefined for a label that names none. */
export function boundsOf(period: string, grain: Grain, timeZone: string): { start: number; end: number } | undefined {
	const dates = datesOf(period, grain);
	if (!dates) return undefined;
	return { start: startOfDate(dates.first, timeZone), end: startOfDate(addDays(dates.last, 1), timeZone) };
}

/** Labels of the periods that lie wholly or partly between two dates, both included. */
export function periodsBetween(from: string, to: string, grain: Grain): string[] {
	const labels: string[] = [];
	let date = from;
	while (date <= to) {
		const label = periodOfDate(date, grain);
		labels.push(label);
		date = addDays(datesOf(label, grain)?.last ?? date, 1);
	}
	return labels;
}

/** How many periods lie between two labels of one grain; 0 for the same. */
export function periodsApart(earlier: string, later: string, grain: Grain): number {
	const from = datesOf(earlier, grain)?.first;
	const to = datesOf(later, grain)?.first;
	if (!from || !to) return 0;
	if (grain === "month")
		return (Number(to.slice(0, 4)) - Number(from.slice(0, 4))) * 12 + Number(to.slice(5, 7)) - Number(from.slice(5, 7));
	return Math.round(daysBetween(from, to) / (grain === "week" ? 7 : 1));
}
