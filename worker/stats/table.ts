/**
 * The table of the Stats API's routes: what each takes, what it answers, and what it is in words. The routes themselves, their
 * refusals and their description are made from it, so a new kind of figures is one entry here.
 */
import type * as v from "valibot";
import type { Words } from "../../schema/words.ts";
import {
	type Answer,
	flows,
	leaving,
	pages,
	type Range,
	type Stats,
	summary,
	timeline,
	vitalsOfAll,
} from "./answers.ts";
import { comparing, withCompare } from "./compare.ts";
import type { Takes } from "./range.ts";
import {
	channels,
	countries,
	devicesOfAll,
	elements,
	events,
	funnels,
	goals,
	grants,
	hours,
	resources,
	responses,
} from "./rows.ts";

export interface FigureRoute extends Takes {
	/** Its answers have lists beside or inside their rows. */
	lists?: true;
	text: Words;
	/** Shape of what it answers. */
	shape: v.GenericSchema;
	answer(stats: Stats, range: Range): Promise<Answer>;
}

/** A route whose answer must have the shape that is described. */
function route<Shape extends v.GenericSchema<unknown, Answer>>(
	shape: Shape,
	en: string,
	nb: string,
	answer: (stats: Stats, range: Range) => Promise<v.InferOutput<Shape>>,
	takes: Takes & Pick<FigureRoute, "lists"> = {},
): FigureRoute {
	return { ...takes, text: { en, nb }, shape, answer };
}

/** A route that answers for the compared range as for its own. */
function compared<Shape extends v.GenericSchema<unknown, Answer> & { entries: v.ObjectEntries }>(
	shape: Shape,
	en: string,
	nb: string,
	answer: (stats: Stats, range: Range) => Promise<v.InferOutput<Shape>>,
	takes: Takes & Pick<FigureRoute, "lists"> = {},
): FigureRoute {
	const isCut = takes.offset === true;
	return route(withCompare(shape), en, nb, comparing(answer, isCut), { ...takes, compare: true });
}

export const figureRoutes: Record<string, FigureRoute> = {
	summary: route(
		summary,
		"The whole site, or one class of devices, in a range.",
		"Hele nettstedet, eller én type enheter, i et spenn.",
		(stats, range) => stats.summary(range),
		{ compare: true, device: true },
	),
	timeline: route(
		timeline,
		"A point for every period of the range, empty ones too; with `goal` also how many visits reached it.",
		"Et punkt for hver periode i spennet, også tomme; med `goal` også hvor mange besøk som nådde det.",
		(stats, range) => stats.timeline(range),
		{ compare: true, goal: true },
	),
	pages: compared(
		pages,
		"Pages, the most viewed first.",
		"Sider, de mest viste først.",
		(stats, range) => stats.pages(range),
		{ device: true, offset: true },
	),
	flows: compared(
		flows,
		"Where the views of a page came from, where they went, how they left. In = out = views.",
		"Hvor visningene av en side kom fra, hvor de gikk, og hvordan de sluttet. Inn = ut = visninger.",
		(stats, range) => stats.flows({ ...range, page: range.page ?? "" }),
		{ page: "required" },
	),
	leaving: compared(
		leaving,
		"How pages were left, and where outbound links led.",
		"Hvordan sider ble forlatt, og hvor utgående lenker førte.",
		(stats, range) => stats.leaving(range),
		{ lists: true, page: true },
	),
	channels: compared(
		channels,
		"Where visits come from: channels, referring hosts and campaigns.",
		"Hvor besøk kommer fra: kanaler, henvisende verter og kampanjer.",
		(stats, range) => stats.channels(range),
		{ lists: true, offset: true },
	),
	countries: compared(
		countries,
		"Countries and languages.",
		"Land og språk.",
		(stats, range) => stats.countries(range),
		{
			lists: true,
			offset: true,
		},
	),
	devices: compared(
		devicesOfAll,
		"Classes of devices, their browsers, and operating systems.",
		"Typer enheter, nettleserne på dem, og operativsystemer.",
		(stats, range) => stats.devices(range),
		{ lists: true, offset: true },
	),
	hours: compared(
		hours,
		"The hours of the week in which visits began.",
		"Timene i uken da besøk begynte.",
		(stats, range) => stats.hours(range),
		{ offset: true },
	),
	elements: compared(
		elements,
		"What is clicked on, forms, and how far down pages are read.",
		"Det som klikkes på, skjemaer, og hvor langt ned sider leses.",
		(stats, range) => stats.elements(range),
		{ lists: true, page: true, offset: true },
	),
	events: compared(
		events,
		"Events of the site's own, downloads, links out, errors, searches and missing pages.",
		"Nettstedets egne hendelser, nedlastinger, lenker ut, feil, søk og sider som mangler.",
		(stats, range) => stats.events(range),
		{ lists: true, offset: true },
	),
	vitals: compared(
		vitalsOfAll,
		"Web vitals with their distribution.",
		"Web vitals med fordeling.",
		(stats, range) => stats.vitals(range),
		{ lists: true, page: true, device: true },
	),
	responses: compared(
		responses,
		"The phases of loads and answers.",
		"Fasene i innlastinger og svar.",
		(stats, range) => stats.responses(range),
		{ lists: true, offset: true },
	),
	resources: compared(
		resources,
		"Requests to the site's own API and to third parties, the costliest first.",
		"Forespørsler til nettstedets eget API og til tredjeparter, de dyreste først.",
		(stats, range) => stats.resources(range),
		{ offset: true },
	),
	goals: compared(
		goals,
		"Goals, and by how fast the visit's first page was.",
		"Mål, også etter hvor rask besøkets første side var.",
		(stats, range) => stats.goals(range),
		{ offset: true },
	),
	funnels: compared(
		funnels,
		"Funnels, with the visits that reached each step.",
		"Trakter, med besøkene som nådde hvert steg.",
		(stats, range) => stats.funnels(range),
		{ lists: true, offset: true },
	),
	grants: route(
		grants,
		"Grants by version of the notice, what asked, and period: the newest period first.",
		"Samtykker etter versjon av personvernteksten, det som spurte, og periode: den nyeste perioden først.",
		(stats, range) => stats.grants(range),
		{ offset: true },
	),
};
