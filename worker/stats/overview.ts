/** The whole site (or one device class) in a range: summary and timeline. */
import { type Vital, vitals } from "../../schema/buckets.ts";
import { datesOf, type Grain } from "../../schema/period.ts";
import type { Device } from "../../schema/report.ts";
import { otherName } from "../../schema/tree-rules.ts";
import { keySeparator, type TreeName } from "../../schema/trees.ts";
import { visitorsOf } from "../query/imported.ts";
import { sumOfAll } from "../query/memory.ts";
import type { Reading } from "../query/read.ts";
import { byPeriod, sumByKey } from "../query/sums.ts";
import { type Counts, entriesOf, read } from "../query/tally.ts";
import { type Stats, type SummaryFigures, speedBands, type TimelinePoint } from "./answers.ts";
import { coverageIn } from "./consent.ts";
import { fewestIn, leavingOf, timesOf, vitalOf, vitalsOf } from "./figures.ts";
import { found, type Scope, type Span } from "./scope.ts";

export function overview(scope: Scope): Pick<Stats, "summary" | "timeline"> {
	async function summaryFigures(span: Span, device: Device | undefined) {
		const [tree, key]: [TreeName, string] = device ? ["device", device] : ["site", ""];
		const reading = await scope.read(device ? [tree] : [tree, "goal", "error"], span);
		const figures = found(reading, "summary", { ...span, device }, () =>
			summarise(reading, byPeriod(reading, tree, key), !device),
		);
		const coverage = scope.site.settings.coverage && !device ? { coverage: await coverageIn(scope, span) } : {};
		return { reading, figures: { ...figures, ...coverage } };
	}

	async function points(span: Span) {
		const reading = await scope.read(["site"], span, { apart: true, before: "scroll" });
		return { reading, points: found(reading, "points", span, () => pointsOf(reading, scope.site.grain)) };
	}

	return {
		async summary({ compare, device, ...span }) {
			const [now, before] = await Promise.all([
				summaryFigures(span, device),
				compare && summaryFigures(compare, device),
			]);
			return {
				...scope.answer(span, now.reading, device ? sumByKey(now.reading, "device").hiddenShare("views") : 0),
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

/** `isWhole`: with what is counted for the whole site only. */
function summarise(reading: Reading, tallies: (Counts | undefined)[], isWhole: boolean): SummaryFigures {
	const fewest = fewestIn(reading.isAllOpen);
	const tally = sumOfAll(tallies.filter((part) => part !== undefined));
	const range = reading.periods.map((period, t) => ({ tally: tallies[t], takesIn: reading.takesIn.get(period) ?? 0 }));
	const isImported = reading.periods.map((period) => reading.imported.has(period));
	const { low, high, bound, fresh, back } = visitorsOf(range, isImported);
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
		engagedMs: timesOf(tally, "engaged", fewest),
		visibleMs: timesOf(tally, "visible", fewest),
		vitals: vitalsOf((vital) => vitalOf(tally, vital, fewest)),
		leaving: leavingOf(tally),
		byIndex: entriesOf(tally, "index").map(([index, views]) => ({ index, views })),
		bySpeed: speedBands.map((speed, band) => ({
			speed,
			visits: read(tally, "entriesBySpeed", band),
			bounces: read(tally, "bouncesBySpeed", band),
			goals: isWhole ? goalsReached(reading, band) : null,
		})),
		notFound: read(tally, "notFound"),
		searches: read(tally, "searches"),
		rage: read(tally, "rage"),
		dead: read(tally, "dead"),
		afterError: read(tally, "afterError"),
		errors: isWhole ? sumByKey(reading, "error").total("times") : null,
	};
}

function goalsReached(reading: Reading, band: number): number {
	const goals = [...sumByKey(reading, "goal")].filter(([key]) => !key.includes(keySeparator) && key !== otherName);
	return goals.reduce((sum, [, goal]) => sum + read(goal, "reachedBySpeed", band), 0);
}

/** Each vital's p75 under its own name, with its interval and number of measurements beside it. */
function pointVitals(tally: Counts, fewest: number) {
	const figures = vitals.flatMap((vital) => {
		const { p75, interval, n } = vitalOf(tally, vital, fewest);
		return [
			[vital, p75],
			[`${vital}Interval`, interval],
			[`${vital}N`, n],
		];
	});
	return Object.fromEntries(figures) as Pick<TimelinePoint, Vital | `${Vital}Interval` | `${Vital}N`>;
}

function pointsOf(reading: Reading, grain: Grain): TimelinePoint[] {
	const tallies = byPeriod(reading, "site", "");
	return reading.periods.map((period, i) =>
		pointOf(period, datesOf(period, grain)?.first ?? "", tallies[i] ?? new Map(), reading.open.has(period)),
	);
}

function pointOf(period: string, date: string, tally: Counts, provisional: boolean): TimelinePoint {
	const fewest = fewestIn(provisional);
	return {
		period,
		date,
		views: read(tally, "views"),
		visits: read(tally, "entries"),
		bounces: read(tally, "bounces"),
		engagedMs: timesOf(tally, "engaged", fewest).p50,
		...pointVitals(tally, fewest),
		provisional,
	};
}
