/**
 * What the shop's invented visitors are like, as tables of weights: where they come from, what they look at, how fast
 * their pages are, how they leave. Leaves out drawing from the tables.
 */
import type { LeavingMethod } from "../schema/leaving.ts";
import type { Channel, Device } from "../schema/report.ts";

type Weights<Key extends string = string> = Partial<Record<Key, number>>;

export interface PageHabit {
	/** Median of visible time, s. */
	readSeconds: number;
	/** Medians on an average device, ms; CLS as a plain number. */
	lcp: number;
	ttfb: number;
	inp: number;
	cls: number;
	/** Weight of ending the visit here, against 100 for going on. */
	leave: number;
	/** Pages people go on to. */
	next: Weights;
	/** Hosts of the page's outbound links. */
	outbound: Weights;
	/** What is painted largest; it must be loaded first unless it is text. */
	largest: string;
	/** [path or host, median ms, share of its requests that fail] of what the page's script asks for. */
	routes?: [string, number, number][];
	parties?: [string, number, number][];
	/** Share of its views in which the script fails. */
	fails?: number;
	/** True for an old address that others still link to. */
	gone?: true;
}

const yr = { "yr.no": 1 };
const tour: PageHabit = {
	readSeconds: 48,
	lcp: 1500,
	ttfb: 300,
	inp: 95,
	cls: 0.02,
	leave: 62,
	next: { "/turer": 34, "/bestill": 22, "/priser": 20, "/vaer": 9, "/blogg/pakkeliste": 10, "/": 5 },
	outbound: yr,
	largest: "main img.wide",
};

export const pages: Record<string, PageHabit> = {
	"/": {
		...tour,
		readSeconds: 15,
		lcp: 1950,
		leave: 45,
		next: {
			"/turer": 46,
			"/turer/kajakk": 15,
			"/turer/brevandring": 9,
			"/turer/nordlys": 11,
			"/priser": 9,
			"/kontakt": 6,
			"/bestill": 4,
		},
	},
	"/turer": {
		...tour,
		readSeconds: 24,
		lcp: 1650,
		leave: 26,
		next: {
			"/turer/kajakk": 34,
			"/turer/brevandring": 19,
			"/turer/nordlys": 22,
			"/turer/geiranger": 12,
			"/priser": 9,
			"/": 4,
		},
	},
	"/turer/kajakk": tour,
	"/turer/brevandring": { ...tour, readSeconds: 55 },
	"/turer/nordlys": { ...tour, readSeconds: 41, lcp: 1700 },
	"/turer/geiranger": { ...tour, lcp: 1800 },
	"/priser": {
		...tour,
		readSeconds: 32,
		lcp: 1050,
		largest: "main h1",
		leave: 48,
		next: { "/bestill": 40, "/turer": 25, "/turer/kajakk": 14, "/turer/nordlys": 8, "/kontakt": 8, "/": 5 },
	},
	// The form answers slowly to typing: its INP is poor on phones.
	"/bestill": {
		...tour,
		readSeconds: 78,
		lcp: 1150,
		largest: "main h1",
		parties: [["betaling.example", 340, 0.015]],
		inp: 310,
		leave: 70,
		next: { "/takk": 62, "/priser": 25, "/turer": 13 },
	},
	"/takk": {
		...tour,
		readSeconds: 11,
		lcp: 900,
		largest: "main h1",
		leave: 78,
		next: { "/blogg/pakkeliste": 55, "/": 30, "/vaer": 15 },
	},
	// The slow page.
	"/vaer": {
		...tour,
		readSeconds: 20,
		lcp: 3500,
		ttfb: 1250,
		routes: [["/api/vaer", 620, 0.04]],
		parties: [["kart.example", 280, 0.005]],
		fails: 0.06,
		leave: 80,
		next: { "/turer": 60, "/bestill": 15, "/": 25 },
	},
	// The page that shifts while it loads.
	"/blogg/pakkeliste": {
		...tour,
		readSeconds: 96,
		lcp: 2750,
		cls: 0.14,
		leave: 110,
		next: { "/turer": 50, "/bestill": 12, "/": 28, "/kontakt": 10 },
		outbound: { "ut.no": 3, "yr.no": 1 },
	},
	"/kontakt": {
		...tour,
		readSeconds: 19,
		lcp: 850,
		largest: "main h1",
		parties: [["kart.example", 280, 0.005]],
		leave: 95,
		next: { "/": 45, "/bestill": 25, "/turer": 30 },
		outbound: { "entur.org": 3, "yr.no": 1 },
	},
	"/turer/ski": {
		...tour,
		readSeconds: 7,
		lcp: 800,
		largest: "main h1",
		leave: 90,
		next: { "/turer": 80, "/": 20 },
		gone: true,
	},
};

export interface Source {
	weight: number;
	referrers: Weights;
	entries: Weights;
	/** Names the shop tags its own links with. */
	campaigns?: Weights;
}

export const channels: Record<Channel, Source> = {
	search: {
		weight: 46,
		referrers: { "google.com": 86, "bing.com": 8, "duckduckgo.com": 4, "ecosia.org": 2 },
		entries: {
			"/": 34,
			"/turer/kajakk": 17,
			"/turer/brevandring": 11,
			"/turer/nordlys": 13,
			"/blogg/pakkeliste": 16,
			"/turer/geiranger": 5,
			"/priser": 4,
		},
	},
	direct: { weight: 22, referrers: {}, entries: { "/": 68, "/turer": 14, "/vaer": 10, "/kontakt": 8 } },
	social: {
		weight: 12,
		referrers: { "facebook.com": 55, "instagram.com": 40, "pinterest.com": 5 },
		entries: { "/turer/nordlys": 38, "/blogg/pakkeliste": 32, "/": 22, "/turer/kajakk": 8 },
	},
	referral: {
		weight: 9,
		referrers: { "visitnorway.no": 46, "fjordnorway.com": 34, "ut.no": 20 },
		entries: { "/": 40, "/turer": 28, "/turer/geiranger": 26, "/turer/ski": 6 },
	},
	email: {
		weight: 4,
		referrers: {},
		entries: { "/turer/nordlys": 60, "/turer": 28, "/bestill": 12 },
		campaigns: { nyhetsbrev: 85, "etter-turen": 15 },
	},
	campaign: {
		weight: 4,
		referrers: { "google.com": 1 },
		entries: { "/turer/kajakk": 55, "/turer": 45 },
		campaigns: { "kajakk-host": 70, "tidlig-nordlys": 30 },
	},
	assistant: {
		weight: 3,
		referrers: { "chatgpt.com": 70, "perplexity.ai": 30 },
		entries: { "/turer/brevandring": 35, "/blogg/pakkeliste": 35, "/priser": 30 },
	},
};

/** How a visit's last page is left. */
export const endings: Record<Device, Weights<LeavingMethod>> = {
	mobile: { away: 52, closed: 18, outbound: 13, typed: 8, lost: 4, unknown: 5 },
	desktop: { closed: 50, typed: 17, away: 14, outbound: 14, lost: 2, unknown: 3 },
	tablet: { away: 42, closed: 28, outbound: 14, typed: 9, lost: 3, unknown: 4 },
	other: { unknown: 60, away: 40 },
};

export interface Equipment {
	weight: number;
	device: Device;
	browser: string;
	os: string;
	/** Times as long as on an average device. */
	slowness: number;
	/** Layout shifts are measured by Chromium only. */
	shifts: boolean;
}

const equip = (weight: number, device: Device, browser: string, os: string, slowness: number, shifts: boolean) => ({
	weight,
	device,
	browser,
	os,
	slowness,
	shifts,
});
export const equipment: Equipment[] = [
	equip(30, "mobile", "Safari", "iOS", 1.05, false),
	equip(25, "mobile", "Chrome", "Android", 1.45, true),
	equip(3, "mobile", "Samsung Internet", "Android", 1.5, true),
	equip(17, "desktop", "Chrome", "Windows", 0.75, true),
	equip(8, "desktop", "Safari", "macOS", 0.65, false),
	equip(6, "desktop", "Microsoft Edge", "Windows", 0.8, true),
	equip(4, "desktop", "Firefox", "Windows", 0.75, false),
	equip(5, "tablet", "Safari", "iPadOS", 0.95, false),
	equip(1, "tablet", "Chrome", "Android", 1.3, true),
	equip(1, "other", "Chrome", "Linux", 1.8, true),
];

export const countries: Weights = { NO: 86, DE: 5, SE: 3, GB: 2, NL: 2, US: 2 };
export const languages: Record<string, Weights> = {
	NO: { nb: 90, nn: 6, en: 4 },
	DE: { de: 100 },
	SE: { sv: 100 },
	GB: { en: 100 },
	NL: { nl: 80, en: 20 },
	US: { en: 100 },
};

/** Monday first. */
export const weekdays = [0.94, 0.95, 0.99, 1.05, 0.98, 0.99, 1.14];
/** Share of the day's visits that begin in each hour. */
export const hours: Weights = Object.fromEntries(
	[6, 3, 2, 1, 1, 3, 10, 24, 33, 38, 42, 45, 48, 44, 42, 43, 46, 52, 58, 66, 72, 68, 44, 20].map((share, hour) => [
		hour,
		share,
	]),
);

/** Element keys of the links that lead on, as the collector names them: on pages with cards, and on the others. */
export const cardLinks: Weights = { "main a.card in": 70, "nav a in": 22, "meny-bestill": 8 };
export const textLinks: Weights = {
	"bestill-tur": 30,
	"main a.button in": 25,
	"nav a in": 27,
	"meny-bestill": 6,
	"main a in": 12,
};

/** Of those who look at the trips: search among them. */
export const searched = 0.05;
