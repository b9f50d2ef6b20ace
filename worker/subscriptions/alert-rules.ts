/**
 * When a figure is worth an alert: each rule with its formula and source, pure. "on" raises, "off" ends, "unknown" (too little to
 * tell) leaves things as they are. Leaves out where figures come from and what is remembered (alerts.ts); docs/summaries.md says it
 * in words.
 */
import type { AlertLimits, Finding } from "../../schema/subscription.ts";
import type { VitalFigure } from "../stats/answers.ts";

export interface Judgement {
	state: "on" | "off" | "unknown";
	finding: Finding;
}
type Dates = { from: string; to: string };

/** Visits that usual periods have at least: below, chance alone makes large relative changes. */
const fewestUsual = 30;
/** Periods to compare with, and how many of them have to be there. */
export const comparedPeriods = 8;
const fewestCompared = 6;
/** Iglewicz and Hoaglin, How to Detect and Handle Outliers (1993): modified z-score 0.6745 (x − median) / MAD beyond 3.5. */
const outlying = 3.5;
const madScale = 0.6745;

export function median(values: readonly number[]): number {
	const sorted = values.toSorted((a, b) => a - b);
	const middle = sorted.length >> 1;
	const upper = sorted[middle] ?? 0;
	return sorted.length % 2 ? upper : ((sorted[middle - 1] ?? 0) + upper) / 2;
}

/**
 * The spread is 1.4826 MAD, but never less than chance alone gives: √median (Poisson). An outlier must also differ by the limit in
 * per cent, because a very even site makes outliers of what nobody minds.
 */
export function judgeTraffic(
	dates: Dates,
	visits: number,
	earlier: readonly number[],
	limit: number | null,
): Judgement[] {
	if (limit === null) return [];
	const usual = median(earlier);
	const mad = median(earlier.map((value) => Math.abs(value - usual)));
	const spread = Math.max(mad / madScale, Math.sqrt(usual));
	const margin = Math.max(outlying * spread, (limit / 100) * usual);
	const isKnown = earlier.length >= fewestCompared && usual >= fewestUsual;
	const band: [number, number] = [Math.max(0, Math.round(usual - margin)), Math.round(usual + margin)];
	return (["low", "high"] as const).map((subject) => {
		const isOut = subject === "low" ? visits < usual - margin : visits > usual + margin;
		return {
			state: isKnown ? (isOut ? "on" : "off") : "unknown",
			finding: { kind: "traffic", subject, ...dates, visits, usual: Math.round(usual), periods: earlier.length, band },
		};
	});
}

/**
 * On where the whole 95 % interval lies above the limit, or where p75 is longer by the limit in per cent and the intervals do not
 * overlap. Off where neither holds for p75 itself: between the two it stays as it is, so that an alert does not come and go.
 */
export function judgeSpeed(
	subject: "lcp" | "inp",
	now: Dates & { figure: VitalFigure },
	before: (Dates & { figure: VitalFigure }) | undefined,
	limits: Pick<AlertLimits, "lcp" | "inp" | "worse">,
): Judgement[] {
	const { figure, from, to } = now;
	const { [subject]: limit, worse } = limits;
	if (figure.p75 === null || !figure.interval || (limit === null && worse === null)) return [];
	const { p75, interval, n } = figure;
	const old =
		before?.figure.p75 && before.figure.interval
			? {
					from: before.from,
					to: before.to,
					p75: before.figure.p75,
					interval: before.figure.interval,
					n: before.figure.n,
				}
			: null;
	const isAbove = limit !== null && p75 > limit;
	const isWorse = worse !== null && old !== null && p75 >= old.p75 * (1 + worse / 100);
	const surelyAbove = isAbove && interval[0] > (limit ?? 0);
	const surelyWorse = isWorse && old !== null && interval[0] > old.interval[1];
	return [
		{
			state: surelyAbove || surelyWorse ? "on" : isAbove || isWorse ? "unknown" : "off",
			finding: {
				kind: "speed",
				subject,
				cause: surelyAbove || (isAbove && !surelyWorse) ? "limit" : "worse",
				from,
				to,
				p75,
				interval,
				n,
				limit,
				before: old,
			},
		},
	];
}

/** Page views or requests that a rate of errors is of at least. */
const fewestTried = 100;

/**
 * On where even the lower 95 % bound of the count lies above the limit: (√x − 0.98)², the square root of a Poisson count having
 * variance 1/4 (Anscombe, Biometrika 35, 1948). Off where the count itself does not.
 */
export function judgeErrors(
	subject: "script" | "api",
	dates: Dates,
	times: number,
	of: number,
	limit: number | null,
): Judgement[] {
	if (limit === null) return [];
	const most = (limit / 100) * of;
	const surely = Math.max(0, Math.sqrt(times) - 0.98) ** 2 > most;
	return [
		{
			state: of < fewestTried ? "unknown" : surely ? "on" : times > most ? "unknown" : "off",
			finding: { kind: "errors", subject, ...dates, times, of, limit },
		},
	];
}

/** Where so many visits usually begin in the same hours, none at all has a chance of e^−10, five in a hundred thousand (Poisson). */
const surelySome = 10;

/** `usual`: visits that begin in these hours in an ordinary week. */
export function judgeSilence(last: number, now: number, usual: number, limit: number | null): Judgement[] {
	if (limit === null) return [];
	const isSilent = now - last >= limit * 3_600_000;
	const finding: Finding = {
		kind: "silence",
		subject: "",
		last,
		hours: Math.floor((now - last) / 3_600_000),
		usual: Math.round(usual),
	};
	return [{ state: isSilent ? (usual >= surelySome ? "on" : "unknown") : "off", finding }];
}
