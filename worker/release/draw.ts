/**
 * One release of one period: exact counts in, noisy whole numbers out, by the groups of groups.ts. Drawn once and stored by the
 * caller; never again for the same period. Leaves out what is stored where, and reading it.
 */
import { maxBoundedPages } from "../../schema/limits.ts";
import { type ReleaseGroup, releaseGroups } from "../../schema/release.ts";
import { otherName } from "../../schema/tree-rules.ts";
import { type BoundedCounts, type GroupRule, groupRules } from "./groups.ts";
import { sigma2Of, thresholdOf } from "./noise/accountant.ts";
import { discreteGaussian, type RandomWord, randomWords } from "./noise/sampler.ts";

/**
 * What a release says beforehand that it tells. Must be fixed before the period begins, and must not be read from visitors'
 * data: a pattern may choose from a sitemap or a typed list, never from the pages that were seen.
 */
export interface Declared {
	groups: readonly ReleaseGroup[];
	/** Paths as the collector cleans them. Each is released, zero or not. */
	pages: readonly string[];
	/** True where other pages are released too, once enough browsers saw them. */
	undeclaredPages: boolean;
	/** Two capital letters; all others are added up as "(other)". */
	countries: readonly string[];
}

export interface Budget {
	epsilon: number;
	k: number;
}

export interface ReleasedCell {
	group: ReleaseGroup;
	/** Page, channel, device, country; "" for figures of the whole site. */
	key: string;
	/** Index in the group's histogram; 0 where it has none. */
	part: number;
	/** A whole number; below zero where noise took it there. */
	value: number;
	/** Variance of the noise in it. */
	sigma2: number;
}

/** A cell before the noise: never stored, never shown. */
export interface ExactCell extends Omit<ReleasedCell, "value"> {
	count: number;
}

/** How a cell gets its noise; the attack tests put broken ones in its place. */
export type Noise = (sigma2: number) => number;

/** The book's "(other)" is no page: it stands for many, and a browser can be in it many times. */
const isPage = (key: string) => key.startsWith("/");

const byCodeUnit = (a: string, b: string) => (a < b ? -1 : a > b ? 1 : 0);

/** Every part of the given keys of a group, zeros included. */
function cellsOf(group: ReleaseGroup, keys: readonly string[], counts: BoundedCounts, epsilon: number): ExactCell[] {
	const rule: GroupRule = groupRules[group];
	const sigma2 = sigma2Of(rule, epsilon);
	return keys.flatMap((key) =>
		Array.from({ length: rule.parts }, (_, part) => ({
			...{ group, key, part, sigma2 },
			count: counts.get(group)?.get(key)?.get(part) ?? 0,
		})),
	);
}

/** The countries that a release does not name, as one. A browser is in one country, so the sum is bounded as each is. */
function poolCountries(counts: BoundedCounts, named: readonly string[]): BoundedCounts {
	const pooled = new Map<string, Map<number, number>>();
	for (const [country, parts] of counts.get("country") ?? []) {
		const key = named.includes(country) ? country : otherName;
		pooled.set(key, new Map([[0, (pooled.get(key)?.get(0) ?? 0) + (parts.get(0) ?? 0)]]));
	}
	return new Map([["country", pooled]]);
}

/** Every cell that is released whatever was counted; `others` are undeclared pages that are released, which have a dwell too. */
export function exactCells(
	counts: BoundedCounts,
	declared: Declared,
	epsilon: number,
	others: readonly string[] = [],
): ExactCell[] {
	const pages = [...new Set(declared.pages)];
	if (!pages.every(isPage)) throw new RangeError("a declared page that is none");
	return [...new Set(declared.groups)].flatMap((group) => {
		const { keys }: GroupRule = groupRules[group];
		if (keys === "pages") return cellsOf(group, group === "page" ? pages : [...pages, ...others], counts, epsilon);
		if (keys !== "countries") return cellsOf(group, keys, counts, epsilon);
		const named = [...new Set(declared.countries), otherName];
		return cellsOf(group, named, poolCountries(counts, declared.countries), epsilon);
	});
}

export function addNoise({ group, key, part, count, sigma2 }: ExactCell, noise: Noise): ReleasedCell {
	return { group, key, part, value: count + noise(sigma2), sigma2 };
}

/**
 * Pages nobody declared whose noisy count is high enough that one browser more or less hardly decides it:
 * c ≥ k and c + N − (k − 1) ≥ τ. A page on which that browser is the k-th is left to the noise alone, and noise reaches τ − 1
 * with probability δ_p at most.
 */
export function undeclaredPages(
	counts: BoundedCounts,
	declared: readonly string[],
	{ epsilon, k }: Budget,
	noise: Noise,
	threshold = thresholdOf(sigma2Of(groupRules.page, epsilon), maxBoundedPages),
): ReleasedCell[] {
	const isDeclared = new Set(declared);
	const paths = [...(counts.get("page")?.keys() ?? [])].filter((path) => isPage(path) && !isDeclared.has(path));
	return cellsOf("page", paths, counts, epsilon).flatMap((cell) => {
		if (cell.count < k) return [];
		const released = addNoise(cell, noise);
		return released.value - (k - 1) >= threshold ? [released] : [];
	});
}

/** Every cell of the release, in an order that depends on nothing else than which cells there are. */
export function drawRelease(
	counts: BoundedCounts,
	declared: Declared,
	budget: Budget,
	random: RandomWord = randomWords(),
): ReleasedCell[] {
	const noise: Noise = (sigma2) => discreteGaussian(sigma2, random);
	const names = declared.groups.includes("page") && declared.undeclaredPages;
	const others = names ? undeclaredPages(counts, declared.pages, budget, noise) : [];
	const paths = others.map(({ key }) => key);
	const cells = exactCells(counts, declared, budget.epsilon, paths).map((cell) => addNoise(cell, noise));
	const order = ({ group }: ReleasedCell) => releaseGroups.indexOf(group);
	return [...cells, ...others].sort((a, b) => order(a) - order(b) || byCodeUnit(a.key, b.key) || a.part - b.part);
}
