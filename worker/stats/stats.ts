/** The figures of one site, read from the closed books and the open one. One method per route of the Stats API. */
import { vitals } from "../../schema/buckets.ts";
import { datesOf } from "../../schema/period.ts";
import type { Channel, Device } from "../../schema/report.ts";
import { keySeparator, otherName, splitKey, type TreeName } from "../../schema/trees.ts";
import type { Env } from "../env.ts";
import { quantile } from "../query/quantile.ts";
import { byPeriod, hiddenShare, type Reading, readCells, sumByKey } from "../query/read.ts";
import { merge, read, type Tally, totalOf } from "../query/tally.ts";
import { uniqueVisitors } from "../query/uniques.ts";
import type { Site } from "../sites/sites.ts";
import type { Answer, PageRow, Stats, SummaryFigures, TimelinePoint } from "./answers.ts";
import { exitsOf, leavingOf, timesOf, vitalDetailOf, vitalOf, vitalsOf } from "./figures.ts";
import { flowsOf } from "./flows.ts";

type Span = { from: string; to: string };

export function statsOf(env: Env, site: Site): Stats {
	const readRange = (trees: TreeName[], { from, to }: Span) => readCells(env, site, trees, from, to);
	const answer = ({ from, to }: Span, { open, sample }: Reading, hidden: number): Answer => ({
		site: site.id,
		range: { from, to },
		grain: site.grain,
		timeZone: site.timeZone,
		provisional: open.size > 0,
		hidden,
		sample,
	});

	/** Where the whole site or one device class is counted. */
	const scopeOf = (device: Device | undefined): [TreeName, string] => (device ? ["device", device] : ["site", ""]);

	const pageScope = (page: string, device: Device | undefined): [TreeName, string] =>
		device ? ["page-device", page + keySeparator + device] : ["page", page];

	async function summaryFigures(span: Span, device: Device | undefined) {
		const [tree, key] = scopeOf(device);
		const reading = await readRange([tree], span);
		return { reading, figures: summarise(byPeriod(reading, tree, key)) };
	}

	async function points(span: Span) {
		const reading = await readRange(["site"], span);
		const tallies = byPeriod(reading, "site", "");
		return {
			reading,
			points: reading.periods.map((period, i) =>
				pointOf(period, datesOf(period, site.grain)?.first ?? "", tallies[i] ?? new Map(), reading.open.has(period)),
			),
		};
	}

	return {
		async summary({ compare, device, ...span }) {
			const [now, before] = await Promise.all([
				summaryFigures(span, device),
				compare && summaryFigures(compare, device),
			]);
			return {
				...answer(span, now.reading, 0),
				...now.figures,
				...(compare && before ? { compare: { ...compare, ...before.figures } } : {}),
			};
		},

		async timeline({ compare, ...span }) {
			const [now, before] = await Promise.all([points(span), compare && points(compare)]);
			return {
				...answer(span, now.reading, 0),
				points: now.points,
				...(compare && before ? { compare: { ...compare, points: before.points } } : {}),
			};
		},

		async pages({ device, limit, ...span }) {
			const tree: TreeName = device ? "page-device" : "page";
			const reading = await readRange(device ? [tree, "device"] : [tree], span);
			const ofDevice = ({ tree: of, key }: { tree: TreeName; key: string }) =>
				of === tree && (!device || splitKey(key)[1] === device);
			const cells = reading.cells
				.filter(ofDevice)
				.map((cell) =>
					device ? { ...cell, tree: "page" as const, key: splitKey(cell.key)[0] } : { ...cell, tree: "page" as const },
				);
			const sums = sumByKey(cells, "page");
			const rows = [...sums].map(([page, tally]) =>
				pageRow(page, tally, byPeriod({ ...reading, cells }, "page", page)),
			);
			rows.sort(
				(a, b) =>
					Number(a.page === otherName) - Number(b.page === otherName) ||
					b.views - a.views ||
					(a.page < b.page ? -1 : 1),
			);
			const shown = rows.filter(({ page }) => page !== otherName).reduce((sum, { views }) => sum + views, 0);
			const all = device
				? read(sumByKey(reading.cells, "device").get(device) ?? new Map(), "views")
				: rows.reduce((sum, { views }) => sum + views, 0);
			return {
				...answer(span, reading, all === 0 ? 0 : 1 - shown / all),
				rows: rows.slice(0, limit),
				total: rows.length,
			};
		},

		async flows({ page, limit, ...span }) {
			const reading = await readRange(["page", "page-previous", "page-channel"], span);
			const flows = flowsOf(reading, page, limit);
			return { ...answer(span, reading, flows.hidden), page, ...flows.figures };
		},

		async leaving({ page, ...span }) {
			const tree = page === undefined ? "site" : "page";
			const reading = await readRange([tree], span);
			const tally = sumByKey(reading.cells, tree).get(page ?? "") ?? new Map();
			return { ...answer(span, reading, 0), page: page ?? null, rows: leavingOf(tally) };
		},

		async channels({ limit, ...span }) {
			const reading = await readRange(["channel", "channel-referrer"], span);
			const sums = sumByKey(reading.cells, "channel");
			const referrers = [...sumByKey(reading.cells, "channel-referrer")].map(([key, tally]) => {
				const [channel, host] = splitKey(key);
				return { channel, host, visits: read(tally, "entries") };
			});
			const rows = [...sums].map(([channel, tally]) => ({
				channel: channel as Channel,
				visits: read(tally, "entries"),
				bounces: read(tally, "bounces"),
				referrers: referrers
					.filter((row) => row.channel === channel)
					.map(({ host, visits }) => ({ host, visits }))
					.sort((a, b) => b.visits - a.visits),
			}));
			rows.sort((a, b) => b.visits - a.visits);
			return { ...answer(span, reading, hiddenShare(sums, "entries")), rows: rows.slice(0, limit) };
		},

		async devices({ limit, ...span }) {
			const reading = await readRange(["device"], span);
			const sums = sumByKey(reading.cells, "device");
			const rows = [...sums].map(([device, tally]) => ({
				device: device as Device,
				views: read(tally, "views"),
				visits: read(tally, "entries"),
				engagedMs: timesOf(tally, "engaged"),
				lcp: vitalOf(tally, "lcp"),
				inp: vitalOf(tally, "inp"),
				cls: vitalOf(tally, "cls"),
			}));
			rows.sort((a, b) => b.views - a.views);
			return { ...answer(span, reading, hiddenShare(sums, "views")), rows: rows.slice(0, limit) };
		},

		async elements({ page, limit, ...span }) {
			const reading = await readRange(["page-element"], span);
			const rows = [...sumByKey(reading.cells, "page-element")].map(([key, tally]) => {
				const [of, element] = splitKey(key);
				return { page: of, element, clicks: read(tally, "clicks"), views: read(tally, "clickedViews") };
			});
			const chosen = rows.filter((row) => page === undefined || row.page === page).sort((a, b) => b.clicks - a.clicks);
			const all = chosen.reduce((sum, { clicks }) => sum + clicks, 0);
			const other = chosen.reduce((sum, { element, clicks }) => (element === otherName ? sum + clicks : sum), 0);
			return {
				...answer(span, reading, all === 0 ? 0 : other / all),
				page: page ?? null,
				rows: chosen.slice(0, limit),
			};
		},

		async vitals({ page, device, ...span }) {
			const [tree, key] = page === undefined ? scopeOf(device) : pageScope(page, device);
			const reading = await readRange([tree], span);
			const tally = sumByKey(reading.cells, tree).get(key) ?? new Map();
			return {
				...answer(span, reading, 0),
				page: page ?? null,
				device: device ?? null,
				vitals: vitalsOf((vital) => vitalDetailOf(tally, vital, site.k)),
			};
		},
	};
}

function sumOf(tallies: (Tally | undefined)[]): Tally {
	return tallies.reduce<Tally>((sum, tally) => (tally ? merge(sum, tally) : sum), new Map());
}

function summarise(tallies: (Tally | undefined)[]): SummaryFigures {
	const tally = sumOf(tallies);
	const { low, high, bound } = uniqueVisitors(tallies);
	return {
		views: read(tally, "views"),
		visits: read(tally, "entries"),
		visitors: Math.round((low + high) / 2),
		visitorsInterval: { low, high },
		visitorsBound: bound,
		bounces: read(tally, "bounces"),
		apart: read(tally, "apart"),
		engagedMs: timesOf(tally, "engaged"),
		visibleMs: timesOf(tally, "visible"),
		vitals: vitalsOf((vital) => vitalOf(tally, vital)),
		leaving: leavingOf(tally),
	};
}

function pointOf(period: string, date: string, tally: Tally, provisional: boolean): TimelinePoint {
	const p75 = Object.fromEntries(vitals.map((vital) => [vital, vitalOf(tally, vital).p75])) as Pick<
		TimelinePoint,
		(typeof vitals)[number]
	>;
	const engaged = quantile(tally, "engaged", 0.5);
	return {
		period,
		date,
		views: read(tally, "views"),
		visits: read(tally, "entries"),
		bounces: read(tally, "bounces"),
		engagedMs: engaged === null ? null : Math.round(engaged),
		...p75,
		provisional,
	};
}

function pageRow(page: string, tally: Tally, trend: (Tally | undefined)[]): PageRow {
	return {
		page,
		views: read(tally, "views"),
		entries: read(tally, "entries"),
		exits: totalOf(tally, "exits"),
		exitsBy: Object.fromEntries(exitsOf(tally).map(({ how, count }) => [how, count])),
		engagedMs: timesOf(tally, "engaged"),
		visibleMs: timesOf(tally, "visible"),
		lcp: vitalOf(tally, "lcp"),
		inp: vitalOf(tally, "inp"),
		cls: vitalOf(tally, "cls"),
		trend: trend.map((at) => (at ? read(at, "views") : 0)),
	};
}
