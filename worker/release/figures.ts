/**
 * A partner's figures: what each route of a release answers, made from released sums alone. Leaves out who may ask and for which
 * dates (partner-routes.ts), and CSV.
 */
import { clsScale, type Vital, vitalLimits } from "../../schema/buckets.ts";
import { datesOf, periodsBetween } from "../../schema/period.ts";
import type { ReleaseGroup } from "../../schema/release.ts";
import { channels, devices } from "../../schema/report.ts";
import { otherName } from "../../schema/tree-rules.ts";
import { dwellEndsMs, vitalEnds } from "../book/bounded.ts";
import {
	type Estimate,
	type ReleaseAnswer,
	type ReleaseChannels,
	type ReleaseCountries,
	type ReleaseDevices,
	type ReleaseDwell,
	type ReleasePages,
	type ReleaseSummary,
	type ReleaseTimeline,
	type ReleaseVitals,
	vitalBands,
} from "./answers.ts";
import type { Release } from "./definition.ts";
import { changeOf, intervalOf, type Noisy, sumOf } from "./interval.ts";
import { rangeBefore } from "./range.ts";
import { type Dates, type KeySum, type ReleasedSums, readReleased, sumRows } from "./released.ts";

export interface Asked {
	d1: D1Database;
	release: Release;
	timeZone: string;
	/** What can be read at all. */
	released: Dates;
	range: Dates;
}

const nothing: Noisy = { value: 0, sigma2: 0 };
const estimateOf = (figure: Noisy): Estimate => intervalOf(figure);

const read = async ({ d1, release }: Asked, range: Dates, ...groups: ReleaseGroup[]) =>
	sumRows(await readReleased(d1, release, range, groups));

function aboutOf({ release, range, timeZone }: Asked, { periods, sample }: ReleasedSums): ReleaseAnswer {
	const { id, terms } = release;
	return { release: id, range, period: terms.period, timeZone, method: "discrete-gaussian", periods, sample };
}

const keysOf = ({ groups }: ReleasedSums, group: ReleaseGroup): ReadonlyMap<string, KeySum> =>
	groups.get(group) ?? new Map();
const figureOf = (keys: ReadonlyMap<string, KeySum>, key: string): Noisy => keys.get(key)?.parts[0] ?? nothing;

export async function summaryOf(asked: Asked): Promise<ReleaseSummary> {
	const { range, release, released } = asked;
	const sums = await read(asked, range, "site");
	const now = figureOf(keysOf(sums, "site"), "");
	const earlier = rangeBefore(range, release.terms.period, released);
	const then = earlier && figureOf(keysOf(await read(asked, earlier, "site"), "site"), "");
	return {
		...aboutOf(asked, sums),
		visitors: estimateOf(now),
		before: earlier && then ? { ...earlier, visitors: estimateOf(then) } : null,
		change: then ? estimateOf(changeOf(then, now)) : null,
	};
}

export async function timelineOf(asked: Asked): Promise<ReleaseTimeline> {
	const { d1, release, range } = asked;
	const { grain, terms } = release;
	const rows = await readReleased(d1, release, range, ["site"]);
	const by = (period: "day" | "week" | "month") =>
		periodsBetween(range.from, range.to, period).flatMap((label) => {
			const dates = datesOf(label, period);
			if (!dates || dates.first < range.from || dates.last > range.to) return [];
			const labels = new Set(periodsBetween(dates.first, dates.last, grain));
			const sums = sumRows(rows.filter((row) => labels.has(row.period)));
			if (sums.periods < labels.size) return []; // a sum of fewer would look like a fall
			const figure = figureOf(keysOf(sums, "site"), "");
			return [{ period: label, from: dates.first, to: dates.last, ...estimateOf(figure) }];
		});
	return { ...aboutOf(asked, sumRows(rows)), rows: by(terms.period), weeks: grain === "month" ? [] : by("week") };
}

/** Declared pages as they were declared, then others by name. */
function pagesIn(keys: ReadonlyMap<string, KeySum>, declared: readonly string[]): string[] {
	const others = [...keys.keys()].filter((page) => !declared.includes(page));
	return [...declared.filter((page) => keys.has(page)), ...others.sort()];
}

export async function pagesOf(asked: Asked): Promise<ReleasePages> {
	const { pages } = asked.release.terms;
	const sums = await read(asked, asked.range, "page");
	const keys = keysOf(sums, "page");
	const rows = pagesIn(keys, pages).map((page) => ({
		page,
		declared: pages.includes(page),
		periods: keys.get(page)?.periods ?? 0,
		...estimateOf(figureOf(keys, page)),
	}));
	return { ...aboutOf(asked, sums), rows };
}

export async function dwellOf(asked: Asked): Promise<ReleaseDwell> {
	const sums = await read(asked, asked.range, "dwell");
	const keys = keysOf(sums, "dwell");
	const rows = pagesIn(keys, asked.release.terms.pages).flatMap((page) =>
		(keys.get(page)?.parts ?? []).map((figure, part) => ({
			page,
			fromMs: dwellEndsMs[part - 1] ?? 0,
			toMs: dwellEndsMs[part] ?? null,
			...estimateOf(figure),
		})),
	);
	return { ...aboutOf(asked, sums), rows };
}

async function listOf(asked: Asked, group: ReleaseGroup, names: readonly string[]) {
	const sums = await read(asked, asked.range, group);
	const keys = keysOf(sums, group);
	return {
		about: aboutOf(asked, sums),
		figures: names.map((name) => [name, estimateOf(figureOf(keys, name))] as const),
	};
}

export async function channelsOf(asked: Asked): Promise<ReleaseChannels> {
	const { about, figures } = await listOf(asked, "channel", channels);
	return { ...about, rows: figures.map(([channel, figure]) => ({ channel, ...figure })) };
}

export async function devicesOf(asked: Asked): Promise<ReleaseDevices> {
	const { about, figures } = await listOf(asked, "device", devices);
	return { ...about, rows: figures.map(([device, figure]) => ({ device, ...figure })) };
}

export async function countriesOf(asked: Asked): Promise<ReleaseCountries> {
	const { about, figures } = await listOf(asked, "country", [...asked.release.terms.countries, otherName]);
	return { ...about, rows: figures.map(([country, figure]) => ({ country, ...figure })) };
}

export const releasedVitals = ["lcp", "inp", "cls"] as const;

/** Whole ms; CLS a plain number. */
const asShown = (vital: Vital, end: number) => (vital === "cls" ? Math.round(end) / clsScale : Math.round(end));

export async function vitalsOf(asked: Asked): Promise<ReleaseVitals> {
	const wanted = releasedVitals.filter((vital) => asked.release.terms.groups.includes(vital));
	const sums = await read(asked, asked.range, ...wanted);
	const each = wanted.map((vital) => ({
		vital,
		ends: vitalEnds(vitalLimits[vital]),
		limits: vitalLimits[vital],
		parts: keysOf(sums, vital).get("")?.parts ?? [],
	}));
	return {
		...aboutOf(asked, sums),
		bands: each.flatMap(({ vital, ends, limits: [good, poor], parts }) =>
			vitalBands.map((band) => {
				const isIn = (end = Number.POSITIVE_INFINITY) =>
					band === (end <= good ? "good" : end <= poor ? "needs" : "poor");
				return { vital, band, ...estimateOf(sumOf(parts.filter((_, part) => isIn(ends[part])))) };
			}),
		),
		rows: each.flatMap(({ vital, ends, parts }) =>
			parts.map((figure, part) => ({
				vital,
				from: asShown(vital, ends[part - 1] ?? 0),
				to: part < ends.length ? asShown(vital, ends[part] ?? 0) : null,
				...estimateOf(figure),
			})),
		),
	};
}
