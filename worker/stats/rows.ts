/** The shapes of the answers that are lists of names, with the lists inside them. Leaves out what all answers share (shapes.ts). */
import * as v from "valibot";
import { devices } from "../../schema/report.ts";
import { aimKinds } from "../../schema/site.ts";
import { otherName } from "../../schema/tree-rules.ts";
import { named, said } from "../../schema/words.ts";
import {
	channelName,
	count,
	date,
	each,
	listOf,
	mainFigures,
	share,
	speedBands,
	times,
	vitalFigure,
} from "./shapes.ts";

const text = v.string();

/** A name and the main figures. */
const withMain = <Label extends string>(label: Label) =>
	v.object({ ...each([label], text).entries, ...mainFigures.entries });

const channelRow = named(
	"ChannelRow",
	v.object({
		channel: channelName,
		visits: count,
		bounces: count,
		referrers: v.array(v.object({ host: text, visits: count })),
		campaigns: v.array(withMain("campaign")),
	}),
);
export type ChannelRow = v.InferOutput<typeof channelRow>;
export const channels = named("Channels", listOf(channelRow));
export type Channels = v.InferOutput<typeof channels>;

export const countries = named(
	"Countries",
	v.object({ ...listOf(withMain("country")).entries, languages: v.array(withMain("language")) }),
);
export type Countries = v.InferOutput<typeof countries>;

const deviceRow = named(
	"DeviceRow",
	v.object({
		device: v.picklist([...devices, otherName]),
		views: count,
		visits: count,
		engagedMs: times,
		lcp: vitalFigure,
		inp: vitalFigure,
		cls: vitalFigure,
		browsers: v.array(withMain("browser")),
	}),
);
export type DeviceRow = v.InferOutput<typeof deviceRow>;
export const devicesOfAll = named(
	"Devices",
	v.object({ ...listOf(deviceRow).entries, systems: v.array(withMain("os")) }),
);
export type Devices = v.InferOutput<typeof devicesOfAll>;

export const hours = named(
	"Hours",
	listOf(
		v.object({
			hour: said(
				v.nullable(v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(167))),
				"Hour of the week in which the visit began, site's time zone, 0 = Monday 00–01; null for the hours folded together.",
				"Timen i uken da besøket begynte, i nettstedets tidssone, 0 = mandag 00–01; null for timene som er slått sammen.",
			),
			...mainFigures.entries,
		}),
	),
);
export type Hours = v.InferOutput<typeof hours>;

const elementRow = named(
	"ElementRow",
	v.object({
		page: text,
		element: text,
		clicks: count,
		views: said(count, "Page views with at least one click on it.", "Sidevisninger med minst ett klikk på det."),
		rage: said(count, "Clicks in a burst on it.", "Klikk i rask rekke på det."),
		dead: said(count, "Clicks on it that changed nothing.", "Klikk på det som ikke endret noe."),
		afterError: said(count, "Clicks on it followed by an error.", "Klikk på det fulgt av en feil."),
		lcp: said(
			vitalFigure,
			"LCP of the page views in which it was painted largest.",
			"LCP for sidevisningene der det var det største som ble tegnet.",
		),
		inp: said(
			vitalFigure,
			"INP of the page views in which it was slowest to answer.",
			"INP for sidevisningene der det var tregest til å svare.",
		),
	}),
);
export type ElementRow = v.InferOutput<typeof elementRow>;
const formRow = named(
	"FormRow",
	v.object({
		page: text,
		form: text,
		started: said(count, "Page views in which it was begun.", "Sidevisninger der det ble påbegynt."),
		submitted: said(count, "Page views in which it was submitted.", "Sidevisninger der det ble sendt."),
		abandoned: said(
			count,
			"Page views in which it was begun and not submitted.",
			"Sidevisninger der det ble påbegynt og ikke sendt.",
		),
		fields: said(
			v.array(v.object({ field: text, abandoned: count })),
			"Where it was given up.",
			"Hvor det ble gitt opp.",
		),
	}),
);
export type FormRow = v.InferOutput<typeof formRow>;
export const elements = named(
	"Elements",
	v.object({
		...listOf(elementRow).entries,
		page: v.nullable(text),
		forms: v.array(formRow),
		scroll: said(
			v.array(v.object({ tenth: v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(10)), views: count })),
			"Page views by the deepest tenth reached, 0…10.",
			"Sidevisninger etter dypeste tidel som ble nådd, 0…10.",
		),
	}),
);
export type Elements = v.InferOutput<typeof elements>;

/** How often something happened, and in how many page views. */
const happened = v.object({ times: count, views: count });
export type Happened = v.InferOutput<typeof happened>;
const eventRow = named(
	"EventRow",
	v.object({
		event: text,
		...happened.entries,
		properties: v.array(v.object({ property: text, value: text, ...happened.entries })),
	}),
);
export type EventRow = v.InferOutput<typeof eventRow>;
const pagesWith = v.array(v.object({ page: text, views: count }));
export const events = named(
	"Events",
	said(
		v.object({
			...listOf(eventRow).entries,
			downloads: v.array(v.object({ file: text, ...happened.entries })),
			outbound: said(
				v.array(v.object({ host: text, ...happened.entries })),
				"Clicks on links to other sites, in a new tab too.",
				"Klikk på lenker til andre nettsteder, også i ny fane.",
			),
			errors: said(
				v.array(v.object({ error: text, ...happened.entries })),
				"`type @ script:line` of errors nobody caught.",
				"`type @ skript:linje` for feil ingen fanget.",
			),
			searches: said(pagesWith, "Pages that showed the result of a search.", "Sider som viste resultatet av et søk."),
			notFound: said(pagesWith, "Pages that answered 404.", "Sider som svarte 404."),
		}),
		"What pages said, and what happened on them that is counted for the whole site.",
		"Det sidene sa fra om, og det som skjedde på dem og telles for hele nettstedet.",
	),
);
export type Events = v.InferOutput<typeof events>;

export const phases = ["waiting", "cache", "dns", "connect", "request", "response"] as const;
export type Phase = (typeof phases)[number];
const judged = ["ttfb", "lcp", "inp"] as const;
const responseRow = named("ResponseRow", v.object({ page: text, ttfb: vitalFigure, phases: each(phases, times) }));
export const responses = named(
	"Responses",
	said(
		v.object({
			...listOf(responseRow).entries,
			phases: each(phases, times),
			vitals: each(judged, vitalFigure),
			lcpParts: said(
				each(["delay", "load", "render"], times),
				"After TTFB: until the load of what was painted largest began, its load, until it was shown.",
				"Etter TTFB: til innlastingen av det største som ble tegnet begynte, innlastingen, til det ble vist.",
			),
			inpParts: said(
				each(["input", "processing", "presentation"], times),
				"Waiting for the handlers, the handlers, until the next frame.",
				"Venting på behandlerne, behandlerne, til neste bilde.",
			),
			limits: said(
				each(judged, v.pipe(v.tuple([v.number(), v.number()]), v.readonly())),
				"Web vitals' limits, ms: good up to, poor above.",
				"Grensene til web vitals, ms: bra opp til, dårlig over.",
			),
		}),
		"Where the time of loads and answers goes. Rows are pages, the ones that cost visitors most waiting first.",
		"Hvor tiden for innlasting og svar går. Radene er sider, de som koster besøkende mest venting først.",
	),
);
export type Responses = v.InferOutput<typeof responses>;

const resourceRow = named(
	"ResourceRow",
	v.object({
		kind: said(
			v.picklist(["route", "party"]),
			"An API route of the site itself, or a third party's host.",
			"En API-rute på nettstedet selv, eller verten til en tredjepart.",
		),
		name: text,
		requests: count,
		failed: said(count, "Of those that the browser tells about.", "Av dem nettleseren forteller om."),
		durationMs: times,
		costMs: said(
			count,
			"About how long all these requests took together, which is what rows are ranked by.",
			"Omtrent hvor lang tid alle disse forespørslene tok til sammen; radene er ordnet etter det.",
		),
	}),
);
export type ResourceRow = v.InferOutput<typeof resourceRow>;
export const resources = named("Resources", listOf(resourceRow));
export type Resources = v.InferOutput<typeof resources>;

const goalRow = named(
	"GoalRow",
	v.object({
		goal: text,
		kind: said(
			v.nullable(v.picklist(aimKinds)),
			"Null for a goal that is no longer in the settings.",
			"Null for et mål som ikke lenger er i innstillingene.",
		),
		match: v.nullable(text),
		reached: said(count, "Visits that reached it.", "Besøk som nådde det."),
		rate: said(v.nullable(share), "Their share of all visits.", "Andelen av alle besøk."),
		bySpeed: said(
			v.array(v.object({ speed: v.picklist(speedBands), visits: count, reached: count })),
			"Sealing counts what is too rare among “unknown”: of the other speeds, `reached` is then the least it can be.",
			"Forsegling teller det som er for sjeldent under «unknown»: for de andre er `reached` da det minste det kan være.",
		),
	}),
);
export type GoalRow = v.InferOutput<typeof goalRow>;
export const goals = named("Goals", v.object({ ...listOf(goalRow).entries, visits: count }));
export type Goals = v.InferOutput<typeof goals>;

const funnelRow = named(
	"FunnelRow",
	v.object({
		funnel: text,
		steps: v.array(
			v.object({
				step: count,
				kind: v.picklist(aimKinds),
				match: text,
				reached: said(count, "Visits that came this far.", "Besøk som kom så langt."),
			}),
		),
	}),
);
export type FunnelRow = v.InferOutput<typeof funnelRow>;
export const funnels = named("Funnels", v.object({ ...listOf(funnelRow).entries, visits: count }));
export type Funnels = v.InferOutput<typeof funnels>;

const grantRow = named(
	"GrantRow",
	v.object({
		period: text,
		date: said(date, "First local date of the period.", "Periodens første lokale dato."),
		policy: said(text, "Version of the notice, or “(other)”.", "Versjon av personvernteksten, eller «(other)»."),
		by: said(
			text,
			"What asked: banner, manual, or a consent tool.",
			"Det som spurte: banner, manual eller et samtykkeverktøy.",
		),
		material: said(
			v.nullable(v.boolean()),
			"Whether the version was a material one; null for “(other)”.",
			"Om versjonen var en vesentlig; null for «(other)».",
		),
		grants: said(
			count,
			"Grants given in the period; taking one back and giving it again counts as two. One whose first page view was never reported is not known.",
			"Samtykker gitt i perioden; å trekke et tilbake og gi det igjen teller som to. Et der den første sidevisningen aldri ble rapportert, er ukjent.",
		),
	}),
);
export const grants = named("Grants", listOf(grantRow));
export type Grants = v.InferOutput<typeof grants>;
