/** The whole site (or one device class) in a range: summary and timeline. */
import { vitals } from "../../schema/buckets.ts";
import { datesOf } from "../../schema/period.ts";
import type { Device } from "../../schema/report.ts";
import { otherName } from "../../schema/tree-rules.ts";
import { keySeparator, type TreeName } from "../../schema/trees.ts";
import { quantile } from "../query/quantile.ts";
import { byPeriod, type Reading, sumByKey } from "../query/read.ts";
import { entriesOf, merge, read, type Tally } from "../query/tally.ts";
import { newAndReturning, uniqueVisitors } from "../query/uniques.ts";
import { type Stats, type SummaryFigures, speedBands, type TimelinePoint } from "./answers.ts";
import { dwellOf, leavingOf, vitalOf, vitalsOf } from "./figures.ts";
import type { Scope, Span } from "./scope.ts";

export function overview(scope: Scope): Pick<Stats, "summary" | "timeline"> {
	async function summaryFigures(span: Span, device: Device | undefined) {
		const [tree, key]: [TreeName, string] = device ? ["device", device] : ["site", ""];
		const reading = await scope.read(device ? [tree] : [tree, "goal", "error"], span);
		return { reading, figures: summarise(byPeriod(reading, tree, key), device ? undefined : reading) };
	}

	async function points(span: Span) {
		const reading = await scope.read(["site"], span, { apart: true, front: true });
		const tallies = byPeriod(reading, "site", "");
		return {
			reading,
			points: reading.periods.map((period, i) =>
				pointOf(
					period,
					datesOf(period, scope.site.grain)?.first ?? "",
					tallies[i] ?? new Map(),
					reading.open.has(period),
				),
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
				...scope.answer(span, now.reading, 0),
				...now.figures,
				...(compare && before ? { compare: { ...compare, ...before.figures } } : {}),
			};
		},

		async timeline({ compare, ...span }) {
			const [now, before] = await Promise.all([points(span), compare && points(compare)]);
			return {
				...scope.answer(span, now.reading, 0),
				points: now.points,
				...(compare && before ? { compare: { ...compare, points: before.points } } : {}),
			};
		},
	};
}

/** `whole` is the reading of what is counted for the whole site only. */
function summarise(tallies: (Tally | undefined)[], whole: Reading | undefined): SummaryFigures {
	const tally: Tally = new Map();
	for (const part of tallies) if (part) merge(tally, part);
	const { low, high, bound } = uniqueVisitors(tallies);
	const { fresh, back } = newAndReturning(tallies);
	return {
		views: read(tally, "views"),
		visits: read(tally, "entries"),
		visitors: Math.round((low + high) / 2),
		visitorsInterval: { low, high },
		visitorsBound: bound,
		newVisitors: fresh,
		returningVisitors: back,
		bounces: read(tally, "bounces"),
		apart: read(tally, "apart"),
		engagedMs: dwellOf(tally, "engaged"),
		visibleMs: dwellOf(tally, "visible"),
		vitals: vitalsOf((vital) => vitalOf(tally, vital)),
		leaving: leavingOf(tally),
		byIndex: entriesOf(tally, "index").map(([index, views]) => ({ index, views })),
		bySpeed: speedBands.map((speed, band) => ({
			speed,
			visits: read(tally, "entriesBySpeed", band),
			bounces: read(tally, "bouncesBySpeed", band),
			goals: whole ? goalsReached(whole, band) : null,
		})),
		notFound: read(tally, "notFound"),
		searches: read(tally, "searches"),
		rage: read(tally, "rage"),
		dead: read(tally, "dead"),
		afterError: read(tally, "afterError"),
		errors: whole ? sumOver(sumByKey(whole.cells, "error"), (error) => read(error, "times")) : null,
	};
}

function goalsReached({ cells }: Reading, band: number): number {
	const goals = [...sumByKey(cells, "goal")].filter(([key]) => !key.includes(keySeparator) && key !== otherName);
	return sumOver(new Map(goals), (goal) => read(goal, "reachedBySpeed", band));
}

function sumOver(sums: Map<string, Tally>, of: (tally: Tally) => number): number {
	return [...sums.values()].reduce((sum, tally) => sum + of(tally), 0);
}

function pointOf(period: string, date: string, tally: Tally, provisional: boolean): TimelinePoint {
	const p75 = Object.fromEntries(vitals.map((vital) => [vital, vitalOf(tally, vital).p75])) as Pick<
		TimelinePoint,
		(typeof vitals)[number]
	>;
	const engaged = quantile(entriesOf(tally, "engaged"), 0.5);
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
