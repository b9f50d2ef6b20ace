/** What came of visits: events, downloads, errors and the like, goals and funnels. */

import { stepKey } from "../../schema/settings.ts";
import type { AimKind } from "../../schema/site.ts";
import type { Reading } from "../query/read.ts";
import { sumBelow, sumByKey } from "../query/sums.ts";
import { type Counts, read } from "../query/tally.ts";
import { type EventRow, type GoalRow, type Happened, type Stats, speedBands } from "./answers.ts";
import { goalsIn } from "./goal-names.ts";
import { listed, rowsOf, type Scope, type Span } from "./scope.ts";

const nothing: Counts = new Map();
const byTimes = ({ times }: Happened) => times;
const happened = (tally: Counts): Happened => ({ times: read(tally, "times"), views: read(tally, "inViews") });

/** Rows of a list that is counted by how often its names happened, each name under `label`. */
function happenings<Label extends string>(reading: Reading, tree: "download" | "outbound" | "error", label: Label) {
	return rowsOf(
		sumByKey(reading, tree),
		(name, tally) => ({ [label]: name, ...happened(tally) }) as Record<Label, string> & Happened,
		byTimes,
	);
}

/** Pages on which something counted by a scalar happened. */
function pagesWith(reading: Reading, measure: "notFound" | "searches") {
	const pages = sumByKey(reading, "page").ranked(measure, (tally) => read(tally, measure));
	return pages.filter(({ size }) => size > 0).map(({ name, size }) => ({ page: name, views: size }));
}

export function outcomes(scope: Scope): Pick<Stats, "events" | "goals" | "funnels"> {
	/** Of a range, asked for once: goals and funnels are in the same cells. */
	const aimsOf = new Map<string, ReturnType<typeof readAims>>();
	function askAims(range: Span) {
		const key = `${range.from} ${range.to}`;
		const asked = aimsOf.get(key) ?? readAims(range);
		aimsOf.set(key, asked);
		return asked;
	}

	/** Tallies of goals and steps, and of the site. */
	async function readAims(range: Span) {
		const reading = await scope.read(["goal", "site"], range);
		const aims = sumByKey(reading, "goal");
		const site = sumByKey(reading, "site").get("") ?? nothing;
		return { answer: scope.answer(range, reading, aims.hiddenShare("reached")), aims, site };
	}

	return {
		async events(range) {
			const { limit } = range;
			const reading = await scope.read(["event", "event-property", "download", "outbound", "error", "page"], range);
			const sums = sumByKey(reading, "event");
			const properties = sumBelow(sumByKey(reading, "event-property"));
			const rows = rowsOf(sums, (event, tally) => eventRow(event, tally, properties.get(event)), byTimes);
			return {
				...scope.answer(range, reading, sums.hiddenShare("times")),
				...listed(rows, range),
				downloads: happenings(reading, "download", "file").slice(0, limit),
				outbound: happenings(reading, "outbound", "host").slice(0, limit),
				errors: happenings(reading, "error", "error").slice(0, limit),
				searches: pagesWith(reading, "searches").slice(0, limit),
				notFound: pagesWith(reading, "notFound").slice(0, limit),
			};
		},

		async goals(range) {
			const { answer, aims, site } = await askAims(range);
			const known = new Map(scope.site.settings.goals.map((goal) => [goal.name, goal]));
			const names = [...known.keys(), ...goalsIn(aims)];
			const tallies = new Map(names.map((name) => [name, aims.get(name) ?? nothing]));
			const rows = rowsOf(
				tallies,
				(name, tally) => goalRow(name, known.get(name), tally, site),
				({ reached }) => reached,
			);
			return { ...answer, ...listed(rows, range), visits: read(site, "entries") };
		},

		async funnels(range) {
			const { answer, aims, site } = await askAims(range);
			const rows = scope.site.settings.funnels.map(({ name, steps }) => ({
				funnel: name,
				steps: steps.map(({ kind, match }, i) => ({
					step: i + 1,
					kind,
					match,
					reached: read(aims.get(stepKey(name, i + 1)) ?? nothing, "reached"),
				})),
			}));
			return { ...answer, ...listed(rows, range), visits: read(site, "entries") };
		},
	};
}

function eventRow(event: string, tally: Counts, properties: Map<string, Counts> | undefined): EventRow {
	return {
		event,
		...happened(tally),
		properties: rowsOf(
			properties,
			(name, of) => {
				const [property = "", ...value] = name.split("=");
				return { property, value: value.join("="), ...happened(of) };
			},
			byTimes,
		),
	};
}

function goalRow(
	goal: string,
	settings: { kind: AimKind; match: string } | undefined,
	tally: Counts,
	site: Counts,
): GoalRow {
	const visits = read(site, "entries");
	const reached = read(tally, "reached");
	return {
		goal,
		kind: settings?.kind ?? null,
		match: settings?.match ?? null,
		reached,
		rate: visits === 0 ? null : reached / visits,
		bySpeed: speedBands.map((speed, band) => ({
			speed,
			visits: read(site, "entriesBySpeed", band),
			reached: read(tally, "reachedBySpeed", band),
		})),
	};
}
