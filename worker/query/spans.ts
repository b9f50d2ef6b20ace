/**
 * Span sums: the closed periods of a usual range, added up beforehand. What they are, and which of them stands for the closed periods
 * of a range that is asked for. Leaves out making them (worker/closing/spans.ts) and reading their rows (closed.ts).
 */
import { addDays, rollingDays } from "../../schema/period.ts";
import type { ClosedPeriod, MonthMark } from "./memory.ts";
import { monthOf, sumVersion } from "./months.ts";

/** As it is stored; see schema/tables.ts. */
export interface SpanMark {
	name: string;
	first: string;
	last: string;
	changes: number;
	version: number;
	made: string;
}

export interface UsualRange {
	name: string;
	from: string;
	to: string;
}

/** The rolling ranges that end yesterday, and what each is compared with. */
export function usualRanges(today: string): UsualRange[] {
	return Object.entries(rollingDays).flatMap(([name, days]) => [
		{ name, from: addDays(today, -days), to: addDays(today, -1) },
		{ name: `before ${name}`, from: addDays(today, -2 * days), to: addDays(today, -days - 1) },
	]);
}

/** Changes there have been in all months of some periods: the number grows with each, so equal means unchanged. */
export function changesBetween(months: readonly MonthMark[], first: string, last: string): number {
	const [from, to] = [monthOf(first), monthOf(last)];
	return months.reduce((sum, { month, changes }) => (month >= from && month <= to ? sum + changes : sum), 0);
}

/** The sum, up to date, of exactly these closed periods, if there is one. */
export function spanOf(
	{ spans, months }: { spans: readonly SpanMark[]; months: readonly MonthMark[] },
	closings: readonly ClosedPeriod[],
): SpanMark | undefined {
	const [first, last] = [closings[0]?.period, closings.at(-1)?.period];
	return spans.find(
		(span) =>
			span.first === first &&
			span.last === last &&
			span.version === sumVersion &&
			span.changes === changesBetween(months, span.first, span.last),
	);
}
