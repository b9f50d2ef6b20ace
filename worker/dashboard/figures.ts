/** Asks Stats for everything one overview shows, and decides which range that is. Leaves out drawing. */

import type { Vital } from "../../schema/buckets.ts";
import { addDays } from "../../schema/period.ts";
import { otherName } from "../../schema/tree-rules.ts";
import type {
	Channels,
	Devices,
	Elements,
	Flows,
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
import { parseView, type View, viewOfToday } from "./range.ts";

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
	devices: Devices;
	elements: Elements;
	/** Views of a page over all devices, for the shares of its elements. */
	viewsOf: Map<string, number>;
}

/** What there is to show: figures, nothing in this range, or a site that has never been visited. */
export type Gathered =
	| { kind: "figures"; view: View; today: Summary; figures: Figures }
	| { kind: "nothing" | "first-run"; view: View; today: Summary };

function isBlank(figures: SummaryFigures): boolean {
	return figures.views === 0 && figures.apart === 0;
}

export async function gatherFigures(stats: Stats, query: URLSearchParams, today: string): Promise<Gathered> {
	let view = parseView(query, today);
	const withDevice = (range: Range): Range => (view.device ? { ...range, device: view.device } : range);
	const todays = stats.summary({ from: today, to: today });
	let summary = await stats.summary(withDevice(rangeOf(view)));
	const todaySummary = await todays;
	if (isBlank(summary) && !view.chosen) {
		const before = view;
		view = viewOfToday(view, today);
		summary = view.device ? await stats.summary(withDevice(rangeOf(view))) : todaySummary;
		if (isBlank(todaySummary)) return { kind: "first-run", view: before, today: todaySummary };
	}
	if (isBlank(summary)) return { kind: "nothing", view, today: todaySummary };
	const figures = await gatherPanels(stats, view, summary, withDevice);
	return { kind: "figures", view, today: todaySummary, figures };
}

function rangeOf(view: View): Range {
	return { from: view.from, to: view.to, ...(view.compare ? { compare: view.compare } : {}) };
}

async function gatherPanels(
	stats: Stats,
	view: View,
	summary: Summary,
	withDevice: (range: Range) => Range,
): Promise<Figures> {
	const plain: Range = { from: view.from, to: view.to };
	const onPage = (range: Range): Range => (view.page ? { ...range, page: view.page } : range);
	const allPages = stats.pages({ ...plain, limit: maxPageRows });
	const flow = allPages.then(async ({ rows }) => {
		const page = view.page ?? rows.find((row) => row.page !== otherName)?.page;
		if (!page) return undefined;
		const flows = await stats.flows({ ...plain, page });
		return { flows, row: rows.find((row) => row.page === page) };
	});
	const [timeline, vitals, vitalsBefore, pages, everyPage, flowFigures, channels, devices, elements] =
		await Promise.all([
			stats.timeline(view.from === view.to ? { from: addDays(view.from, -leadDays), to: view.to } : rangeOf(view)),
			stats.vitals(onPage(withDevice(plain))),
			view.page && view.compare
				? stats
						.vitals(onPage(withDevice({ from: view.compare.from, to: view.compare.to })))
						.then((answer) => answer.vitals)
				: summary.compare?.vitals,
			view.device ? stats.pages(withDevice({ ...plain, limit: maxPageRows })) : allPages,
			allPages,
			flow,
			stats.channels(plain),
			stats.devices(plain),
			stats.elements(onPage({ ...plain, limit: elementRows })),
		]);
	return {
		view,
		summary,
		timeline,
		vitals,
		vitalsBefore,
		pages,
		flow: flowFigures,
		channels,
		devices,
		elements,
		viewsOf: new Map(everyPage.rows.map((row) => [row.page, row.views])),
	};
}
