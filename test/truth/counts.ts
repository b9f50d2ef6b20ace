/**
 * What is compared: each count as the script's log has it and as the Stats API answers it. A further count is one line.
 * Leaves out: dwell, which has a tolerance.
 */
import type { Flows, Leaving, Pages, Summary } from "../../worker/stats/answers.ts";
import type { Channels, Devices, Elements, Events } from "../../worker/stats/rows.ts";
import type { EngineName } from "../support/engines/index.ts";
import { type Driven, isToldRight } from "./lanes.ts";
import { event, failure, file, formOf } from "./pages.ts";
import type { ViewLog, VisitLog } from "./visit-log.ts";

/** What the Stats API answered. */
export interface Figures {
	summary: Summary;
	pages: Pages;
	elements: Elements;
	channels: Channels;
	events: Events;
	devices: Devices;
	/** By page. */
	flows: Map<string, Flows>;
	leaving: Map<string, Leaving>;
}

export type Tallied = Record<string, number>;

/** What was done, with what the engine decides. */
export interface Facts {
	visits: VisitLog[];
	views: ViewLog[];
	/** What readers are told of how it was left. */
	told(view: ViewLog): string;
	/** Whether the engine tells pages enough of navigations to call a click dead. */
	judgesClicks: boolean;
	/** The views with which visits ended. */
	last: Set<ViewLog>;
}

export function factsOf(engine: EngineName, driven: readonly Driven[]): Facts {
	const visits = driven.map(({ log }) => log);
	const last = new Set(visits.flatMap(({ views }) => views.slice(-1)));
	// Where an engine can only sometimes tell, the report chooses between the truth and `unknown`, and nothing else.
	const chosen = new Map<ViewLog, string>();
	for (const { log, reports } of driven) {
		for (const [index, view] of log.views.entries()) {
			const told = isToldRight(engine, view, reports[index]) ? reports[index]?.leaving?.how : undefined;
			chosen.set(view, told ?? view.how);
		}
	}
	return {
		visits,
		views: visits.flatMap(({ views }) => views),
		judgesClicks: engine !== "webkit",
		// A view of which nothing more was heard may go on: readers are told so for half an hour.
		told: (view) => (view.how === "lost" && last.has(view) ? "unknown" : (chosen.get(view) ?? view.how)),
		last,
	};
}

function tally<T>(items: Iterable<T>, entry: (item: T) => [string, number]): Tallied {
	const counts: Tallied = {};
	for (const [name, n] of [...items].map(entry)) if (n > 0) counts[name] = (counts[name] ?? 0) + n;
	return counts;
}
const countBy = <T>(items: Iterable<T>, nameOf: (item: T) => string) => tally(items, (item) => [nameOf(item), 1]);
const rows = ({ pages }: Figures) => pages.rows;
const flowRows = ({ flows }: Figures) => [...flows.values()];
const exits = ({ views, last }: Facts) => views.filter((view) => last.has(view));

interface Count {
	log(facts: Facts): Tallied;
	api(figures: Figures): Tallied;
}

const forms = ["bestill", "sok"].map(formOf);
const times = (views: readonly ViewLog[], name: string) =>
	views.reduce((sum, { happened }) => sum + (happened[name] ?? 0), 0);

/** What the log notes under `noted` and the API lists under `name`. */
const happening = (
	title: string,
	noted: string,
	name: string,
	list: (figures: Figures) => { name: string; times: number }[],
): Record<string, Count> => ({
	[title]: {
		log: ({ views }) => ({ [name]: times(views, noted) }),
		api: (figures) => tally(list(figures), (row) => [row.name, row.times]),
	},
});

export const counts: Record<string, Count> = {
	totals: {
		log: ({ views, visits }) => ({
			views: views.length,
			visits: visits.length,
			visitors: visits.length,
			bounces: visits.filter((visit) => visit.views.length === 1).length,
			apart: 0,
		}),
		api: ({ summary: { views, visits, visitors, bounces, apart } }) => ({ views, visits, visitors, bounces, apart }),
	},
	views: {
		log: ({ views }) => countBy(views, ({ page }) => page),
		api: (figures) => tally(rows(figures), (row) => [row.page, row.views]),
	},
	entries: {
		log: ({ visits }) => countBy(visits, ({ views }) => views[0]?.page ?? ""),
		api: (figures) => tally(rows(figures), (row) => [row.page, row.entries]),
	},
	exits: {
		log: (facts) => countBy(exits(facts), ({ page }) => page),
		api: (figures) => tally(rows(figures), (row) => [row.page, row.exits]),
	},
	"exits by method": {
		log: (facts) => countBy(exits(facts), (view) => `${view.page} ${facts.told(view)}`),
		api: (figures) =>
			tally(
				rows(figures).flatMap(({ page, exitsBy }) => Object.entries(exitsBy).map(([how, n]) => ({ page, how, n }))),
				({ page, how, n }) => [`${page} ${how}`, n],
			),
	},
	"leaving by page and method": {
		log: ({ views, told }) => countBy(views, (view) => `${view.page} ${told(view)}`),
		api: ({ leaving }) =>
			tally(
				[...leaving].flatMap(([page, answer]) => answer.rows.map((row) => ({ page, ...row }))),
				({ page, how, count }) => [`${page} ${how}`, count],
			),
	},
	"leaving of the site": {
		log: ({ views, told }) => countBy(views, told),
		api: ({ summary }) => tally(summary.leaving, ({ how, count }) => [how, count]),
	},
	"flows, from page to page": {
		log: ({ views }) =>
			countBy(
				views.filter(({ before }) => before),
				({ before, page }) => `${before} → ${page}`,
			),
		api: (figures) =>
			tally(
				flowRows(figures).flatMap(({ page, to }) => to.map((row) => ({ from: page, ...row }))),
				({ from, page, count }) => [`${from} → ${page}`, count],
			),
	},
	"flows, as seen from where they lead": {
		log: ({ views }) => countBy(views, ({ before, page }) => `${before ?? "direct"} → ${page}`),
		api: (figures) =>
			tally(
				flowRows(figures).flatMap(({ page, from }) => from.map((row) => ({ to: page, ...row }))),
				(row) => [`${"page" in row ? row.page : row.channel} → ${row.to}`, row.count],
			),
	},
	"flows balance": {
		log: ({ views }) => tally(views, ({ page }) => [page, 2]),
		api: (figures) => {
			const sum = (list: { count: number }[]) => list.reduce((total, { count }) => total + count, 0);
			return tally(flowRows(figures), ({ page, from, to, left }) => [page, sum(from) + sum(to) + sum(left)]);
		},
	},
	"clicks by element": {
		log: ({ views }) =>
			tally(
				views.flatMap(({ page, clicks }) => Object.entries(clicks).map(([element, n]) => ({ page, element, n }))),
				({ page, element, n }) => [`${page} ${element}`, n],
			),
		api: ({ elements }) => tally(elements.rows, ({ page, element, clicks }) => [`${page} ${element}`, clicks]),
	},
	...happening("events", "event", event.name, ({ events }) => events.rows.map((row) => ({ name: row.event, ...row }))),
	...happening("event properties", "event", `farge=${event.color}`, ({ events }) =>
		events.rows
			.flatMap(({ properties }) => properties)
			.map((row) => ({ name: `${row.property}=${row.value}`, times: row.times })),
	),
	...happening("errors", "error", failure, ({ events }) => events.errors.map((row) => ({ name: row.error, ...row }))),
	...happening("downloads", "download", file, ({ events }) =>
		events.downloads.map((row) => ({ name: row.file, ...row })),
	),
	...happening("outbound links", "outbound", "localhost", ({ events }) =>
		events.outbound.map((row) => ({ name: row.host, ...row })),
	),
	"signs of frustration": {
		log: ({ views, judgesClicks }) => ({
			rage: times(views, "rage"),
			dead: judgesClicks ? times(views, "dead") : 0,
			"after an error": times(views, "error"),
		}),
		api: ({ summary: { rage, dead, afterError } }) => ({ rage, dead, "after an error": afterError }),
	},
	"forms begun, submitted, given up": {
		log: ({ views }) =>
			tally(
				views.flatMap(({ page, happened }) =>
					forms
						.filter((form) => happened[`begun ${form}`])
						.flatMap((form) => [
							`${page} ${form} begun`,
							`${page} ${form} ${happened[`submitted ${form}`] ? "submitted" : "given up"}`,
						]),
				),
				(name) => [name, 1],
			),
		api: ({ elements }) =>
			tally(
				elements.forms.flatMap(({ page, form, started, submitted, abandoned }) =>
					Object.entries({ begun: started, submitted, "given up": abandoned }).map(([what, n]) => ({
						name: `${page} ${form} ${what}`,
						n,
					})),
				),
				({ name, n }) => [name, n],
			),
	},
	"scroll tenths": {
		log: ({ views }) => countBy(views, ({ tenth }) => `${tenth}`),
		api: ({ elements }) => tally(elements.scroll, ({ tenth, views }) => [`${tenth}`, views]),
	},
	"views by their number in the visit": {
		log: ({ visits }) =>
			countBy(
				visits.flatMap(({ views }) => views.map((_, index) => index + 1)),
				String,
			),
		api: ({ summary }) => tally(summary.byIndex, ({ index, views }) => [`${index}`, views]),
	},
	channels: {
		log: ({ visits }) => ({ direct: visits.length }),
		api: ({ channels }) => tally(channels.rows, ({ channel, visits }) => [channel, visits]),
	},
	devices: {
		log: ({ views }) => ({ desktop: views.length }),
		api: ({ devices }) => tally(devices.rows, ({ device, views }) => [device, views]),
	},
};
