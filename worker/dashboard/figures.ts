/** Decides which range a page shows, and asks Stats for what pages share and what the overview shows. Leaves out drawing. */

import type { Vital } from "../../schema/buckets.ts";
import { addDays } from "../../schema/period.ts";
import { otherName } from "../../schema/tree-rules.ts";
import type {
	Channels,
	Devices,
	Elements,
	Flows,
	Hours,
	PageRow,
	Pages,
	Range,
	Stats,
	Summary,
	SummaryFigures,
	Timeline,
	VitalFigure,
	Vitals,
} from "../stats/answers.ts";
import { type OwnParameters, parseView, type View, viewOfToday } from "./range.ts";

/** Pages fetched at most: enough for the table and for the flow's lists. */
export const maxPageRows = 500;
const elementRows = 6;
/** A single day is drawn with the days that lead up to it. */
const leadDays = 13;

export interface Figures {
	view: View;
	summary: Summary;
	timeline: Timeline;
	vitals: Vitals;
	/** The vitals of the comparison's range, for the same page and device. */
	vitalsBefore: Record<Vital, VitalFigure> | undefined;
	pages: Pages;
	/** The page in the middle of the flow; its row is of all devices. */
	flow: { flows: Flows; row: PageRow | undefined } | undefined;
	channels: Channels;
	channelsBefore: Channels | undefined;
	devices: Devices;
	devicesBefore: Devices | undefined;
	elements: Elements;
	hours: Hours;
	/** Views of a page over all devices, for the shares of its elements. */
	viewsOf: Map<string, number>;
}

/** What there is to show: figures, nothing in this range, or a site that has never been visited. */
export interface Begun {
	kind: "figures" | "nothing" | "first-run";
	view: View;
	today: Summary;
	/** Of the view; blank where there are no figures. */
	summary: Summary;
}

function isBlank(figures: SummaryFigures): boolean {
	return figures.views === 0 && figures.apart === 0;
}

/** Decides which range is shown, and fetches its summary. */
export async function begin(
	stats: Stats,
	query: URLSearchParams,
	today: string,
	parameters?: OwnParameters,
): Promise<Begun> {
	let view = parseView(query, today, parameters);
	const todays = stats.summary({ from: today, to: today });
	let summary = await stats.summary(onDevice(view, comparedRange(view)));
	const todaySummary = await todays;
	if (isBlank(summary) && !view.chosen) {
		const before = view;
		view = viewOfToday(view, today);
		summary = view.device ? await stats.summary(onDevice(view, comparedRange(view))) : todaySummary;
		if (isBlank(todaySummary)) return { kind: "first-run", view: before, today: todaySummary, summary };
	}
	return { kind: isBlank(summary) ? "nothing" : "figures", view, today: todaySummary, summary };
}

/** The range of a view, for one question of Stats. */
export function plainRange({ from, to }: Pick<View, "from" | "to">): Range {
	return { from, to };
}

export function comparedRange(view: View): Range {
	return { ...plainRange(view), ...(view.compare ? { compare: view.compare } : {}) };
}

export function onDevice(view: View, range: Range): Range {
	return view.device ? { ...range, device: view.device } : range;
}

export function onPage(view: View, range: Range): Range {
	return view.page ? { ...range, page: view.page } : range;
}

/** The dates of a view's timeline: a single day comes with the days that lead up to it. */
export function timelineSpan({ from, to }: Pick<View, "from" | "to">): { from: string; to: string } {
	return { from: from === to ? addDays(from, -leadDays) : from, to };
}

/** A timeline of the whole site; of one goal too, where there is one of that name. */
export function askTimeline(stats: Stats, view: View, goal?: string): Promise<Timeline> {
	const range = view.from === view.to ? timelineSpan(view) : comparedRange(view);
	return stats.timeline(goal === undefined ? range : { ...range, goal });
}

/** The vitals of a view's page and device, and those of the range it is compared with. */
export async function askVitals(
	stats: Stats,
	view: View,
	summary: Summary,
): Promise<{ vitals: Vitals; vitalsBefore: Record<Vital, VitalFigure> | undefined }> {
	const { page, compare } = view;
	const ask = (span: Pick<View, "from" | "to">) => stats.vitals(onPage(view, onDevice(view, plainRange(span))));
	const [vitals, before] = await Promise.all([ask(view), page && compare ? ask(compare) : undefined]);
	return { vitals, vitalsBefore: page ? before?.vitals : summary.compare?.vitals };
}

/** `about`: what the overview is about, if not visits as a whole. */
export async function gatherPanels(
	stats: Stats,
	view: View,
	summary: Summary,
	about: { goal?: string; page?: string | undefined } = {},
): Promise<Figures> {
	const plain = plainRange(view);
	const allPages = stats.pages({ ...plain, limit: maxPageRows });
	const flow = allPages.then(async ({ rows }) => {
		const centre = rows.find((row) => row.page === about.page) ?? rows.find((row) => row.page !== otherName);
		const page = view.page ?? centre?.page;
		if (!page) return undefined;
		const flows = await stats.flows({ ...plain, page });
		return { flows, row: rows.find((row) => row.page === page) };
	});
	const before = view.compare && plainRange(view.compare);
	const [
		timeline,
		vitals,
		pages,
		everyPage,
		flowFigures,
		channels,
		channelsBefore,
		devices,
		devicesBefore,
		elements,
		hours,
	] = await Promise.all([
		askTimeline(stats, view, about.goal),
		askVitals(stats, view, summary),
		view.device ? stats.pages(onDevice(view, { ...plain, limit: maxPageRows })) : allPages,
		allPages,
		flow,
		stats.channels(plain),
		before && stats.channels(before),
		stats.devices(plain),
		before && stats.devices(before),
		stats.elements(onPage(view, { ...plain, limit: elementRows })),
		stats.hours(plain),
	]);
	return {
		view,
		summary,
		timeline,
		...vitals,
		pages,
		flow: flowFigures,
		channels,
		channelsBefore,
		devices,
		devicesBefore,
		elements,
		hours,
		viewsOf: new Map(everyPage.rows.map((row) => [row.page, row.views])),
	};
}
