/**
 * Reading what is released: final figures of a range, added up. Partners get nothing from anywhere else, so nothing they are told
 * can depend on what is not released. Leaves out the answers made of it (figures.ts).
 */
import { addDays, datesOf, type Grain, periodOfDate } from "../../schema/period.ts";
import type { ReleaseGroup } from "../../schema/release.ts";
import { type Release, releasedPeriods } from "./definition.ts";
import type { Noisy } from "./interval.ts";

export interface Dates {
	from: string;
	to: string;
}

/** What is released of a key: the sums of its parts, over so many periods. */
export interface KeySum {
	periods: number;
	parts: Noisy[];
}

export interface ReleasedSums {
	/** How many of the site's periods there are in the range. */
	periods: number;
	sample: boolean;
	groups: ReadonlyMap<ReleaseGroup, ReadonlyMap<string, KeySum>>;
}

export interface ReleasedRow {
	period: string;
	sample: number;
	kind: ReleaseGroup;
	sigma2: number;
	cells: string;
}

/** The one statement that figures for partners come from: final ones of some groups in the periods of a range, oldest first. */
export function releasedStatement(
	d1: D1Database,
	{ id, site, grain }: Pick<Release, "id" | "site" | "grain">,
	{ from, to }: Dates,
	groups: readonly ReleaseGroup[],
): D1PreparedStatement {
	return d1
		.prepare(
			`SELECT ledger.period, sample, kind, sigma2, cells FROM release_ledger AS ledger JOIN released_cell AS cell
				ON cell.site = ledger.site AND cell.release = ledger.release AND cell.period = ledger.period
					AND cell.attempt = ledger.attempt
			WHERE ledger.site = ?1 AND ledger.release = ?2 AND ledger.period BETWEEN ?3 AND ?4 AND state = 'final'
				AND kind IN (SELECT value FROM json_each(?5)) ORDER BY ledger.period, kind`,
		)
		.bind(site, id, periodOfDate(from, grain), periodOfDate(to, grain), JSON.stringify(groups));
}

export async function readReleased(...asked: Parameters<typeof releasedStatement>): Promise<ReleasedRow[]> {
	return (await releasedStatement(...asked).all<ReleasedRow>()).results;
}

/** Sums over the rows, unclamped: noise of different periods is independent, so its variance adds up. */
export function sumRows(rows: readonly ReleasedRow[]): ReleasedSums {
	const groups = new Map<ReleaseGroup, Map<string, KeySum>>();
	for (const { kind, sigma2, cells } of rows) {
		const keys = groups.get(kind) ?? new Map<string, KeySum>();
		groups.set(kind, keys);
		for (const [key, values] of Object.entries(JSON.parse(cells) as Record<string, number[]>)) {
			const sum = keys.get(key) ?? { periods: 0, parts: [] };
			keys.set(key, sum);
			sum.periods++;
			for (const [part, value] of values.entries()) {
				const before = sum.parts[part] ?? { value: 0, sigma2: 0 };
				sum.parts[part] = { value: before.value + value, sigma2: before.sigma2 + sigma2 };
			}
		}
	}
	return {
		periods: new Set(rows.map(({ period }) => period)).size,
		sample: rows.some(({ sample }) => sample === 1),
		groups,
	};
}

/** The dates that partners can read: periods that are out, whole ones of what they see at once; undefined before the first. */
export async function releasedDates(d1: D1Database, release: Release): Promise<Dates | undefined> {
	const periods = await releasedPeriods(d1, release);
	return datesWithin(
		periods.map(({ period }) => period),
		release,
	);
}

function datesWithin(labels: readonly string[], { grain, terms: { period } }: Release): Dates | undefined {
	const first = datesOf(labels[0] ?? "", grain)?.first;
	const last = datesOf(labels.at(-1) ?? "", grain)?.last;
	if (!first || !last) return undefined;
	const from = startsAt(first, period) ? first : nextFirst(first, period);
	const to = startsAt(addDays(last, 1), period) ? last : addDays(firstOf(last, period), -1);
	return from <= to ? { from, to } : undefined;
}

const firstOf = (date: string, period: Grain) => datesOf(periodOfDate(date, period), period)?.first ?? date;
const nextFirst = (date: string, period: Grain) =>
	addDays(datesOf(periodOfDate(date, period), period)?.last ?? date, 1);

/** Whether a date is the first of a period. */
export const startsAt = (date: string, period: Grain) => firstOf(date, period) === date;
