/** Numbers, times and dates as people read them, per language. Leaves out words: those are in messages/. */
import { clsScale, type Vital, vitalLimits } from "../../schema/buckets.ts";
import { ensure, ensureFew } from "../book/ensure.ts";

export const languages = ["nb", "en"] as const;
export type Language = (typeof languages)[number];

const mostRanges = 500;
const minus = "\u2212";
const gap = "\u00a0";
/** British English for dates: day before month, as the rest of Europe reads them. */
const locales = { nb: "nb-NO", en: "en-GB" } as const;

export interface Format {
	count(value: number): string;
	/** A share of 1 in whole per cent; what is there but rounds to nothing is "<1". */
	percent(share: number): string;
	/** A relative change with its sign, or ±0. */
	change(ratio: number, digits: number): string;
	/** A difference of two shares in percentage points, with its sign. */
	points(difference: number): string;
	vital(vital: Vital, value: number): string;
	/** Both ends of an interval, the unit once. */
	interval(vital: Vital, low: number, high: number): string;
	/** A plain number with as few decimals as it needs, at most two. */
	decimals(value: number): string;
	/** A mark on an axis of times: as few decimals as it needs. */
	tick(ms: number): string;
	duration(ms: number): string;
	date(date: string): string;
	longDate(date: string): string;
	dates(from: string, to: string): string;
	month(date: string): string;
	/** Hour and minute of an instant, 00:00 to 23:59. */
	clock(instant: number, timeZone: string): string;
	/** Short name of the date's day of the week. */
	weekday(date: string): string;
}

/**
 * Rounds to a step, but never onto a limit that the value is above: 2504 ms reads 2.51 s, because "2.50 s"
 * beside "needs improvement" would look like a mistake.
 */
function roundOff(value: number, step: number, limits: readonly number[]): number {
	const rounded = Math.round(value / step) * step;
	for (const limit of limits) if (value > limit && rounded <= limit) return limit + step;
	return rounded;
}

function makeFormat(language: Language): Format {
	const locale = locales[language];
	const signed = (text: string) => text.replace("-", minus);
	const number = (options: Intl.NumberFormatOptions) => {
		const formatter = new Intl.NumberFormat(locale, options);
		return (value: number) => signed(formatter.format(value));
	};
	const dates = (options: Intl.DateTimeFormatOptions) =>
		new Intl.DateTimeFormat(locale, { ...options, timeZone: "UTC" });
	const instant = (date: string) => Date.parse(`${date}T00:00:00Z`);

	const whole = number({ maximumFractionDigits: 0 });
	const twoDecimals = number({ minimumFractionDigits: 2, maximumFractionDigits: 2 });
	const fewDecimals = number({ maximumFractionDigits: 2 });
	const percent = number({ style: "percent", maximumFractionDigits: 0 });
	const changes = [0, 1].map((digits) =>
		number({ style: "percent", maximumFractionDigits: digits, signDisplay: "exceptZero" }),
	);
	const points = number({ maximumFractionDigits: 1, signDisplay: "exceptZero" });
	const shortDate = dates({ day: "numeric", month: "short" });
	const longDate = dates({ weekday: "short", day: "numeric", month: "short" });
	const fullDate = dates({ day: "numeric", month: "short", year: "numeric" });
	const month = dates({ month: "short", year: "numeric" });
	/** A page names its few ranges again and again, which Intl takes long to write. */
	const ranges = new Map<string, string>();
	const clocks = new Map<string, Intl.DateTimeFormat>();
	const weekday = dates({ weekday: "short" });
	const hourUnit = language === "nb" ? "t" : "h";

	/** A vital's figure and its unit; LCP and FCP are read in seconds, the others in ms below one. */
	function vitalParts(vital: Vital, value: number): [string, string] {
		const [good, poor] = vitalLimits[vital];
		if (vital === "cls") return [twoDecimals(roundOff(value, 0.01, [good / clsScale, poor / clsScale])), ""];
		const inMs = roundOff(value, 1, [good, poor]);
		if (vital !== "lcp" && vital !== "fcp" && inMs < 1000) return [whole(inMs), `${gap}ms`];
		return [twoDecimals(roundOff(value, 10, [good, poor]) / 1000), `${gap}s`];
	}

	return {
		count: whole,
		percent: (share) => (share > 0 && share < 0.005 ? `<${percent(0.01)}` : percent(share)),
		change(ratio, digits) {
			const scale = 10 ** (digits + 2);
			if (Math.round(ratio * scale) === 0) return `±${percent(0)}`;
			return (changes[digits] ?? percent)(ratio);
		},
		points(difference) {
			const text = Math.round(difference * 1000) === 0 ? "±0" : points(difference * 100);
			return `${text}${gap}${language === "nb" ? "%-poeng" : "pp"}`;
		},
		vital: (vital, value) => vitalParts(vital, value).join(""),
		interval(vital, low, high) {
			const [lowText, lowUnit] = vitalParts(vital, low);
			const [highText, highUnit] = vitalParts(vital, high);
			return lowUnit === highUnit
				? `${lowText}–${highText}${highUnit}`
				: `${lowText}${lowUnit}${gap}–${gap}${highText}${highUnit}`;
		},
		decimals: fewDecimals,
		tick: (ms) => `${fewDecimals(ms / 1000)}${gap}s`,
		duration(ms) {
			if (ms < 1000) return `${fewDecimals(Math.round(ms / 100) / 10)}${gap}s`;
			const seconds = Math.round(ms / 1000);
			if (seconds < 60) return `${seconds}${gap}s`;
			const minutes = Math.floor(seconds / 60);
			if (minutes < 60) {
				const rest = seconds % 60;
				return rest ? `${minutes}${gap}min ${rest}${gap}s` : `${minutes}${gap}min`;
			}
			return `${Math.floor(minutes / 60)}${gap}${hourUnit} ${minutes % 60}${gap}min`;
		},
		date: (date) => shortDate.format(instant(date)),
		longDate: (date) => longDate.format(instant(date)),
		dates(from, to) {
			if (from === to) return fullDate.format(instant(from));
			return ensureFew(ranges, mostRanges, `${from} ${to}`, () => fullDate.formatRange(instant(from), instant(to)));
		},
		month: (date) => month.format(instant(date)),
		clock: (at, timeZone) =>
			ensure(clocks, timeZone, () => {
				const options = { hour: "2-digit", minute: "2-digit", hourCycle: "h23", timeZone } as const;
				return new Intl.DateTimeFormat(locale, options);
			}).format(at),
		weekday: (date) => weekday.format(instant(date)),
	};
}

const made = new Map<Language, Format>();

/** The format of a language; Intl objects are costly to make, so each is made once. */
export function formatOf(language: Language): Format {
	let format = made.get(language);
	if (!format) {
		format = makeFormat(language);
		made.set(language, format);
	}
	return format;
}
