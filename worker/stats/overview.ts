/** The whole site (or one device class) in a range: summary, and timeline, with one goal where that is asked for. */
import { type Vital, vitals } from "../../schema/buckets.ts";
import { datesOf, type Grain } from "../../schema/period.ts";
import type { Device } from "../../schema/report.ts";
import type { TreeName } from "../../schema/trees.ts";
import { Problem } from "../problem.ts";
import { visitorsOf } from "../query/imported.ts";
import { sumOfAll } from "../query/memory.ts";
import type { Reading } from "../query/read.ts";
import { byPeriod, sumByKey } from "../query/sums.ts";
import { type Counts, entriesOf, read } from "../query/tally.ts";
import { type Stats, type SummaryFigures, speedBands, type TimelinePoint } from "./answers.ts";
import { coverageIn } from "./consent.ts";
import { fewestIn, leavingOf, timesOf, vitalOf, vitalsOf } from "./figures.ts";
import { goalsIn, isGoal } from "./goal-names.ts";
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

	async function points(span: Span, goal: string | undefined) {
		const [reading, reached] = await Promise.all([
			scope.read(["site"], span, { apart: true, before: "scroll" }),
			goal === undefined ? undefined : readGoal(span, goal),
		]);
		const points = found(reading, "points", span, () => pointsOf(reading, scope.site.grain));
		if (!reached) return { reading, reached, points };
		const tallies = byPeriod(reading, "site", "");
		const withGoal = points.map((point, i) => ({
			...point,
			reached: reachedIn(reached.tallies[i], tallies[i] ?? new Map(), point.provisional),
		}));
		return { reading, reached, points: withGoal };
	}

	async function readGoal(span: Span, goal: string) {
		const reading = await scope.read(["goal"], span, { apart: true });
		const aims = sumByKey(reading, "goal");
		return {
			tallies: byPeriod(reading, "goal", goal),
			hidden: aims.hiddenShare("reached"),
			isCounted: isGoal(goal) && aims.get(goal) !== undefined,
		};
	}
	const isSet = (goal: string) => scope.site.settings.goals.some(({ name }) => name === goal);

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

		async timeline({ compare, goal, ...span }) {
			const [now, before] = await Promise.all([points(span, goal), compare && points(compare, goal)]);
			if (goal !== undefined && !isSet(goal) && !now.reached?.isCounted && !before?.reached?.isCounted)
				throw new Problem("bad-query", "There is no such goal: /stats/goals names those that are set or were counted.");
			return {
				...scope.answer(span, now.reading, now.reached?.hidden ?? 0),
				...(goal === undefined ? {} : { goal }),
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
	const aims = sumByKey(reading, "goal");
	return goalsIn(aims).reduce((sum, goal) => sum + read(aims.get(goal) ?? new Map(), "reachedBySpeed", band), 0);
}

/** Sealing leaves out what too few reached: of a closed period with visits, nothing counted is not the same as none. */
function reachedIn(goal: Counts | undefined, site: Counts, isOpen: boolean): number | null {
	if (goal) return read(goal, "reached");
	return isOpen || read(site, "entries") === 0 ? 0 : null;
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
