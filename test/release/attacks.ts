/**
 * Attacks on a release: each tries to learn more than the guarantee allows, and tells how much it learnt and what was allowed.
 * Leaves out what is attacked (mutants.ts).
 */
import { maxBoundedPages } from "../../schema/limits.ts";
import { type ReleaseGroup, releaseGroups } from "../../schema/release.ts";
import { addNoise, type Declared, exactCells, undeclaredPages } from "../../worker/release/draw.ts";
import { type BoundedCounts, groupRules } from "../../worker/release/groups.ts";
import { chancesOf, nameChance, rhoOf, sigma2Of } from "../../worker/release/noise/accountant.ts";
import type { RandomWord } from "../../worker/release/noise/sampler.ts";
import { busiest, pages, wandering } from "./browsers.ts";
import type { Code } from "./mutants.ts";
import { chanceBounds, chiSquaredTail, normalQuantile } from "./statistics.ts";

/** Chance with which an attack may accuse sound code, for each bound it uses. */
const doubt = 5e-7;
const epsilon = 1;
const k = 5;
/** √(2ρ): how far apart, in standard deviations, the release with and without one browser may be. */
export const allowedMu = Math.sqrt(2 * rhoOf(epsilon));

const everything: Declared = {
	groups: releaseGroups,
	pages,
	undeclaredPages: false,
	countries: ["NO", "SE"],
};

/** What can be said of μ at least and at most after `runs` releases without and as many with the browser. */
export interface Audit {
	low: number;
	high: number;
	/** Of the distance between the exact figures and the variances of the noise; no attack can know more. */
	cells: number;
}

/**
 * The best attack there is on whole releases: with and without the busiest browser, are the released cells likelier with it
 * or without (Neyman and Pearson)? Its two rates of error bound μ from below (Dong, Roth, Su 2019). Only cells that differ are
 * drawn: the others have the same distribution on both sides, independent of these, and tell nothing.
 */
export function auditMu(code: Code, random: RandomWord, runs: number): Audit {
	const noise = code.noise(random);
	const without = exactCells(new Map(), everything, epsilon);
	const cells = exactCells(busiest(code), everything, epsilon).flatMap((cell, at) => {
		const difference = cell.count - (without[at]?.count ?? 0);
		return difference === 0 ? [] : [{ present: cell, absent: { ...cell, count: 0 }, weight: difference / cell.sigma2 }];
	});
	const middle = cells.reduce((sum, { present, weight }) => sum + (present.count * weight) / 2, 0);
	/** How often the attacker says that the browser was there. */
	const accusations = (side: "present" | "absent") => {
		let accused = 0;
		for (let run = 0; run < runs; run++) {
			let evidence = 0;
			for (const cell of cells) evidence += addNoise(cell[side], noise).value * cell.weight;
			if (evidence > middle) accused++;
		}
		return chanceBounds(accused, runs, doubt);
	};
	const wrongly = accusations("absent");
	const rightly = accusations("present");
	return {
		low: normalQuantile(rightly.low) - normalQuantile(wrongly.high),
		high: normalQuantile(rightly.high) - normalQuantile(wrongly.low),
		cells: cells.length,
	};
}

/** The shape of the noise beside the exact discrete Gaussian: chance of a chi-squared statistic this large or larger. */
export function compareShape(code: Code, random: RandomWord, sigma2: number, samples: number): number {
	const noise = code.noise(random);
	const chances = chancesOf(sigma2);
	// Neighbouring values until 50 samples are expected in each bin; the last one takes the tail.
	const binOf: number[] = [];
	const expected: number[] = [];
	let open = 0;
	for (const chance of chances) {
		binOf.push(expected.length);
		open += chance * samples;
		if (open < 50) continue;
		expected.push(open);
		open = 0;
	}
	expected[expected.length - 1] = (expected.at(-1) ?? 0) + open;
	const last = expected.length - 1;
	// 0 has one sign only.
	const seen = [new Array<number>(last + 1).fill(0), new Array<number>(last + 1).fill(0)];
	const zero = Math.min(binOf[0] ?? 0, last);
	for (let sample = 0; sample < samples; sample++) {
		const value = noise(sigma2);
		const counts = seen[value < 0 ? 1 : 0] ?? [];
		const bin = Math.min(binOf[Math.abs(value)] ?? last, last);
		counts[bin] = (counts[bin] ?? 0) + 1;
	}
	const atZero = (chances[0] ?? 0) * samples;
	let statistic = 0;
	let bins = 0;
	for (const [sign, counts] of seen.entries())
		for (const [bin, n] of counts.entries()) {
			const want = (expected[bin] ?? 0) - (sign === 1 && bin === zero ? atZero : 0);
			if (want === 0) continue;
			statistic += (n - want) ** 2 / want;
			bins++;
		}
	return chiSquaredTail(statistic, bins - 1);
}

/**
 * The name of a page that only the k-th browser makes possible: how often it comes out, at least, and how often it may. Pages in
 * one release are as independent as releases are.
 */
export function fishForNames(code: Code, random: RandomWord, tries: number): { low: number; allowed: number } {
	const inOne = Math.min(tries, 20_000);
	const counts: BoundedCounts = new Map([
		["page", new Map(Array.from({ length: inOne }, (_, index) => [`/${index}`, new Map([[0, k]])]))],
	]);
	const threshold = code.threshold(sigma2Of(groupRules.page, epsilon), maxBoundedPages);
	const noise = code.noise(random);
	let released = 0;
	let tried = 0;
	for (; tried < tries; tried += inOne)
		released += undeclaredPages(counts, [], { epsilon, k }, noise, threshold).length;
	return { low: chanceBounds(released, tried, doubt).low, allowed: nameChance(maxBoundedPages) };
}

/** The most that one of many browsers changes a group, as a square, beside what the noise is made for: 1 is all that may be. */
export function breakBounds(code: Code, random: RandomWord, browsers: number): number {
	const excessOf = (counts: BoundedCounts, group: ReleaseGroup) => {
		const cells = [...(counts.get(group)?.values() ?? [])].flatMap((parts) => [...parts.values()]);
		return cells.reduce((sum, n) => sum + n * n, 0) / groupRules[group].l2Squared;
	};
	let worst = 0;
	for (let browser = 0; browser < browsers; browser++)
		for (const counts of wandering(code, random).values())
			for (const group of releaseGroups) worst = Math.max(worst, excessOf(counts, group));
	return worst;
}
