/** What a saved view is: a page of figures and its canonical query, whatever was sent; and what it shows, in words. */

import type { Language } from "../format.ts";
import { makeFrame, messagesOf } from "../frame.ts";
import { linkTo, parseView } from "../range.ts";
import type { Section } from "../section.tsx";
import type { SectionName } from "../section-paths.ts";
import { sections } from "../sections.ts";

export interface ViewAddress {
	section: SectionName;
	query: string;
}

const sectionCalled = (name: string): Section | undefined => sections.find((section) => section.name === name);

/** Nothing but what the page itself would make of the query: what is unknown is left out, and so is the language. */
export function canonicalView(name: string, query: string, today: string): ViewAddress | undefined {
	const section = sectionCalled(name);
	if (!section) return undefined;
	const { language: _, ...view } = parseView(new URLSearchParams(query), today, section.parameters);
	return { section: section.name, query: linkTo(view).slice(1) };
}

/** Range, comparison and filters: "Last 7 days, vs previous period, Phone, /prices". */
export function viewText({ section: name, query }: ViewAddress, language: Language, today: string): string {
	const section = sectionCalled(name);
	const frame = makeFrame(parseView(new URLSearchParams(query), today, section?.parameters), language);
	const { view, format } = frame;
	const text = messagesOf(language);
	return [
		view.span === "egen" ? format.dates(view.from, view.to) : text.spans[view.span],
		text.comparisons[view.comparison],
		view.device && text.devices[view.device],
		view.page,
		...(section?.chips?.(frame).map(({ name, value }) => `${name}: ${value}`) ?? []),
	]
		.filter(Boolean)
		.join(", ");
}
