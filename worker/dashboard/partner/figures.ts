/**
 * What a partner's page makes of released figures: shares of a histogram, ranks with their ties, and rounding. Pure; nothing in
 * here has seen an unreleased count. Intervals and verdicts of counts are release/interval.ts.
 */
import { changeOf, directionOf, type Interval, intervalOf, type Noisy, sumOf, z } from "../../release/interval.ts";

export type Verdict = ReturnType<typeof directionOf>;

/** Whether the difference's own interval leaves 0 out. That two intervals overlap would not say so. */
export function verdictOf(now: Noisy, before: Noisy): Verdict {
	return directionOf(changeOf(before, now));
}

/** A share of 1 with the variance of the noise in it. */
export interface Share {
	share: number;
	variance: number;
}

/** Wider than this, a share's interval says nothing worth reading. */
const widestShare = 0.5;

/** A share's 95 % interval, within 0 and 1 as every share is. */
export function shareInterval({ share, variance }: Share): Interval {
	const half = z * Math.sqrt(variance);
	return { value: share, low: Math.max(share - half, 0), high: Math.min(share + half, 1) };
}

/**
 * The share that some parts of a histogram have of all of it, each part with noise of its own. Variance by the delta method:
 * ((1 − p)²·var(within) + p²·var(rest)) / total². Undefined where the total cannot be told from 0 or the interval is too wide.
 */
export function shareOf(within: readonly Noisy[], rest: readonly Noisy[]): Share | undefined {
	const [inside, outside] = [sumOf(within), sumOf(rest)];
	const total = sumOf([inside, outside]);
	if (intervalOf(total).low <= 0) return undefined;
	const share = Math.min(Math.max(inside.value / total.value, 0), 1);
	const variance = ((1 - share) ** 2 * inside.sigma2 + share ** 2 * outside.sigma2) / total.value ** 2;
	return 2 * z * Math.sqrt(variance) > widestShare ? undefined : { share, variance };
}

export function shareVerdict(now: Share, before: Share): Verdict {
	const half = z * Math.sqrt(now.variance + before.variance);
	const change = now.share - before.share;
	return change > half ? "up" : change < -half ? "down" : "unsure";
}

/** The best and the worst place each figure may have: those surely larger come before it, those surely smaller after. */
export function ranksOf(figures: readonly Noisy[]): [number, number][] {
	return figures.map((figure) => [
		1 + figures.filter((other) => verdictOf(other, figure) === "up").length,
		figures.length - figures.filter((other) => verdictOf(other, figure) === "down").length,
	]);
}

/** The step an estimate is rounded to: the power of ten within a fifth of half its interval, so ±130 is read in tens. */
export function stepOf({ low, high }: Interval): number {
	const fifth = (high - low) / 10;
	return fifth < 1 ? 1 : 10 ** Math.floor(Math.log10(fifth));
}

/** A count as it is written: rounded, and never below 0. */
export function shownCount(figure: Noisy): Interval {
	const interval = intervalOf(figure);
	const step = stepOf(interval);
	const shown = (value: number) => Math.max(Math.round(value / step) * step, 0);
	return { value: shown(interval.value), low: shown(interval.low), high: shown(interval.high) };
}
