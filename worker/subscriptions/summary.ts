/**
 * The figures of a week or month for a summary, as the dashboard shows them for the same dates, each with its change against the
 * period before where the two can be told apart. Leaves out words (dashboard/mail).
 */
import { addDays, datesOf, periodAt, periodOfDate, startOfDate } from "../../schema/period.ts";
import { type Channel, channels as channelNames } from "../../schema/report.ts";
import type { SummaryRhythm } from "../../schema/subscription.ts";
import { otherName } from "../../schema/tree-rules.ts";
import type { Stats, VitalFigure } from "../stats/answers.ts";
import { comparison } from "../stats/range.ts";

export type Rhythm = Exclude<SummaryRhythm, "none">;
const grains = { weekly: "week", monthly: "month" } as const;
/** Summaries are made at seven in the morning, the site's time. */
const morningMs = 7 * 3_600_000;
/** Percentiles and changes of fewer would say more about chance than about the site. */
const fewest = 30;
const listed = 5;
/** The slowest page is looked for among so many of the most viewed. */
const searched = 100;

export interface Span {
	from: string;
	to: string;
}

/** The latest whole week or month, and when its summary is due: on the morning after it. */
export function latestPeriod(rhythm: Rhythm, now: number, timeZone: string): Span & { period: string; due: number } {
	const grain = grains[rhythm];
	const first = datesOf(periodAt(now, grain, timeZone), grain)?.first ?? "";
	const to = addDays(first, -1);
	const period = periodOfDate(to, grain);
	return { period, ...spanOf(rhythm, period), due: startOfDate(first, timeZone) + morningMs };
}

/** First and last date of a week or month. */
export function spanOf(rhythm: Rhythm, period: string): Span {
	const dates = datesOf(period, grains[rhythm]);
	if (!dates) throw new RangeError("no such week or month");
	return { from: dates.first, to: dates.last };
}

export const figureNames = ["visits", "views", "engaged", "bounces", "lcp", "inp"] as const;
export type FigureName = (typeof figureNames)[number];

export interface Figure {
	name: FigureName;
	/** Counts, ms, or for `bounces` a share 0…1; null where it was measured too seldom, `n` times. */
	now: number | null;
	n: number;
	before: number | null;
	/** Relative, but the difference of the shares for `bounces`; null where nothing can be compared. */
	change: number | null;
	/** False where the two 95 % intervals overlap: then no change is claimed. */
	clear: boolean;
}

export interface Summary {
	rhythm: Rhythm;
	period: string;
	range: Span;
	compare: Span;
	provisional: boolean;
	sample: boolean;
	figures: Figure[];
	pages: { page: string; views: number }[];
	channels: { channel: Channel; visits: number }[];
	/** Shares of page views and of visits under names that too few share. */
	hidden: { pages: number; channels: number };
	/** The page with the highest LCP p75 of those with enough measurements. */
	slowest: { page: string; p75: number; interval: [number, number]; n: number } | null;
}

type Interval = readonly [number, number];
type Measured = { value: number | null; interval: Interval | null; n: number };

/** x ± 1.96 √x: the normal approximation of a Poisson count. */
const counted = (value: number): Measured => ({
	value,
	n: value,
	interval: [value - 1.96 * Math.sqrt(value), value + 1.96 * Math.sqrt(value)],
});

/** Wilson's interval of a share (JASA 22, 1927), z = 1.96. */
export function wilson(x: number, n: number): Interval {
	const z2 = 1.96 ** 2;
	const middle = (x + z2 / 2) / (n + z2);
	const half = (1.96 / (n + z2)) * Math.sqrt((x * (n - x)) / n + z2 / 4);
	return [middle - half, middle + half];
}

const shared = (x: number, n: number): Measured => ({
	value: n < fewest ? null : x / n,
	n,
	interval: n < fewest ? null : wilson(x, n),
});
const vital = ({ p75, interval, n }: VitalFigure): Measured => ({ value: n < fewest ? null : p75, interval, n });

function figure(name: FigureName, now: Measured, old: Measured | undefined): Figure {
	const before = old && old.n >= fewest ? old.value : null;
	const change =
		now.value === null || now.n < fewest || before === null || before === 0
			? null
			: name === "bounces"
				? now.value - before
				: now.value / before - 1;
	const [a, b] = [now.interval, old?.interval];
	const clear = change !== null && !!a && !!b && (a[1] < b[0] || b[1] < a[0]);
	return { name, now: now.value, n: now.n, before, change, clear };
}

export async function summaryOf(stats: Stats, rhythm: Rhythm, period: string): Promise<Summary> {
	const range = spanOf(rhythm, period);
	const compare = comparison("previous", range.from, range.to);
	const [summary, pages, channels] = await Promise.all([
		stats.summary({ ...range, compare }),
		stats.pages({ ...range, limit: searched }),
		stats.channels(range),
	]);
	const measure = (of: Omit<typeof summary, "compare">): Record<FigureName, Measured> => ({
		visits: counted(of.visits),
		views: counted(of.views),
		engaged: {
			value: of.engagedMs.n < fewest ? null : of.engagedMs.p50,
			interval: of.engagedMs.p50Interval,
			n: of.engagedMs.n,
		},
		bounces: shared(of.bounces, of.visits),
		lcp: vital(of.vitals.lcp),
		inp: vital(of.vitals.inp),
	});
	const [now, before] = [measure(summary), summary.compare && measure({ ...summary, ...summary.compare })];
	const namedPages = pages.rows.filter(({ page }) => page !== otherName);
	const slow = namedPages
		.flatMap(({ page, lcp: { p75, interval, n } }) =>
			p75 !== null && interval && n >= fewest ? [{ page, p75, interval, n }] : [],
		)
		.sort((a, b) => b.p75 - a.p75);
	return {
		rhythm,
		period,
		range,
		compare,
		provisional: summary.provisional,
		sample: summary.sample,
		figures: figureNames.map((name) => figure(name, now[name], before?.[name])),
		pages: namedPages.slice(0, listed).map(({ page, views }) => ({ page, views })),
		channels: channels.rows
			.flatMap(({ channel, visits }) => {
				const name = channelNames.find((known) => known === channel);
				return name ? [{ channel: name, visits }] : [];
			})
			.slice(0, listed),
		hidden: { pages: pages.hidden, channels: channels.hidden },
		slowest: slow[0] ?? null,
	};
}
