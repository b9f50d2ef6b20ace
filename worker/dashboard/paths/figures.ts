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
	/** The same of the comparison's range: the flows of the same pages. */
	flowsBefore: Flows[] | undefined;
	leavingBefore: Leaving | undefined;
	devices: Devices;
}

export async function gatherPaths(stats: Stats, view: View): Promise<PathFigures> {
	const plain = plainRange(view);
	const rows = { limit: maxPageRows };
	const all = stats.pages({ ...plain, ...rows });
	const flows = all.then((everyPage) => flowsOf(stats, view, everyPage));
	const [everyPage, pages, pagesBefore, { flow, stepped, flowsBefore }, leaving, leavingBefore, devices] =
		await Promise.all([
			all,
			view.device ? stats.pages(onDevice(view, { ...plain, ...rows })) : all,
			view.compare && stats.pages(onDevice(view, { ...plainRange(view.compare), ...rows })),
			flows,
			stats.leaving(plain),
			view.compare && stats.leaving(plainRange(view.compare)),
			stats.devices(plain),
		]);
	return { everyPage, pages, pagesBefore, flow, stepped, flowsBefore, leaving, leavingBefore, devices };
}

async function flowsOf(
	stats: Stats,
	view: View,
	{ rows }: Pages,
): Promise<Pick<PathFigures, "flow" | "stepped" | "flowsBefore">> {
	const top = rows.filter(({ page }) => page !== otherName).slice(0, steppedPages);
	const middle = view.page ?? top[0]?.page;
	const asked = [...new Set([...top.map(({ page }) => page), ...(middle === undefined ? [] : [middle])])];
	const ask = (span: Pick<View, "from" | "to">) =>
		Promise.all(asked.map((page) => stats.flows({ ...plainRange(span), page })));
	const [now, flowsBefore] = await Promise.all([ask(view), view.compare && ask(view.compare)]);
	const flows = now.find(({ page }) => page === middle);
	const row = rows.find(({ page }) => page === middle);
	return { flow: flows && { flows, row }, stepped: now.slice(0, top.length), flowsBefore };
}
