/** Seeded randomness: the same words give the same numbers on every machine. Not for secrets. */

/** 32-bit FNV-1a with a final mix, so that neighbouring texts are far apart. */
function hash(text: string): number {
	let state = 2_166_136_261;
	for (let index = 0; index < text.length; index++) state = Math.imul(state ^ text.charCodeAt(index), 16_777_619);
	state = Math.imul(state ^ (state >>> 16), 2_246_822_507);
	state = Math.imul(state ^ (state >>> 13), 3_266_489_909);
	return (state ^ (state >>> 16)) >>> 0;
}

/** One number in [0, 1) that belongs to a text. */
export function fraction(text: string): number {
	return hash(text) / 2 ** 32;
}

export interface Random {
	/** Uniform in [0, 1). */
	next(): number;
	/** Uniform whole number, both ends included. */
	whole(min: number, max: number): number;
	chance(probability: number): boolean;
	/** Standard normal, Box–Muller. */
	normal(): number;
	/** Log-normal by its median and the standard deviation of its logarithm. */
	around(median: number, spread: number): number;
	/** A key of a table of weights. */
	pick<Key extends string>(weights: Partial<Record<Key, number>>): Key;
}

export function randomFrom(text: string): Random {
	let state = hash(text);
	/** Mulberry32: 32 bits of state are plenty for a demo. */
	const next = () => {
		state = (state + 0x6d2b79f5) | 0;
		let mixed = Math.imul(state ^ (state >>> 15), state | 1);
		mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
		return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
	};
	const normal = () => Math.sqrt(-2 * Math.log(1 - next())) * Math.cos(2 * Math.PI * next());
	return {
		next,
		normal,
		whole: (min, max) => min + Math.floor(next() * (max - min + 1)),
		chance: (probability) => next() < probability,
		around: (median, spread) => median * Math.exp(spread * normal()),
		pick<Key extends string>(weights: Partial<Record<Key, number>>) {
			const rows = Object.entries(weights) as [Key, number][];
			let rest = next() * rows.reduce((sum, [, weight]) => sum + weight, 0);
			const row = rows.find(([, weight]) => {
				rest -= weight;
				return rest < 0;
			});
			const [key] = row ?? rows.at(-1) ?? [];
			if (key === undefined) throw new RangeError("nothing to pick from");
			return key;
		},
	};
}
