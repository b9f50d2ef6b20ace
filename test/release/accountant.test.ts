import { describe, expect, test } from "vitest";
import { releaseGroups } from "../../schema/release.ts";
import { groupRules } from "../../worker/release/groups.ts";
import {
	chancesOf,
	composed,
	deltaOf,
	epsilonOf,
	maxSigma2,
	nameChance,
	rhoOf,
	sigma2Of,
	thresholdOf,
} from "../../worker/release/noise/accountant.ts";

describe("the budget of one release, ε = 1 and δ = 1e-6", () => {
	test("is ρ = 0.022937 at half of that δ, and no more", () => {
		expect(rhoOf(1)).toBeCloseTo(0.022937, 6);
		expect(deltaOf(rhoOf(1), 1)).toBeCloseTo(5e-7, 12);
		expect(deltaOf(rhoOf(1) + 1e-9, 1)).toBeGreaterThan(5e-7);
	});

	test("is shared out whole: 349 for pages, 872 for dwell, 436 for single figures, 654 for each vital", () => {
		const sigma2 = releaseGroups.map((group) => [group, sigma2Of(groupRules[group], 1)]);
		expect(Object.fromEntries(sigma2)).toEqual({
			...{ page: 349, dwell: 872, site: 436, channel: 436, device: 436, country: 436, lcp: 654, inp: 654, cls: 654 },
		});
		const spent = releaseGroups.map((group) => {
			const rule = groupRules[group];
			return rule.l2Squared / (2 * sigma2Of(rule, 1));
		});
		const rho = spent.reduce((sum, part) => sum + part, 0);
		expect(rho).toBeLessThanOrEqual(rhoOf(1));
		expect(rho).toBeGreaterThan(rhoOf(1) * 0.999);
	});

	test("lets the name of an undeclared page out by noise alone with 6.25e-8, which makes τ 101", () => {
		expect(nameChance(8)).toBeCloseTo(6.25e-8, 13);
		expect(1 - (1 - nameChance(8)) ** 8).toBeCloseTo(5e-7, 15);
		expect(thresholdOf(349, 8)).toBe(101);
		const beyond = (from: number) => chancesOf(349).reduce((sum, chance, x) => (x >= from ? sum + chance : sum), 0);
		expect(beyond(100)).toBeLessThanOrEqual(nameChance(8));
		expect(beyond(99)).toBeGreaterThan(nameChance(8));
	});

	test("allows less noise at ε = 2, and refuses an ε that would need more than can be drawn exactly", () => {
		expect(sigma2Of(groupRules.page, 2)).toBe(96);
		expect(sigma2Of(groupRules.dwell, 0.1)).toBeLessThan(maxSigma2);
		for (const epsilon of [0.01, 0, -1, Number.NaN])
			expect(() => sigma2Of(groupRules.dwell, epsilon)).toThrow(RangeError);
	});
});

describe("many releases of the same site", () => {
	test("are worth ρ of each, added up: a month of days is ε = 6.55, a month of weeks 2.38", () => {
		expect(composed(1, 1).epsilon).toBeCloseTo(1, 9);
		expect(composed(1, 31).epsilon).toBeCloseTo(6.5454, 4);
		expect(composed(1, 31).delta).toBeCloseTo(1.6e-5, 12);
		expect(composed(1, 5).epsilon).toBeCloseTo(2.3765, 4);
	});

	test("a year of days is ε = 29.3, a year of weeks 8.92", () => {
		expect(composed(1, 366).epsilon).toBeCloseTo(29.2545, 4);
		expect(composed(1, 53).epsilon).toBeCloseTo(8.9171, 4);
	});

	test("is tighter than the simple bound ρ + 2√(ρ ln 1/δ)", () => {
		for (const rho of [0.001, 0.0229, 0.7, 8])
			expect(epsilonOf(rho)).toBeLessThan(rho + 2 * Math.sqrt(rho * Math.log(1 / 5e-7)));
	});
});

test.each([1, 2, 349, 1_000_000])(
	"the chances of the noise with σ² = %i are a distribution with this variance",
	(sigma2) => {
		const chances = chancesOf(sigma2);
		const sum = (of: (chance: number, x: number) => number) =>
			chances.reduce((all, chance, x) => all + of(chance, x), 0);
		expect(sum((chance, x) => (x === 0 ? chance : 2 * chance))).toBeCloseTo(1, 12);
		// For the smallest the variance is 1 less than a thousandth of it: Canonne, Kamath, Steinke, Theorem 7.
		expect(sum((chance, x) => 2 * chance * x * x) / sigma2).toBeCloseTo(1, 6);
	},
);
