/**
 * The exact discrete Gaussian: whole numbers from uniform bits by comparisons alone, so that no rounding can give a count away.
 * No floating point, no logarithm, no division: a test of the text of this file forbids them. Leaves out how much noise is needed
 * (accountant.ts).
 *
 * Canonne, Kamath, Steinke, "The Discrete Gaussian for Differential Privacy", 2020, Algorithms 1 to 3, https://arxiv.org/abs/2004.00010
 */

/** 32 uniform bits as a whole number. */
export type RandomWord = () => number;

const twoTo32 = 0x1_0000_0000;
const twoTo53 = 0x20_0000_0000_0000;

/** Words from a source that fills arrays; by default the operating system's, in the largest pieces that it gives at once. */
export function randomWords(
	fill: (words: Uint32Array<ArrayBuffer>) => void = (w) => crypto.getRandomValues(w),
): RandomWord {
	const words = new Uint32Array(16_384);
	let next = words.length;
	return () => {
		if (next === words.length) {
			fill(words);
			next = 0;
		}
		const word = words[next] ?? 0;
		words[next++] = 0; // what was drawn stays nowhere
		return word;
	};
}

/** Uniform in 0 … n − 1, by rejection; n is a whole number from 1 to 2^53. */
function uniformBelow(n: number, random: RandomWord): number {
	if (!Number.isSafeInteger(n) || n < 1) throw new RangeError("a bound that is not exact");
	if (n <= twoTo32) {
		let mask = n - 1;
		mask |= mask >>> 1;
		mask |= mask >>> 2;
		mask |= mask >>> 4;
		mask |= mask >>> 8;
		mask |= mask >>> 16;
		for (;;) {
			const drawn = (random() & mask) >>> 0;
			if (drawn < n) return drawn;
		}
	}
	const end = twoTo53 - (twoTo53 % n); // the largest multiple of n: every remainder is equally frequent below it
	for (;;) {
		const drawn = (random() & 0x1f_ffff) * twoTo32 + random();
		if (drawn < end) return drawn % n;
	}
}

/** True with probability a / b, or certainly where that is 1 or more. */
const bernoulli = (a: number, b: number, random: RandomWord) => a >= b || uniformBelow(b, random) < a;

/** Algorithm 1: true with probability exp(−a / b), for whole numbers a ≥ 0 and b ≥ 1. */
function bernoulliExp(a: number, b: number, random: RandomWord): boolean {
	let rest = a;
	for (; rest > b; rest -= b) if (!bernoulliExp(1, 1, random)) return false;
	let k = 1;
	while (bernoulli(rest, b * k, random)) k += 1;
	return k % 2 === 1;
}

/** Algorithm 2 with s = 1: the discrete Laplace, P[Y = y] proportional to exp(−|y| / t). */
function discreteLaplace(t: number, random: RandomWord): number {
	for (;;) {
		const low = uniformBelow(t, random);
		if (!bernoulliExp(low, t, random)) continue;
		let high = 0;
		while (bernoulliExp(1, 1, random)) high += 1;
		const size = low + t * high;
		const isNegative = bernoulli(1, 2, random);
		if (isNegative && size === 0) continue; // else 0 would come twice as often
		return isNegative ? -size : size;
	}
}

/**
 * Algorithm 3: the discrete Gaussian, P[N = x] proportional to exp(−x² / 2σ²) over the whole numbers. `sigma2` is a whole number
 * from 1 to `maxSigma2`. (|Y| − σ²/t)² / 2σ² is (|Y|·t − σ²)² / 2σ²t², in whole numbers; above 2^53 (|Y| over 90 times its scale,
 * a chance below 1e-39) it throws instead of rounding.
 */
export function discreteGaussian(sigma2: number, random: RandomWord): number {
	if (!Number.isSafeInteger(sigma2) || sigma2 < 1) throw new RangeError("σ² must be a whole number, 1 or more");
	let t = 1;
	while (t * t <= sigma2) t += 1; // ⌊σ⌋ + 1
	const scale = 2 * sigma2 * t * t;
	for (;;) {
		const drawn = discreteLaplace(t, random);
		const distance = (drawn < 0 ? -drawn : drawn) * t - sigma2;
		const square = distance * distance;
		if (!Number.isSafeInteger(square)) throw new RangeError("a number that is not exact");
		if (bernoulliExp(square, scale, random)) return drawn;
	}
}
