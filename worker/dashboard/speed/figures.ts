/** Asks Stats for what the page about speed shows of one vital. Leaves out drawing. */
import type { Vital } from "../../../schema/buckets.ts";
import { type Device, devices } from "../../../schema/report.ts";
import type {
	Countries,
	Devices,
	Elements,
	Goals,
	Pages,
	Resources,
	Responses,
	Stats,
	Summary,
	Timeline,
	VitalDetail,
	VitalFigure,
	Vitals,
} from "../../stats/answers.ts";
import { askTimeline, askVitals, maxPageRows, onDevice, onPage, plainRange } from "../figures.ts";
import type { View } from "../range.ts";

/** Elements fetched: they come most clicked first, and the slow ones are seldom clicked. */
const mostElements = 1000;
const mostRows = 50;

/** What there is for the whole site only. */
export interface SiteLists {
	/** Undefined for vitals that are not told by it. */
	pages: Pages | undefined;
	/** Only for vitals that devices are counted by one by one. */
	devices: Devices;
	byDevice: { device: Device; figure: VitalDetail }[];
	/** See pages. */
	countries: Countries | undefined;
	resources: Resources;
}

export interface SpeedLists {
	responses: Responses;
	elements: Elements | undefined;
	/** Undefined where one page is looked at. */
	site: SiteLists | undefined;
}

export interface SiteSpeed {
	timeline: Timeline;
	goals: Goals | undefined;
}

export interface SpeedFigures extends SpeedLists {
	vitals: Vitals;
	vitalsBefore: Record<Vital, VitalFigure> | undefined;
	/** The lists of the range they are compared with. */
	before: SpeedLists | undefined;
	/** Undefined where one page is looked at. */
	whole: SiteSpeed | undefined;
}

/** The vitals that the lists of pages and of devices have. */
export const inDevices = ["lcp", "inp", "cls"] as const;
/** The vitals that countries and operating systems have. */
export const inCountries = ["lcp", "inp", "ttfb"] as const;
/** The vitals that elements have. */
export const inElements = ["lcp", "inp"] as const;

export function has<Known extends Vital>(known: readonly Known[], vital: Vital): vital is Known {
	return known.some((one) => one === vital);
}

type Dates = Pick<View, "from" | "to">;

async function askSiteLists(stats: Stats, view: View, span: Dates, vital: Vital): Promise<SiteLists> {
	const plain = plainRange(span);
	// The list of devices lacks two of the vitals: those are asked for device by device.
	const asked = has(inDevices, vital) ? [] : devices;
	const [pages, deviceRows, byDevice, countries, resources] = await Promise.all([
		has(inDevices, vital) ? stats.pages(onDevice(view, { ...plain, limit: maxPageRows })) : undefined,
		stats.devices(plain),
		Promise.all(
			asked.map(async (device) => ({ device, figure: (await stats.vitals({ ...plain, device })).vitals[vital] })),
		),
		has(inCountries, vital) ? stats.countries({ ...plain, limit: mostRows }) : undefined,
		stats.resources({ ...plain, limit: mostRows }),
	]);
	return { pages, devices: deviceRows, byDevice, countries, resources };
}

/** Pages whose phases are shown: one that must be found among all of them, the slowest, or none. */
function responseRows(view: View, vital: Vital): number {
	if (view.page !== undefined) return maxPageRows;
	return vital === "ttfb" ? mostRows : 1;
}

async function askLists(stats: Stats, view: View, span: Dates, vital: Vital, rows: number): Promise<SpeedLists> {
	const plain = plainRange(span);
	const [responses, elements, site] = await Promise.all([
		stats.responses({ ...plain, limit: rows }),
		has(inElements, vital) ? stats.elements(onPage(view, { ...plain, limit: mostElements })) : undefined,
		view.page === undefined ? askSiteLists(stats, view, span, vital) : undefined,
	]);
	return { responses, elements, site };
}

async function askWhole(stats: Stats, view: View): Promise<SiteSpeed> {
	const [timeline, goals] = await Promise.all([
		askTimeline(stats, view),
		view.device ? undefined : stats.goals(plainRange(view)),
	]);
	return { timeline, goals };
}

export async function askSpeed(stats: Stats, view: View, summary: Summary, vital: Vital): Promise<SpeedFigures> {
	const rows = responseRows(view, vital);
	const [vitals, lists, before, whole] = await Promise.all([
		askVitals(stats, view, summary),
		askLists(stats, view, view, vital, rows),
		// What was slow then may be so no more: a row is looked for among all.
		view.compare && askLists(stats, view, view.compare, vital, vital === "ttfb" ? maxPageRows : rows),
		view.page === undefined ? askWhole(stats, view) : undefined,
	]);
	return { ...vitals, ...lists, before, whole };
}
