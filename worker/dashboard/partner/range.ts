/**
 * Which dates a partner's page shows: whole weeks that are released (months, where a site's period is one), by fixed choices. No
 * dates of one's own: they would invite differencing.
 */
import { addDays, type Grain } from "../../../schema/period.ts";

export type Unit = "week" | "month";
/** A week of days is a sum of days; a month cannot be made of weeks. */
export const unitOf = (grain: Grain): Unit => (grain === "month" ? "month" : "week");

/** Choices, by how many units they show. */
const counts = { week: { "2u": 2, "4u": 4, "13u": 13, "52u": 52 }, month: { "3m": 3, "12m": 12, "24m": 24 } } as const;
export type Span = keyof (typeof counts)["week"] | keyof (typeof counts)["month"];

/** What is shown unasked. */
export const defaultSpan: Record<Unit, Span> = { week: "4u", month: "3m" };

export const spansOf = (unit: Unit) => Object.keys(counts[unit]) as Span[];

export function spanOf(unit: Unit, asked: string | undefined): Span {
	return spansOf(unit).find((span) => span === asked) ?? defaultSpan[unit];
}

export interface Dates {
	from: string;
	to: string;
}
export interface Shown extends Dates {
	span: Span;
	/** False where fewer units are released than the choice has. */
	full: boolean;
	/** False in a release's first days, before there is a whole unit. */
	whole: boolean;
	/** As many units just before, where all of them are released. */
	before?: Dates;
}

/** First day of the week or month that holds a date. */
function startOf(unit: Unit, date: string): string {
	if (unit === "month") return `${date.slice(0, 7)}-01`;
	return addDays(date, -((new Date(`${date}T00:00:00Z`).getUTCDay() + 6) % 7));
}

/** The first day of the unit after the one that holds a date. */
const nextStart = (unit: Unit, date: string) => startOf(unit, addDays(startOf(unit, date), unit === "month" ? 31 : 7));

/** The first day so many units back from a first day. */
function unitsBack(unit: Unit, start: string, units: number): string {
	if (unit === "week") return addDays(start, -7 * units);
	const [year = 0, month = 1] = start.split("-").map(Number);
	return new Date(Date.UTC(year, month - 1 - units, 1)).toISOString().slice(0, 10);
}

/** The units of a range; the parts of a unit at its ends count as one. */
export function unitsBetween(unit: Unit, { from, to }: Dates): Dates[] {
	const found: Dates[] = [];
	for (let start = from; start <= to; start = nextStart(unit, start)) {
		const last = addDays(nextStart(unit, start), -1);
		found.push({ from: start, to: last < to ? last : to });
	}
	return found;
}

/** The range of a choice within the released dates: whole units, or everything there is before the first whole one. */
export function shownOf(unit: Unit, span: Span, released: Dates): Shown {
	const wanted = { ...counts.week, ...counts.month }[span];
	const end = startOf(unit, addDays(released.to, 1)); // the day after the last whole unit
	const first = startOf(unit, released.from) === released.from ? released.from : nextStart(unit, released.from);
	if (first >= end) return { span, ...released, full: false, whole: false };
	const asked = unitsBack(unit, end, wanted);
	const from = asked < first ? first : asked;
	const to = addDays(end, -1);
	const before = { from: unitsBack(unit, from, unitsBetween(unit, { from, to }).length), to: addDays(from, -1) };
	return { span, from, to, full: asked >= first, whole: true, ...(before.from >= first ? { before } : {}) };
}
