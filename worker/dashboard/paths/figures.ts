/** Asks Stats for everything the page about paths shows. Leaves out drawing. */
import { otherName } from "../../../schema/tree-rules.ts";
import type { Devices, Flows, Leaving, PageRow, Pages, Stats } from "../../stats/answers.ts";
import { maxPageRows, onDevice, plainRange } from "../figures.ts";
import type { View } from "../range.ts";

/** The flows of this many pages are asked for to find the most common steps. */
const steppedPages = 4;

export interface PathFigures {
	/** All devices: what the flow and the steps are of. */
	everyPage: Pages;
	/** Of the view's device: what entries and exits are of. */
	pages: Pages;
	pagesBefore: Pages | undefined;
	/** The page in the middle. */
	flow: { flows: Flows; row: PageRow | undefined } | undefined;
	/** Flows of the most viewed pages. */
	stepped: Flows[];
	leaving: Leaving;
	devices: Devices;
}

export async function gatherPaths(stats: Stats, view: View): Promise<PathFigures> {
	const plain = plainRange(view);
	const rows = { limit: maxPageRows };
	const all = stats.pages({ ...plain, ...rows });
	const flows = all.then((everyPage) => flowsOf(stats, view, everyPage));
	const [everyPage, pages, pagesBefore, { flow, stepped }, leaving, devices] = await Promise.all([
		all,
		view.device ? stats.pages(onDevice(view, { ...plain, ...rows })) : all,
		view.compare && stats.pages(onDevice(view, { ...plainRange(view.compare), ...rows })),
		flows,
		stats.leaving(plain),
		stats.devices(plain),
	]);
	return { everyPage, pages, pagesBefore, flow, stepped, leaving, devices };
}

async function flowsOf(stats: Stats, view: View, { rows }: Pages): Promise<Pick<PathFigures, "flow" | "stepped">> {
	const top = rows.filter(({ page }) => page !== otherName).slice(0, steppedPages);
	const ask = (page: string) => stats.flows({ ...plainRange(view), page });
	const middle = view.page ?? top[0]?.page;
	const [stepped, other] = await Promise.all([
		Promise.all(top.map(({ page }) => ask(page))),
		middle === undefined || top.some(({ page }) => page === middle) ? undefined : ask(middle),
	]);
	const flows = other ?? stepped.find(({ page }) => page === middle);
	return { flow: flows && { flows, row: rows.find(({ page }) => page === middle) }, stepped };
}
