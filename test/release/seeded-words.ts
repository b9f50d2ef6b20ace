/** Random words that a seed repeats, for attacks that draw hundreds of millions of them. Not for releases. */
import type { RandomWord } from "../../worker/release/noise/sampler.ts";

/** sfc32 of Chris Doty-Humphrey's PractRand (public domain): period 2^32 at least, 2^127 on average. */
export function seededWords(seed: number): RandomWord {
	let [a, b, c, counter] = [0, seed | 0, 0x5eed, 1];
	const next = () => {
		const sum = (((a + b) | 0) + counter) | 0;
		counter = (counter + 1) | 0;
		a = b ^ (b >>> 9);
		b = (c + (c << 3)) | 0;
		c = (((c << 21) | (c >>> 11)) + sum) | 0;
		return sum >>> 0;
	};
	for (let skipped = 0; skipped < 16; skipped++) next();
	return next;
}
