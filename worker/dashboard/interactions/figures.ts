/** Asks Stats for everything the page about interactions shows. Leaves out drawing. */
import type { Elements, Events, Pages, Stats } from "../../stats/answers.ts";
import { maxPageRows, onPage, plainRange } from "../figures.ts";
import type { View } from "../range.ts";

/** Elements fetched at most, the most clicked first. */
export const maxElementRows = 500;

export interface InteractionFigures {
	elements: Elements;
	elementsBefore: Elements | undefined;
	pages: Pages;
	pagesBefore: Pages | undefined;
	events: Events;
	eventsBefore: Events | undefined;
}

/** None of these can be asked for one device: what is clicked, filled in and said is not counted by device. */
export async function gatherInteractions(stats: Stats, view: View): Promise<InteractionFigures> {
	const askElements = (span: Pick<View, "from" | "to">) =>
		stats.elements(onPage(view, { ...plainRange(span), limit: maxElementRows }));
	const askPages = (span: Pick<View, "from" | "to">) => stats.pages({ ...plainRange(span), limit: maxPageRows });
	const [elements, elementsBefore, pages, pagesBefore, events, eventsBefore] = await Promise.all([
		askElements(view),
		view.compare && askElements(view.compare),
		askPages(view),
		view.compare && askPages(view.compare),
		stats.events(plainRange(view)),
		view.compare && stats.events(plainRange(view.compare)),
	]);
	return { elements, elementsBefore, pages, pagesBefore, events, eventsBefore };
}
