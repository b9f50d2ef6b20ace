/**
 * The shapes of the figures: what the Stats API answers and the dashboard draws. Times are ms, CLS is a plain number. Leaves out
 * the answers that are lists of names (rows.ts) and what all of them are made of (shapes.ts).
 */
import * as v from "valibot";
import { vitals } from "../../schema/buckets.ts";
import { leavingMethods } from "../../schema/leaving.ts";
import { type Device, devices } from "../../schema/report.ts";
import { named, said } from "../../schema/words.ts";
import type {
	Channels,
	Countries,
	Devices,
	Elements,
	Events,
	Funnels,
	Goals,
	Grants,
	Hours,
	Resources,
	Responses,
} from "./rows.ts";

import {
	answer,
	channelName,
	count,
	date,
	each,
	interval,
	listOf,
	median,
	share,
	span,
	speedBands,
	times,
	vitalFigure,
} from "./shapes.ts";

export type * from "./rows.ts";
export type { Answer, MainFigures, SpeedBand, Times, VitalFigure } from "./shapes.ts";
export { speedBands } from "./shapes.ts";

const how = v.picklist(leavingMethods);
const leavingRow = named(
	"LeavingRow",
	v.object({
		how,
		count: said(count, "Page views left this way.", "Sidevisninger forlatt på denne måten."),
		exits: said(count, "Of these, the ones that ended the visit.", "De av disse som avsluttet besøket."),
	}),
);
export type LeavingRow = v.InferOutput<typeof leavingRow>;

const speedRow = named(
	"SpeedRow",
	v.object({
		speed: v.picklist(speedBands),
		visits: count,
		bounces: count,
		goals: said(
			v.nullable(count),
			"Goals reached, each at most once a visit; null with `device`, because goals are counted for the whole site only.",
			"Nådde mål, hvert høyst én gang per besøk; null med `device`, fordi mål bare telles for hele nettstedet.",
		),
	}),
);
export type SpeedRow = v.InferOutput<typeof speedRow>;

const coverage = named(
	"Coverage",
	said(
		v.object({
			loads: said(
				count,
				"Loads of the gate file: by everybody, bots and prefetching included; nothing else of them is known.",
				"Innlastinger av portfilen: av alle, også roboter og forhåndslasting; annet vet vi ikke om dem.",
			),
			views: said(
				count,
				"Page views with consent that began with a load, in the periods in which loads were counted.",
				"Sidevisninger med samtykke som begynte med en innlasting, i periodene der innlastinger ble telt.",
			),
			share: v.nullable(share),
		}),
		"Share of page loads with consent, where the site counts it (`coverage`). Read it as a lower bound of how many agree: robots and blocked or lost reports count as without consent, and whoever views many pages counts many times. It says nothing about how those who said no differ.",
		"Andelen sidelastinger med samtykke, der nettstedet teller det (`coverage`). Les den som en nedre grense for hvor mange som sier ja: roboter og blokkerte eller tapte rapporter teller som uten samtykke, og den som ser mange sider, teller mange ganger. Den sier ikke noe om hvordan de som sa nei, er annerledes.",
	),
);
export type Coverage = v.InferOutput<typeof coverage>;

const bounds = v.object({ low: count, high: count });
const summaryFigures = v.object({
	views: count,
	visits: count,
	visitors: said(count, "Distinct browsers in the range.", "Ulike nettlesere i perioden."),
	visitorsInterval: said(bounds, "Equal where exact.", "Like når tallet er nøyaktig."),
	visitorsBound: said(
		v.boolean(),
		"True where the range is longer than 31 periods: `visitors` is then an upper bound.",
		"Sann når spennet er lengre enn 31 perioder: `visitors` er da en øvre grense.",
	),
	bounces: count,
	apart: said(
		count,
		"Page views recorded without the purpose `visits`; in no other count.",
		"Sidevisninger registrert uten formålet `visits`; ikke med i noe annet tall.",
	),
	engagedMs: times,
	visibleMs: times,
	vitals: each(vitals, vitalFigure),
	leaving: v.array(leavingRow),
	newVisitors: said(
		bounds,
		"Browsers that were not here in the 31 periods before; equal where exact.",
		"Nettlesere som ikke var her i de 31 periodene før; like når tallet er nøyaktig.",
	),
	returningVisitors: said(bounds, "Browsers that were.", "Nettlesere som var det."),
	byIndex: said(
		v.array(v.object({ index: count, views: count })),
		"Page views by their number in the visit, so also visits of at least that many views; 20 stands for all later ones. Sealing moves small counts to a neighbour: sums stay exact.",
		"Sidevisninger etter nummer i besøket, altså også besøk med minst så mange visninger; 20 står for alle senere. Forsegling flytter små antall til naboen: summer forblir nøyaktige.",
	),
	bySpeed: said(
		v.array(speedRow),
		"Visits by the LCP of their entry page; sealing counts what is too rare among “unknown”.",
		"Besøk etter LCP på inngangssiden; forsegling teller det som er for sjeldent under «unknown».",
	),
	notFound: said(count, "Page views that answered 404.", "Sidevisninger som svarte 404."),
	searches: said(
		count,
		"Page views that show the result of a search on the site.",
		"Sidevisninger som viser et søk på nettstedet.",
	),
	rage: said(count, "Clicks in a burst on one place.", "Klikk i rask rekke på samme sted."),
	dead: said(count, "Clicks that changed nothing.", "Klikk som ikke endret noe."),
	afterError: said(count, "Clicks followed by an error.", "Klikk fulgt av en feil."),
	coverage: v.exactOptional(coverage),
	errors: said(
		v.nullable(count),
		"Errors nobody caught; null with `device`, because they are counted for the whole site only. A sealed period leaves out those that fewer than k browsers met.",
		"Feil ingen fanget; null med `device`, fordi de bare telles for hele nettstedet. En forseglet periode utelater dem som færre enn k nettlesere møtte.",
	),
});
export type SummaryFigures = v.InferOutput<typeof summaryFigures>;
export const summary = named(
	"Summary",
	v.object({
		...answer.entries,
		...summaryFigures.entries,
		compare: v.exactOptional(v.object({ ...summaryFigures.entries, ...span })),
	}),
);
export type Summary = v.InferOutput<typeof summary>;

/** A figure for each vital, named after it. */
function ofVitals<Suffix extends string, S extends v.GenericSchema>(suffix: Suffix, schema: S) {
	const names = vitals.map((vital) => `${vital}${suffix}` as const);
	return each(names, schema).entries;
}

const timelinePoint = named(
	"TimelinePoint",
	v.object({
		period: v.string(),
		date: said(date, "First local date of the period.", "Periodens første lokale dato."),
		views: count,
		visits: count,
		bounces: count,
		engagedMs: said(
			median,
			"Median; null below 30 in a sealed period.",
			"Median; null under 30 i en forseglet periode.",
		),
		...each(
			vitals,
			said(median, "p75; null below 30 in a sealed period.", "p75; null under 30 i en forseglet periode."),
		).entries,
		...ofVitals(
			"Interval",
			said(interval, "95 % interval of p75; null below 30.", "95 %-intervall for p75; null under 30."),
		),
		...ofVitals("N", said(count, "Number of measurements.", "Antall målinger.")),
		reached: v.exactOptional(
			said(
				v.nullable(count),
				"With `goal`: visits that reached it. Null in a closed period in which too few did to be told, none did, or it was not counted.",
				"Med `goal`: besøk som nådde det. Null i en lukket periode der for få nådde det til å vises, ingen gjorde det, eller det ikke ble talt.",
			),
		),
		provisional: v.boolean(),
	}),
);
export type TimelinePoint = v.InferOutput<typeof timelinePoint>;
const points = v.array(timelinePoint);
export const timeline = named(
	"Timeline",
	v.object({
		...answer.entries,
		goal: v.exactOptional(said(v.string(), "The goal that was asked for.", "Målet det ble spurt om.")),
		points,
		compare: v.exactOptional(v.object({ ...span, points })),
	}),
);
export type Timeline = v.InferOutput<typeof timeline>;

const pageRow = named(
	"PageRow",
	v.object({
		page: said(v.string(), "Cleaned path, or “(other)”.", "Renset sti, eller «(other)»."),
		views: count,
		entries: count,
		exits: count,
		exitsBy: said(
			v.object(each(leavingMethods, v.exactOptional(count)).entries),
			"Exits by leaving method; those that did not occur are left out.",
			"Utganger etter måte; de som ikke forekom, er utelatt.",
		),
		engagedMs: times,
		visibleMs: times,
		lcp: vitalFigure,
		inp: vitalFigure,
		cls: vitalFigure,
		trend: said(
			v.array(count),
			"Views per period of the range, in order.",
			"Visninger per periode i spennet, i rekkefølge.",
		),
	}),
);
export type PageRow = v.InferOutput<typeof pageRow>;
export const pages = named("Pages", listOf(pageRow));
export type Pages = v.InferOutput<typeof pages>;

export const flows = named(
	"Flows",
	v.object({
		...answer.entries,
		page: v.string(),
		views: count,
		from: said(
			v.array(v.union([v.object({ page: v.string(), count }), v.object({ channel: channelName, count })])),
			"Page of the visit before, or the channel a visit began with; sums to `views`.",
			"Forrige side i besøket, eller kanalen besøket begynte med; summen er `views`.",
		),
		to: said(
			v.array(v.object({ page: v.string(), count })),
			"Page of the visit after; with `left` it sums to `views`.",
			"Neste side i besøket; sammen med `left` er summen `views`.",
		),
		left: v.array(v.object({ how, count })),
	}),
);
export type Flows = v.InferOutput<typeof flows>;

export const leaving = named(
	"Leaving",
	v.object({
		...answer.entries,
		page: v.nullable(v.string()),
		rows: v.array(leavingRow),
		targets: said(
			v.nullable(v.array(v.object({ host: v.string(), views: count }))),
			"Where outbound links led; null with `page`, because targets are counted for the whole site only.",
			"Hvor utgående lenker førte; null med `page`, fordi mål utenfor bare telles for hele nettstedet.",
		),
	}),
);
export type Leaving = v.InferOutput<typeof leaving>;

const vitalDetail = named(
	"VitalDetail",
	v.object({
		...vitalFigure.entries,
		p50: median,
		p95: median,
		histogram: said(
			v.array(v.object({ from: v.number(), to: v.nullable(v.number()), count })),
			"Non-empty buckets, none below k measurements: above `from`, up to `to`; ms, CLS a plain number. `to` is null for the last.",
			"Søyler som ikke er tomme, ingen under k målinger: over `from`, til og med `to`; ms, CLS et rent tall. `to` er null for den siste.",
		),
	}),
);
export type VitalDetail = v.InferOutput<typeof vitalDetail>;
export const vitalsOfAll = named(
	"Vitals",
	v.object({
		...answer.entries,
		page: v.nullable(v.string()),
		device: v.nullable(v.picklist(devices)),
		vitals: each(vitals, vitalDetail),
	}),
);
export type Vitals = v.InferOutput<typeof vitalsOfAll>;

export interface Range {
	from: string;
	to: string;
	compare?: { from: string; to: string };
	device?: Device;
	page?: string;
	/** Name of a goal. */
	goal?: string;
	limit?: number;
	/** Rows to pass over. */
	offset?: number;
	/** Keys of the pages and elements that are wanted, whatever their place in the list: figures are worked out for these only. */
	only?: ReadonlySet<string>;
}

/** Everything the dashboard and the routes ask for; one instance per site and request. */
export interface Stats {
	summary(range: Range): Promise<Summary>;
	timeline(range: Range): Promise<Timeline>;
	pages(range: Range): Promise<Pages>;
	flows(range: Range & { page: string }): Promise<Flows>;
	leaving(range: Range): Promise<Leaving>;
	channels(range: Range): Promise<Channels>;
	countries(range: Range): Promise<Countries>;
	devices(range: Range): Promise<Devices>;
	hours(range: Range): Promise<Hours>;
	elements(range: Range): Promise<Elements>;
	events(range: Range): Promise<Events>;
	vitals(range: Range): Promise<Vitals>;
	responses(range: Range): Promise<Responses>;
	resources(range: Range): Promise<Resources>;
	goals(range: Range): Promise<Goals>;
	funnels(range: Range): Promise<Funnels>;
	grants(range: Range): Promise<Grants>;
}
