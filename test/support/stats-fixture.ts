/**
 * Figures for the dashboard's tests, made from a seed: plausible, and in step with each other (flows balance, shares
 * add up, histograms lie on the real boundaries). Leaves out how real figures come about: that is the Worker's.
 */
import { type Vital, vitals } from "../../schema/buckets.ts";
import { addDays, daysBetween } from "../../schema/period.ts";
import type {
	Answer,
	PageRow,
	Range,
	Stats,
	SummaryFigures,
	TimelinePoint,
	VitalFigure,
} from "../../worker/stats/answers.ts";
import {
	channels,
	devices,
	figureOf,
	medianMs,
	methods,
	randomOf,
	shop,
	speeds,
	split,
	timesOf,
	vitalOf,
} from "./fixture-figures.ts";
import { listsOf } from "./fixture-lists.ts";

export interface FixtureInput {
	seed: number;
	/** Local date of today, which is open. */
	today: string;
	/** Visits on an ordinary day; 0 for a site that nobody has visited. */
	visitsPerDay: number;
	/** Visits of today so far. */
	visitsToday: number;
	sample?: boolean;
	/** Pages put in place of the shop's own and after them: for names that try to do harm, and for many of them. */
	pages?: readonly string[];
	/** First date with visits; before it there is nothing. */
	since?: string;
}

type Page = (typeof shop)[number];

export function fixtureStats(input: FixtureInput): Stats {
	const { today, seed } = input;
	const further = (input.pages ?? []).slice(shop.length).map((path): Page => [path, 0.4, 1800, 60_000, 0.4]);
	const pages = [...shop, ...further].map(([path, ...rest], index): Page => [input.pages?.[index] ?? path, ...rest]);

	function visitsOn(date: string): number {
		if (date > today || date < (input.since ?? "")) return 0;
		if (date === today) return input.visitsToday;
		const day = daysBetween("2026-01-01", date);
		const weekday = new Date(`${date}T00:00:00Z`).getUTCDay();
		const factor = [0.8, 1, 1.04, 1.06, 1.02, 0.9, 0.74][weekday] ?? 1;
		return Math.round(input.visitsPerDay * factor * (1 + day * 0.0008) * (0.93 + randomOf(seed + day)() * 0.14));
	}
	const dates = ({ from, to }: { from: string; to: string }) =>
		Array.from({ length: daysBetween(from, to) + 1 }, (_, index) => addDays(from, index));
	const deviceShare = (range: Range) => devices.find(([name]) => name === range.device)?.[1] ?? 1;
	const visitsIn = (range: Range) =>
		Math.round(dates(range).reduce((sum, date) => sum + visitsOn(date), 0) * deviceShare(range));
	const viewsOf = (visits: number) => Math.round(visits * 2.03);
	/** Pages got a little faster in the end of the time: the comparison has something to tell. */
	const drift = (range: { from: string }) => (range.from < addDays(today, -29) ? 1.06 : 1);

	const answer = (range: Range): Answer => ({
		site: "demo",
		range: { from: range.from, to: range.to },
		grain: "day",
		timeZone: "Europe/Oslo",
		provisional: range.to >= addDays(today, -1),
		hidden: visitsIn(range) > 100 ? 0.009 : 0,
		sample: input.sample ?? false,
	});

	function leavingOf(views: number, visits: number) {
		const exits = split(
			visits,
			methods.map(([, share]) => share),
		);
		const rows = methods.map(([how], index) => ({ how, count: exits[index] ?? 0, exits: exits[index] ?? 0 }));
		return [{ how: "link" as const, count: views - visits, exits: 0 }, ...rows].filter((row) => row.count > 0);
	}

	function summaryOf(range: Range): SummaryFigures {
		const visits = visitsIn(range);
		const views = viewsOf(visits);
		const vitals = Object.fromEntries(
			Object.entries(medianMs).map(([vital, median]) => [
				vital,
				figureOf(vital as Vital, median * drift(range), Math.round(views * 0.93)),
			]),
		) as Record<Vital, VitalFigure>;
		const visitors = Math.round(visits * 0.81);
		return {
			views,
			visits,
			visitors,
			visitorsInterval: { low: visitors, high: Math.round(visitors * 1.004) },
			visitorsBound: dates(range).length > 31,
			bounces: Math.round(visits * (drift(range) > 1 ? 0.388 : 0.38)),
			apart: Math.round(visits * 0.02),
			engagedMs: timesOf(drift(range) > 1 ? 108_000 : 112_000, views),
			visibleMs: timesOf(150_000, views),
			vitals,
			leaving: leavingOf(views, visits),
			newVisitors: { low: Math.round(visitors * 0.7), high: Math.round(visitors * 0.7) },
			returningVisitors: { low: visitors - Math.round(visitors * 0.7), high: Math.round(visitors * 0.304) },
			byIndex: [1, 0.62, 0.27, 0.14].map((share, at) => ({ index: at + 1, views: Math.round(visits * share) })),
			bySpeed: speeds.map(([speed, share, bounced, reached]) => ({
				speed,
				visits: Math.round(visits * share),
				bounces: Math.round(visits * share * bounced),
				goals: range.device ? null : Math.round(visits * share * reached),
			})),
			notFound: Math.round(views * 0.004),
			searches: Math.round(views * 0.01),
			rage: Math.round(views * 0.006),
			dead: Math.round(views * 0.02),
			afterError: Math.round(views * 0.002),
			errors: range.device ? null : Math.round(views * 0.01),
		};
	}

	/** A goal that one visit in twenty reaches; on Sundays that are closed too few did to be told. */
	function reachedOn(date: string): number | null {
		const isSunday = new Date(`${date}T00:00:00Z`).getUTCDay() === 0;
		return isSunday && date < addDays(today, -1) ? null : Math.round(visitsOn(date) * 0.05);
	}

	function pointsOf(range: { from: string; to: string }, goal: string | undefined): TimelinePoint[] {
		return dates(range).map((date) => {
			const visits = visitsOn(date);
			const wobble = 0.95 + randomOf(seed + daysBetween("2020-01-01", date))() * 0.1;
			const n = Math.round(viewsOf(visits) * 0.93);
			const measured = vitals.flatMap((vital) => {
				const { p75, interval } = figureOf(vital, medianMs[vital] * drift({ from: date }) * wobble, n);
				return [
					[vital, n < 30 ? null : p75],
					[`${vital}Interval`, interval],
					[`${vital}N`, n],
				];
			});
			return {
				period: date,
				date,
				visits,
				views: viewsOf(visits),
				bounces: Math.round(visits * 0.38 * wobble),
				engagedMs: n < 30 ? null : 112_000 * wobble,
				...(Object.fromEntries(measured) as Pick<TimelinePoint, Vital | `${Vital}Interval` | `${Vital}N`>),
				...(goal === undefined ? {} : { reached: reachedOn(date) }),
				provisional: date >= addDays(today, -1),
			};
		});
	}

	function pageRows(range: Range): PageRow[] {
		const parts = (total: number) =>
			split(
				total,
				pages.map(([, weight]) => weight),
			);
		const views = parts(viewsOf(visitsIn(range)));
		const perDay = dates(range).map((date) => parts(viewsOf(Math.round(visitsOn(date) * deviceShare(range)))));
		return pages
			.map(([page, , lcp, engaged, exitShare], index): PageRow => {
				const count = views[index] ?? 0;
				const exits = Math.round(count * exitShare);
				const by = split(
					exits,
					methods.map(([, share], place) => share * (1 + ((index * 3 + place * 5) % 7) / 3)),
				);
				const n = Math.round(count * 0.93);
				return {
					page,
					views: count,
					entries: Math.round(count * 0.45),
					exits,
					exitsBy: Object.fromEntries(methods.map(([how], place) => [how, by[place] ?? 0])),
					engagedMs: timesOf(engaged, count),
					visibleMs: timesOf(engaged * 1.3, count),
					lcp: figureOf("lcp", lcp, n),
					inp: figureOf("inp", 110, n),
					cls: figureOf("cls", 300, n),
					trend: perDay.map((day, at) =>
						Math.round((day[index] ?? 0) * (0.8 + randomOf(seed + index * 1000 + at)() * 0.4)),
					),
				};
			})
			.filter((row) => row.views > 0);
	}

	return {
		async summary(range) {
			const { compare } = range;
			const before = compare && { ...summaryOf({ ...range, ...compare }), from: compare.from, to: compare.to };
			return { ...answer(range), ...summaryOf(range), ...(before ? { compare: before } : {}) };
		},
		async timeline(range) {
			const { compare, goal } = range;
			return {
				...answer(range),
				...(goal === undefined ? {} : { goal }),
				points: pointsOf(range, goal),
				...(compare ? { compare: { ...compare, points: pointsOf(compare, goal) } } : {}),
			};
		},
		async pages(range) {
			const rows = pageRows(range);
			return { ...answer(range), rows: rows.slice(0, range.limit), total: rows.length };
		},
		async flows(range) {
			const row = pageRows(range).find(({ page }) => page === range.page);
			const views = row?.views ?? 0;
			const others = pages.filter(([page]) => page !== range.page);
			const [own = 0, outside = 0] = split(views, [0.69, 0.31]);
			const exits = row?.exits ?? 0;
			const before = split(
				own,
				others.map(([, weight]) => weight),
			);
			const after = split(
				views - exits,
				others.map(([, weight], index) => weight * (1 + ((index * 7) % 5))),
			);
			const begun = split(
				outside,
				channels.map(([, share]) => share),
			);
			return {
				...answer(range),
				page: range.page,
				views,
				from: [
					...others.map(([page], index) => ({ page, count: before[index] ?? 0 })),
					...channels.map(([channel], index) => ({ channel, count: begun[index] ?? 0 })),
				].filter(({ count }) => count > 0),
				to: others.map(([page], index) => ({ page, count: after[index] ?? 0 })).filter(({ count }) => count > 0),
				left: methods.flatMap(([how]) => {
					const count = row?.exitsBy[how] ?? 0;
					return count > 0 ? [{ how, count }] : [];
				}),
			};
		},
		async leaving(range) {
			const visits = visitsIn(range);
			return {
				...answer(range),
				page: range.page ?? null,
				rows: leavingOf(viewsOf(visits), visits),
				targets:
					range.page === undefined
						? [
								{ host: "yr.example", views: Math.round(visits * 0.12) },
								{ host: "fjordnorway.example", views: Math.round(visits * 0.06) },
								{ host: "(other)", views: Math.round(visits * 0.02) },
							].filter(({ views }) => views > 0)
						: null,
			};
		},
		...listsOf({ answer, visitsIn, viewsOf, pageRows }),
		async vitals(range) {
			const n = Math.round(viewsOf(visitsIn(range)) * 0.93);
			const slower = pages.find(([page]) => page === range.page)?.[2] ?? medianMs.lcp;
			const count = range.page ? Math.round(n * 0.1) : n;
			const of = (vital: Vital) => vitalOf(vital, (vital === "lcp" ? slower : medianMs[vital]) * drift(range), count);
			return {
				...answer(range),
				page: range.page ?? null,
				device: range.device ?? null,
				vitals: { lcp: of("lcp"), inp: of("inp"), cls: of("cls"), fcp: of("fcp"), ttfb: of("ttfb") },
			};
		},
	};
}
