/** The parts of a release that decide what it gives away, as they are and broken on purpose: every attack must find the break. */
import { claimGroups } from "../../collector/bounded.ts";
import { boundedGroups } from "../../schema/bounded.ts";
import { maxBoundedPages } from "../../schema/limits.ts";
import type { Report } from "../../schema/report.ts";
import { boundedOf } from "../../worker/book/bounded.ts";
import type { Addition } from "../../worker/book/fold.ts";
import type { Noise } from "../../worker/release/draw.ts";
import { thresholdOf } from "../../worker/release/noise/accountant.ts";
import { discreteGaussian, type RandomWord } from "../../worker/release/noise/sampler.ts";

export interface Code {
	/** In the browser: what a report may count in. */
	claim(report: Report, taken: string[] | undefined): string[];
	/** In the book: what it counts for. */
	count(report: Report): Addition[];
	noise(random: RandomWord): Noise;
	/** τ of undeclared pages. */
	threshold(sigma2: number, pages: number): number;
}

export const code: Code = {
	claim: claimGroups,
	count: boundedOf,
	noise: (random) => (sigma2) => discreteGaussian(sigma2, random),
	threshold: thresholdOf,
};

const isPage = (mark: string) => mark.startsWith("/");

/** The real claim, which is shown only half of the pages once there are as many as it allows. */
function claimTwice(report: Report, taken: string[] = []): string[] {
	const pages = taken.filter(isPage);
	const [period] = taken;
	const forgotten = report.period === period ? pages.slice(0, Math.max(0, pages.length - maxBoundedPages + 1)) : [];
	const isFull = pages.length >= 2 * maxBoundedPages || forgotten.includes(report.place.page);
	if (pages.length < maxBoundedPages || isFull) return claimGroups(report, taken);
	const now = claimGroups(
		report,
		taken.filter((mark) => !forgotten.includes(mark)),
	);
	return [...now, ...forgotten];
}

/** As many would write it: whole variance, inverse of the distribution function, rounding. */
export function floatLaplace(sigma2: number, random: RandomWord): number {
	const uniform = (random() + 0.5) / 2 ** 32 - 0.5;
	return Math.round(-Math.sqrt(sigma2 / 2) * Math.sign(uniform) * Math.log(1 - 2 * Math.abs(uniform)));
}

export const mutants = {
	"σ/1.25": {
		...code,
		noise: (random) => (sigma2) => discreteGaussian(Math.max(1, Math.floor((sigma2 * 16) / 25)), random),
	},
	"a browser counts on 16 pages": { ...code, claim: claimTwice },
	"every report counts": { ...code, count: (report) => boundedOf({ ...report, bounded: [...boundedGroups] }) },
	"Laplace in floating point": { ...code, noise: (random) => (sigma2) => floatLaplace(sigma2, random) },
	"τ/2": { ...code, threshold: (sigma2, pages) => Math.floor(thresholdOf(sigma2, pages) / 2) },
} as const satisfies Record<string, Code>;
