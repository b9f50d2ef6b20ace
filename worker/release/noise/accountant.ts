/**
 * The accounting of the noise: from a promise (ε, δ) to the variance of each group and the threshold of undeclared pages, and
 * what many releases together amount to. Public arithmetic, so floating point will do; leaves out drawing (sampler.ts).
 *
 * Formulas: Canonne, Kamath, Steinke, "The Discrete Gaussian for Differential Privacy", 2020, https://arxiv.org/abs/2004.00010
 */
import type { GroupRule } from "../groups.ts";

/** δ of one release: one half for the noise, one for the names of undeclared pages. */
export const noiseDelta = 5e-7;
export const thresholdDelta = 5e-7;
/** With σ² up to this, every whole number the sampler needs is exact in a double (below 2^53). */
export const maxSigma2 = 1_000_000;

/** Halvings until a double cannot tell the ends apart. */
const steps = 100;

/** Where the rising function `isBeyond` turns true between `low` and `high`: the last points that are not and are. */
function bisect(low: number, high: number, isBeyond: (at: number) => boolean): [below: number, beyond: number] {
	for (let step = 0; step < steps; step++) {
		const middle = (low + high) / 2;
		if (isBeyond(middle)) high = middle;
		else low = middle;
	}
	return [low, high];
}

/**
 * Smallest δ for which ρ-concentrated differential privacy gives (ε, δ). Their Proposition 12:
 * δ = min over a > 1 of exp((a−1)(aρ−ε) + a·ln(1−1/a)) / (a−1). The logarithm is convex in a, and its derivative is
 * (2a−1)ρ − ε + ln(1−1/a).
 */
export function deltaOf(rho: number, epsilon: number): number {
	const [a] = bisect(1, (epsilon + 1) / (2 * rho) + 2, (at) => (2 * at - 1) * rho - epsilon + Math.log1p(-1 / at) > 0);
	return Math.min(1, Math.exp((a - 1) * (a * rho - epsilon) + a * Math.log1p(-1 / a)) / (a - 1));
}

/** Largest ρ that still gives (ε, δ). */
export function rhoOf(epsilon: number, delta = noiseDelta): number {
	return bisect(0, epsilon + 1, (rho) => deltaOf(rho, epsilon) > delta)[0];
}

/** Smallest ε that ρ gives at δ; never more than ρ + 2·√(ρ·ln(1/δ)), Bun and Steinke 2016, Proposition 1.3. */
export function epsilonOf(rho: number, delta = noiseDelta): number {
	return bisect(0, rho + 2 * Math.sqrt(rho * Math.log(1 / delta)), (epsilon) => deltaOf(rho, epsilon) <= delta)[1];
}

/** Variance parameter of a group, a whole number: its part of ρ is L2² / (2·σ²), their Theorem 14. */
export function sigma2Of({ l2Squared, share: [part, of] }: GroupRule, epsilon: number): number {
	const sigma2 = Math.ceil((l2Squared * of) / (2 * part * rhoOf(epsilon)));
	if (!(sigma2 <= maxSigma2)) throw new RangeError(`an ε of ${epsilon} needs more noise than can be drawn exactly`);
	return sigma2;
}

/** P[N = x] of the discrete Gaussian, proportional to exp(−x² / 2σ²), for x from 0 to where nothing is left of it. */
export function chancesOf(sigma2: number): number[] {
	const terms = Array.from({ length: Math.ceil(40 * Math.sqrt(sigma2)) }, (_, x) => Math.exp((-x * x) / (2 * sigma2)));
	// From the small terms to the large ones, so that none is lost.
	const all = terms.reduceRight((sum, term, x) => sum + (x === 0 ? term : 2 * term), 0);
	return terms.map((term) => term / all);
}

/** Largest chance with which the name of one undeclared page may come out by noise alone; a browser counts on `pages` of them. */
export function nameChance(pages: number): number {
	return -Math.expm1(Math.log1p(-thresholdDelta) / pages);
}

/** τ: the least whole number with P[N ≥ τ − 1] ≤ δ_p, where `pages` is how many names a browser can bring. */
export function thresholdOf(sigma2: number, pages: number): number {
	const chances = chancesOf(sigma2);
	const rare = nameChance(pages);
	let from = chances.length;
	for (let tail = 0; tail + (chances[from - 1] ?? 1) <= rare; from--) tail += chances[from - 1] ?? 1;
	return from + 1;
}

/** What one and the same browser's reports amount to over many periods: the noise adds up in ρ, the names in δ. */
export function composed(epsilon: number, periods: number): { epsilon: number; delta: number } {
	return { epsilon: epsilonOf(periods * rhoOf(epsilon)), delta: noiseDelta + periods * thresholdDelta };
}
