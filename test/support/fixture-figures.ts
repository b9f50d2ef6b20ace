/** The made-up shop behind the dashboard's fixture: its pages, channels and devices, and figures around a median. */
import { boundaries, clsScale, type Vital, vitalLimits } from "../../schema/buckets.ts";
import type { LeavingMethod } from "../../schema/leaving.ts";
import type { Times, VitalDetail, VitalFigure } from "../../worker/stats/answers.ts";

/** [path, weight, median LCP in ms, median engaged time in ms, share of exits] */
export const shop: [string, number, number, number, number][] = [
	["/", 18.2, 1650, 41_000, 0.31],
	["/turer/geiranger", 14.1, 2250, 128_000, 0.22],
	["/turer", 11.9, 1850, 63_000, 0.17],
	["/priser", 9.4, 1700, 74_000, 0.35],
	["/bestill", 6, 1450, 186_000, 0.48],
	["/blogg/hostfarger-langs-fjorden", 4.9, 3100, 152_000, 0.57],
	["/kontakt", 2.2, 1250, 38_000, 0.52],
	["/sporsmal", 1.7, 1300, 97_000, 0.29],
	["/turer/briksdalsbreen", 1.4, 1900, 88_000, 0.3],
	["/om-oss", 1.1, 1350, 51_000, 0.44],
	["/blogg/pakkeliste", 0.8, 2050, 120_000, 0.61],
	["/turer/loen-skylift", 0.6, 2350, 70_000, 0.25],
	["(other)", 0.9, 1900, 60_000, 0.5],
];
export const channels = [
	["search", 0.46],
	["direct", 0.25],
	["referral", 0.12],
	["social", 0.09],
	["email", 0.04],
	["assistant", 0.03],
	["(other)", 0.01],
] as const;
export const methods: [LeavingMethod, number][] = [
	["closed", 0.47],
	["outbound", 0.2],
	["away", 0.15],
	["back", 0.08],
	["typed", 0.06],
	["lost", 0.025],
	["unknown", 0.015],
];
export const devices = [
	["mobile", 0.58, 1.15],
	["desktop", 0.36, 0.8],
	["tablet", 0.055, 1.05],
	["(other)", 0.005, 1],
] as const;
/** [page, element, share of the page's views with a click, of the clicks: in a burst, without effect, followed by an error] */
export const elements: [string, string, number, number, number, number][] = [
	["/turer/geiranger", "main a.bestill", 0.18, 0, 0.01, 0],
	["/", "nav a:turer", 0.15, 0, 0, 0],
	["/turer", "main button.kart", 0.12, 0.01, 0.02, 0],
	["/turer/geiranger", "main img.karusell", 0.11, 0.04, 0.62, 0],
	["/priser", "main a.bestill", 0.06, 0, 0.02, 0],
	["/bestill", "form button.betal", 0.31, 0.12, 0, 0.05],
	["/", "(other)", 0.03, 0, 0, 0],
	["/kontakt", "main a[tel]", 0.02, 0, 0, 0],
];
/** [page, form, share of the page's views in which it is begun, of these given up, fields with their share of those who gave up] */
export const forms: [string, string, number, number, [string, number][]][] = [
	[
		"/bestill",
		"form#bestilling",
		0.6,
		0.4,
		[
			["telefon", 0.41],
			["epost", 0.27],
			["kortnummer", 0.18],
		],
	],
	["/kontakt", "form#kontakt", 0.14, 0.22, [["melding", 1]]],
];
export const medianMs: Record<Vital, number> = { lcp: 1900, inp: 110, cls: 300, fcp: 1180, ttfb: 380 };

/** A whole number generator with a seed (mulberry32): the same figures every time. */
export function randomOf(seed: number): () => number {
	let state = seed >>> 0;
	return () => {
		state = (state + 0x6d2b79f5) >>> 0;
		let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
		mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
		return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
	};
}

/** Splits a whole number by shares; the parts add up to it. */
export function split(total: number, shares: readonly number[]): number[] {
	const sum = shares.reduce((all, share) => all + share, 0) || 1;
	let shared = 0;
	let given = 0;
	return shares.map((share) => {
		shared += share;
		const part = Math.round((shared / sum) * total) - given;
		given += part;
		return part;
	});
}

/** Standard normal distribution function (Abramowitz and Stegun 26.2.17). */
export function normal(z: number): number {
	const t = 1 / (1 + 0.2316419 * Math.abs(z));
	const tail =
		t *
		(0.31938153 + t * (-0.356563782 + t * (1.781477937 + t * (-1.821255978 + t * 1.330274429)))) *
		Math.exp((-z * z) / 2) *
		0.3989422804;
	return z > 0 ? 1 - tail : tail;
}

export const spread = 0.62;

/** A log-normal vital around a median, counted into the real buckets. */
export function vitalOf(vital: Vital, median: number, n: number): VitalDetail {
	const unit = vital === "cls" ? clsScale : 1;
	const below = boundaries.map((boundary) => normal(Math.log(boundary / median) / spread));
	const counts = split(
		n,
		[...below, 1].map((share, index) => share - (below[index - 1] ?? 0)),
	);
	const histogram = counts.flatMap((count, index) => {
		if (count <= 0) return [];
		const to = boundaries[index];
		return [{ from: (boundaries[index - 1] ?? 0) / unit, to: to === undefined ? null : to / unit, count }];
	});
	const [good, poor] = vitalLimits[vital];
	const upTo = (limit: number) =>
		histogram.reduce((sum, bar) => (bar.to !== null && bar.to * unit <= limit + 1e-6 ? sum + bar.count : sum), 0);
	const quantile = (z: number) => (n > 0 ? (median * Math.exp(spread * z)) / unit : null);
	const wide = n > 0 ? 1.96 * Math.sqrt(0.1875 / n) * 3.15 : 0;
	const low = quantile(0.6745 - wide);
	const high = quantile(0.6745 + wide);
	return {
		p50: quantile(0),
		p75: quantile(0.6745),
		p95: quantile(1.645),
		interval: n >= 30 && low !== null && high !== null ? [low, high] : null,
		good: upTo(good),
		needs: upTo(poor) - upTo(good),
		poor: n - upTo(poor),
		n,
		histogram,
	};
}

export function figureOf(vital: Vital, median: number, n: number): VitalFigure {
	const { p75, interval, good, needs, poor } = vitalOf(vital, median, n);
	return { p75, interval, good, needs, poor, n };
}

export function timesOf(median: number, n: number): Times {
	const around = (value: number): [number, number] | null =>
		n < 30 ? null : [value * (1 - 1 / Math.sqrt(n)), value * (1 + 1 / Math.sqrt(n))];
	if (n <= 0) return { p50: null, p75: null, p50Interval: null, p75Interval: null, n };
	return { p50: median, p75: median * 1.9, p50Interval: around(median), p75Interval: around(median * 1.9), n };
}

/** Median LCP of an entry decides how patient its visitors are: shares of visits, of bounces among them, of goals reached. */
export const speeds = [
	["good", 0.71, 0.34, 0.05],
	["needs", 0.18, 0.43, 0.035],
	["poor", 0.06, 0.55, 0.02],
	["unknown", 0.05, 0.6, 0.02],
] as const;

export const countries = [
	["NO", 0.86],
	["DE", 0.05],
	["SE", 0.04],
	["GB", 0.03],
	["(other)", 0.02],
] as const;
export const languages = [
	["nb", 0.82],
	["en", 0.1],
	["de", 0.05],
	["(other)", 0.03],
] as const;
export const systems = [
	["iOS", 0.36],
	["Android", 0.27],
	["Windows", 0.24],
	["macOS", 0.12],
	["(other)", 0.01],
] as const;
export const browsers = [
	["Chrome", 0.52],
	["Safari", 0.36],
	["Firefox", 0.07],
	["(other)", 0.05],
] as const;
/** [kind, name, share of page views with it, median ms] */
export const resources: ["route" | "party", string, number, number][] = [
	["route", "/api/ledige-plasser", 0.22, 310],
	["party", "kart.example", 0.14, 260],
	["route", "/api/vaer", 0.06, 900],
];
