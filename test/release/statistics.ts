/** What the attacks need to judge chance: normal, chi-squared and binomial probabilities in floating point. Leaves out any sampling. */

/** ln Γ(x) for x > 0: Stirling's series beyond 10 (NIST DLMF 5.11.1), steps of the recurrence below. */
function logGamma(x: number): number {
	if (x < 10) return logGamma(x + 1) - Math.log(x);
	const series = 1 / (12 * x) - 1 / (360 * x ** 3) + 1 / (1260 * x ** 5) - 1 / (1680 * x ** 7);
	return (x - 0.5) * Math.log(x) - x + 0.5 * Math.log(2 * Math.PI) + series;
}

/** A continued fraction 1/(1+ d₁/(1+ d₂/(1+ …))) by Lentz's method. */
function fraction(term: (step: number) => number): number {
	const tiny = 1e-300;
	let [value, c, d] = [1, 1, 0];
	for (let step = 1; step < 100_000; step++) {
		const t = term(step);
		d = 1 / (1 + t * d || tiny);
		c = 1 + t / c || tiny;
		value *= c * d;
		if (Math.abs(c * d - 1) < 1e-14) break;
	}
	return 1 / value;
}

/** Regularized incomplete beta function I_x(a, b), NIST DLMF 8.17.22. */
function betaRatio(x: number, a: number, b: number): number {
	if (x <= 0 || x >= 1) return x <= 0 ? 0 : 1;
	if (x > (a + 1) / (a + b + 2)) return 1 - betaRatio(1 - x, b, a);
	const front = Math.exp(logGamma(a + b) - logGamma(a) - logGamma(b) + a * Math.log(x) + b * Math.log1p(-x));
	const term = (step: number) => {
		const m = Math.floor(step / 2);
		const top = step % 2 === 0 ? m * (b - m) : -(a + m) * (a + b + m);
		return (top * x) / ((a + step - 1) * (a + step));
	};
	return (front / a) * fraction(term);
}

/** Regularized upper incomplete gamma function Q(a, x), by the series of its complement, NIST DLMF 8.7.1. */
function gammaRatio(a: number, x: number): number {
	if (x > 1.5 * a + 200) return 0; // below 1e-80, and the terms would overflow
	let term = 1 / a;
	let sum = term;
	for (let n = 1; term > sum * 1e-16; n++) {
		term *= x / (a + n);
		sum += term;
	}
	return Math.max(0, 1 - sum * Math.exp(a * Math.log(x) - x - logGamma(a)));
}

/** Chance of a chi-squared statistic of `freedom` degrees that is this large or larger. */
export function chiSquaredTail(statistic: number, freedom: number): number {
	return gammaRatio(freedom / 2, statistic / 2);
}

/** Where a rising function of 0 … 1 reaches `wanted`. */
function invert(rising: (at: number) => number, wanted: number, [low, high]: [number, number]): number {
	for (let step = 0; step < 60; step++) {
		const middle = (low + high) / 2;
		if (rising(middle) < wanted) low = middle;
		else high = middle;
	}
	return (low + high) / 2;
}

/** Clopper and Pearson 1934: the chance behind `hits` of `runs` is lower, or higher, with probability `doubt` at most. */
export function chanceBounds(hits: number, runs: number, doubt: number): { low: number; high: number } {
	return {
		low: hits === 0 ? 0 : invert((p) => betaRatio(p, hits, runs - hits + 1), doubt, [0, 1]),
		high: hits === runs ? 1 : invert((p) => betaRatio(p, hits + 1, runs - hits), 1 - doubt, [0, 1]),
	};
}

/** Φ(z) of the standard normal. */
function normal(z: number): number {
	const tail = z === 0 ? 0.5 : gammaRatio(0.5, (z * z) / 2) / 2;
	return z > 0 ? 1 - tail : tail;
}

/** Φ⁻¹(chance). */
export function normalQuantile(chance: number): number {
	return invert(normal, chance, [-8, 8]);
}
