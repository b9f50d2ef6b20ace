/** The table of a partner's routes: what each answers, the groups it needs, and what it is in words. Routes and description are made from it. */
import type * as v from "valibot";
import type { ReleaseGroup } from "../../schema/release.ts";
import type { Words } from "../../schema/words.ts";
import {
	type ReleaseAnswer,
	releaseChannels,
	releaseCountries,
	releaseDevices,
	releaseDwell,
	releasePages,
	releaseSummary,
	releaseTimeline,
	releaseVitals,
} from "./answers.ts";
import {
	type Asked,
	channelsOf,
	countriesOf,
	devicesOf,
	dwellOf,
	pagesOf,
	releasedVitals,
	summaryOf,
	timelineOf,
	vitalsOf,
} from "./figures.ts";

export interface ReleaseRoute {
	text: Words;
	/** It is there where the release has one of these. */
	groups: readonly ReleaseGroup[];
	shape: v.GenericSchema;
	answer(asked: Asked): Promise<ReleaseAnswer>;
}

/** A route whose answer must have the shape that is described. */
function route<Shape extends v.GenericSchema<unknown, ReleaseAnswer>>(
	shape: Shape,
	groups: readonly ReleaseGroup[],
	en: string,
	nb: string,
	answer: (asked: Asked) => Promise<v.InferOutput<Shape>>,
): ReleaseRoute {
	return { shape, groups, text: { en, nb }, answer };
}

export const releaseRoutes: Record<string, ReleaseRoute> = {
	summary: route(
		releaseSummary,
		["site"],
		"Visitors of a release, beside as many periods before.",
		"Besøkende i en frigivelse, ved siden av like mange perioder før.",
		summaryOf,
	),
	timeline: route(
		releaseTimeline,
		["site"],
		"Visitors, period by period and by whole weeks.",
		"Besøkende, periode for periode og i hele uker.",
		timelineOf,
	),
	pages: route(releasePages, ["page"], "Visitors by page.", "Besøkende per side.", pagesOf),
	dwell: route(releaseDwell, ["dwell"], "Engaged time by page.", "Aktiv tid per side.", dwellOf),
	channels: route(
		releaseChannels,
		["channel"],
		"Visitors by the channel they came from.",
		"Besøkende etter kanalen de kom fra.",
		channelsOf,
	),
	devices: route(releaseDevices, ["device"], "Visitors by class of device.", "Besøkende etter type enhet.", devicesOf),
	countries: route(releaseCountries, ["country"], "Visitors by country.", "Besøkende etter land.", countriesOf),
	vitals: route(
		releaseVitals,
		releasedVitals,
		"Web vitals of the site, as counts of browsers.",
		"Web vitals for nettstedet, som antall nettlesere.",
		vitalsOf,
	),
};
