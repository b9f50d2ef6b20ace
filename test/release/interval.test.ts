import { describe, expect, test } from "vitest";
import { changeOf, directionOf, halfWidth, intervalOf, sumOf } from "../../worker/release/interval.ts";
import { chancesOf } from "../../worker/release/noise/accountant.ts";
import { discreteGaussian } from "../../worker/release/noise/sampler.ts";
import { seededWords } from "./seeded-words.ts";

describe("the 95 % interval", () => {
	test("is ±37 for pages, ±58 for dwell, ±41 for single figures, ±50 for vitals", () => {
		expect([349, 872, 436, 654].map(halfWidth)).toEqual([37, 58, 41, 50]);
		expect(intervalOf({ value: 12, sigma2: 349 })).toEqual({ low: -25, value: 12, high: 49 });
	});

	test.each([1, 96, 349, 436, 654, 872, 5000])(
		"for σ² = %i is the narrowest of whole numbers that holds 95 %",
		(sigma2) => {
			const chances = chancesOf(sigma2);
			const within = (half: number) =>
				chances.slice(0, half + 1).reduce((sum, chance, x) => sum + (x === 0 ? chance : 2 * chance), 0);
			expect(within(halfWidth(sigma2))).toBeGreaterThanOrEqual(0.95);
			expect(within(halfWidth(sigma2) - 1)).toBeLessThan(0.95);
		},
	);

	test("of a sum of periods grows with the root of their number, and holds the true sum in 95 of 100 cases", () => {
		const random = seededWords(11);
		const period = () => ({ value: 40 + discreteGaussian(349, random), sigma2: 349 });
		const isHeld = () => {
			const { low, high } = intervalOf(sumOf(Array.from({ length: 28 }, period)));
			return low <= 28 * 40 && 28 * 40 <= high;
		};
		const held = Array.from({ length: 4_000 }, isHeld).filter(Boolean).length;
		expect(held / 4_000).toBeGreaterThan(0.94);
		expect(held / 4_000).toBeLessThan(0.965);
		expect(halfWidth(28 * 349)).toBe(194); // not 28 × 37
	});

	test("of nothing is nothing", () => {
		expect(intervalOf(sumOf([]))).toEqual({ low: 0, value: 0, high: 0 });
	});
});

test("a change is told only where its own interval leaves zero out", () => {
	const change = (from: number, to: number) =>
		directionOf(changeOf({ value: from, sigma2: 436 }, { value: to, sigma2: 436 }));
	expect(halfWidth(872)).toBe(58);
	expect(change(100, 158)).toBe("unsure");
	expect(change(100, 159)).toBe("up");
	expect(change(100, 42)).toBe("unsure");
	expect(change(100, 41)).toBe("down");
});
