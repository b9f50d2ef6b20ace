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
export interface SiteSpeed {
	timeline: Timeline;
	/** Undefined for vitals that are not told by it. */
	pages: Pages | undefined;
	/** Only for vitals that devices are counted by one by one. */
	devices: Devices;
	byDevice: { device: Device; figure: VitalDetail }[];
	/** See pages. */
	countries: Countries | undefined;
	resources: Resources;
	goals: Goals | undefined;
}

export interface SpeedFigures {
	vitals: Vitals;
	vitalsBefore: Record<Vital, VitalFigure> | undefined;
	responses: Responses;
	elements: Elements | undefined;
	/** Undefined where one page is looked at. */
	site: SiteSpeed | undefined;
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

async function askSite(stats: Stats, view: View, vital: Vital): Promise<SiteSpeed> {
	const plain = plainRange(view);
	// The list of devices lacks two of the vitals: those are asked for device by device.
	const asked = has(inDevices, vital) ? [] : devices;
	const [timeline, pages, deviceRows, byDevice, countries, resources, goals] = await Promise.all([
		askTimeline(stats, view),
		has(inDevices, vital) ? stats.pages(onDevice(view, { ...plain, limit: maxPageRows })) : undefined,
		stats.devices(plain),
		Promise.all(
			asked.map(async (device) => ({ device, figure: (await stats.vitals({ ...plain, device })).vitals[vital] })),
		),
		has(inCountries, vital) ? stats.countries({ ...plain, limit: mostRows }) : undefined,
		stats.resources({ ...plain, limit: mostRows }),
		view.device ? undefined : stats.goals(plain),
	]);
	return { timeline, pages, devices: deviceRows, byDevice, countries, resources, goals };
}

/** Pages whose phases are shown: one that must be found among all of them, the slowest, or none. */
function responseRows(view: View, vital: Vital): number {
	if (view.page !== undefined) return maxPageRows;
	return vital === "ttfb" ? mostRows : 1;
}

export async function askSpeed(stats: Stats, view: View, summary: Summary, vital: Vital): Promise<SpeedFigures> {
	const plain = plainRange(view);
	const [vitals, responses, elements, site] = await Promise.all([
		askVitals(stats, view, summary),
		stats.responses({ ...plain, limit: responseRows(view, vital) }),
		has(inElements, vital) ? stats.elements(onPage(view, { ...plain, limit: mostElements })) : undefined,
		view.page === undefined ? askSite(stats, view, vital) : undefined,
	]);
	return { ...vitals, responses, elements, site };
}
