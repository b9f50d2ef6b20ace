/** Each attack of privacy on the code, which stands, and on a mutant, which falls. The long run is `npm run audit:privacy`. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { discreteGaussian, randomWords } from "../../worker/release/noise/sampler.ts";
import { allowedMu, auditMu, breakBounds, compareShape, fishForNames } from "./attacks.ts";
import { inexactIn } from "./exactness.ts";
import { code, floatLaplace, mutants } from "./mutants.ts";
import { seededWords } from "./seeded-words.ts";

const seed = 20261123;
const runs = 200_000;

describe("whether a browser was there, guessed from a whole release", { timeout: 240_000 }, () => {
	test("cannot be told better than √(2ρ) allows, and the attack comes close to that", () => {
		const { low, high, cells } = auditMu(code, seededWords(seed), runs);
		expect(cells).toBe(8 + 8 + 7);
		expect(low).toBeLessThanOrEqual(allowedMu);
		expect(high).toBeGreaterThanOrEqual(0.9 * allowedMu);
	});

	test("can be told where the noise is a fifth too narrow", () => {
		expect(auditMu(mutants["σ/1.25"], seededWords(seed), runs).low).toBeGreaterThan(allowedMu);
	});

	test("can be told where every report counts", () => {
		expect(auditMu(mutants["every report counts"], seededWords(seed), 2_000).low).toBeGreaterThan(allowedMu);
	});
});

describe("the shape of the noise", { timeout: 60_000 }, () => {
	test.each([1, 4, 349, 872, 1_000_000])("is the discrete Gaussian's for σ² = %i", (sigma2) => {
		expect(compareShape(code, seededWords(seed), sigma2, 1_000_000)).toBeGreaterThan(1e-6);
	});

	test("is the same from the system's random bits", () => {
		const fromSystem = { ...code, noise: () => (sigma2: number) => discreteGaussian(sigma2, random) };
		const random = randomWords();
		expect(compareShape(fromSystem, random, 349, 1_000_000)).toBeGreaterThan(1e-6);
	});

	test.each(["Laplace in floating point", "σ/1.25"] as const)("is not with %s", (mutant) => {
		expect(compareShape(mutants[mutant], seededWords(seed), 349, 1_000_000)).toBeLessThan(1e-6);
	});
});

describe("the text of what draws", () => {
	const textOf = (file: string) => readFileSync(join(import.meta.dirname, "../../worker/release", file), "utf8");

	test.each(["noise/sampler.ts", "draw.ts"])("%s has whole numbers only", (file) => {
		expect(inexactIn(textOf(file))).toEqual([]);
	});

	test("would show floating point, a logarithm and chance that can be foretold", () => {
		expect(inexactIn(floatLaplace.toString())).not.toEqual([]);
		for (const wrong of [
			"Math.random()",
			"a / b",
			"1.5 * a",
			"a ** 2",
			"1e-3",
			"Number(a)",
			"parseFloat(a)",
			"performance.now()",
		])
			expect(inexactIn(`const x = ${wrong};`), wrong).not.toEqual([]);
	});
});

describe("the name of a page that one browser makes possible", () => {
	test("stays inside as often as it must", () => {
		const { low, allowed } = fishForNames(code, seededWords(seed), 20_000);
		expect(low).toBeLessThanOrEqual(allowed);
	});

	test("comes out where τ is half of what it must be", () => {
		const { low, allowed } = fishForNames(mutants["τ/2"], seededWords(seed), 20_000);
		expect(low).toBeGreaterThan(allowed);
	});
});

describe("a browser with random tabs, reloads and midnights", () => {
	test("changes no group by more than the noise is made for", () => {
		expect(breakBounds(code, seededWords(seed), 500)).toBe(1);
	});

	test.each(["a browser counts on 16 pages", "every report counts"] as const)("does where %s", (mutant) => {
		expect(breakBounds(mutants[mutant], seededWords(seed), 50)).toBeGreaterThan(1);
	});
});

test.each([0, -1, 1.5, Number.NaN, 2 ** 53])("noise with σ² = %d is refused", (sigma2) => {
	expect(() => discreteGaussian(sigma2, seededWords(seed))).toThrow(RangeError);
});
