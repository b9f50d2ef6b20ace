import { describe, expect, test } from "vitest";
import { offsets } from "../../schema/measures.ts";
import { releaseGroups } from "../../schema/release.ts";
import { addNoise, type Declared, drawRelease, exactCells, undeclaredPages } from "../../worker/release/draw.ts";
import { type BoundedCounts, countsOf, groupRules } from "../../worker/release/groups.ts";
import { thresholdOf } from "../../worker/release/noise/accountant.ts";
import { discreteGaussian } from "../../worker/release/noise/sampler.ts";
import { seededWords } from "./seeded-words.ts";

const declared: Declared = {
	groups: releaseGroups,
	pages: ["/priser", "/", "/kontakt"],
	undeclaredPages: true,
	countries: ["NO", "SE"],
};
const budget = { epsilon: 1, k: 5 };
const one = (count: number) => new Map([[0, count]]);
const pagesOf = (seen: Record<string, number>): BoundedCounts =>
	new Map([["page", new Map(Object.entries(seen).map(([page, count]) => [page, one(count)]))]]);
const draw = (counts: BoundedCounts, change: Partial<Declared> = {}, seed = 1) =>
	drawRelease(counts, { ...declared, ...change }, budget, seededWords(seed));

describe("a release", () => {
	test("has every declared cell, whatever was counted", () => {
		const none = draw(new Map());
		const per = (group: string) => none.filter((cell) => cell.group === group).length;
		expect(Object.fromEntries(releaseGroups.map((group) => [group, per(group)]))).toEqual({
			...{ page: 3, dwell: 24, site: 1, channel: 7, device: 4, country: 3, lcp: 16, inp: 16, cls: 16 },
		});
		const named = (cells: typeof none) => cells.map(({ value, ...cell }) => cell);
		const some = new Map([...pagesOf({ "/": 40, "/kontakt": 1 }), ["site", new Map([["", one(44)]])]]);
		expect(named(draw(some))).toEqual(named(none));
	});

	test("says nothing of groups that are off", () => {
		const cells = draw(pagesOf({ "/": 40, "/ny": 4_000 }), { groups: ["site", "dwell"] });
		expect(cells.length).toBe(1 + 3 * groupRules.dwell.parts);
		expect(new Set(cells.map(({ key }) => key))).toEqual(new Set(["", "/", "/kontakt", "/priser"]));
	});

	test("is whole numbers about the count, with the variance of the noise beside them", () => {
		const values = Array.from({ length: 2_000 }, (_, seed) =>
			drawRelease(
				new Map([["site", new Map([["", one(1_000)]])]]),
				{ ...declared, groups: ["site"] },
				budget,
				seededWords(seed),
			),
		).flat();
		expect(values.every(({ value, sigma2 }) => Number.isSafeInteger(value) && sigma2 === 436)).toBe(true);
		const mean = values.reduce((sum, { value }) => sum + value, 0) / values.length;
		expect(Math.abs(mean - 1_000)).toBeLessThan(5 * Math.sqrt(436 / 2_000));
	});

	test("is drawn anew from the system's random bits each time", () => {
		const drawn = Array.from({ length: 2 }, () => drawRelease(new Map(), declared, budget).map(({ value }) => value));
		expect(drawn[0]).not.toEqual(drawn[1]);
	});

	test("comes in an order that does not depend on what was counted first", () => {
		const order = (counts: BoundedCounts) => draw(counts).map(({ group, key, part }) => `${group} ${key} ${part}`);
		const two = { "/å": 4_000, "/a": 4_000 };
		expect(order(pagesOf(two))).toEqual(order(pagesOf({ "/a": 4_000, "/å": 4_000 })));
		expect(order(pagesOf(two)).filter((cell) => cell.startsWith("page"))).toEqual(
			["/", "/a", "/kontakt", "/priser", "/å"].map((page) => `page ${page} 0`),
		);
	});

	test("has the noise that the attacks attack, cell by cell", () => {
		const random = seededWords(1);
		const noise = (sigma2: number) => discreteGaussian(sigma2, random);
		const attacked = exactCells(pagesOf({ "/": 40 }), declared, 1).map((cell) => addNoise(cell, noise));
		expect(new Set(draw(pagesOf({ "/": 40 })))).toEqual(new Set(attacked));
	});

	test("adds up the countries that it does not name", () => {
		const counts: BoundedCounts = new Map([
			[
				"country",
				new Map([
					["NO", one(10_000)],
					["DK", one(3_000)],
					["ZZ", one(2_000)],
				]),
			],
		]);
		const countries = draw(counts).filter(({ group }) => group === "country");
		const near = countries.map(({ key, value }) => [key, Math.round(value / 1_000) + 0]);
		expect(near).toEqual([
			["(other)", 5],
			["NO", 10],
			["SE", 0],
		]);
	});

	test("refuses a declared page that is none: a browser could be in it many times", () => {
		expect(() => draw(new Map(), { pages: ["(other)"] })).toThrow(RangeError);
	});
});

describe("a page nobody declared", () => {
	const released = (seen: Record<string, number>, noise: number) =>
		undeclaredPages(pagesOf(seen), declared.pages, budget, () => noise).map(({ key }) => key);

	test("that fewer than k browsers saw is not released, whatever the noise", () => {
		expect(released({ "/hemmelig": 4, "/ny": 5 }, 1_000_000)).toEqual(["/ny"]);
	});

	test("is released from τ on, counted from the k-th browser", () => {
		const reach = thresholdOf(349, 8) + 4;
		expect(released({ "/ny": reach, "/gammel": reach - 1 }, 0)).toEqual(["/ny"]);
		expect(released({ "/ny": reach + 30, "/gammel": reach + 29 }, -30)).toEqual(["/ny"]);
	});

	test("is none where it stands for many, and is not told twice where it is declared after all", () => {
		expect(released({ "(other)": 4_000, "/priser": 4_000 }, 0)).toEqual([]);
		const pages = draw(pagesOf({ "(other)": 4_000, "/priser": 4_000, "/ny": 4_000 })).filter(
			({ group }) => group === "page",
		);
		expect(pages.map(({ key }) => key)).toEqual(["/", "/kontakt", "/ny", "/priser"]);
	});

	test("has its dwell released with it", () => {
		const dwells = draw(pagesOf({ "/ny": 4_000 })).filter(({ group, key }) => group === "dwell" && key === "/ny");
		expect(dwells.map(({ part }) => part)).toEqual([0, 1, 2, 3, 4, 5, 6, 7]);
		expect(draw(pagesOf({ "/ny": 4_000 }), { undeclaredPages: false }).some(({ key }) => key === "/ny")).toBe(false);
	});
});

test("the counters of several books are added up", () => {
	const cell = (...parts: [number, number][]) => ({
		tally: new Map(parts.map(([part, n]) => [offsets.bounded + part, n])),
	});
	const counts = countsOf([
		["site", cell([0, 3])],
		["dwell\t/a", cell([0, 1], [7, 2])],
		["site", cell([0, 4])],
		["dwell\t/a", cell([7, 5])],
	]);
	expect(counts).toEqual(
		new Map([
			["site", new Map([["", one(7)]])],
			[
				"dwell",
				new Map([
					[
						"/a",
						new Map([
							[0, 1],
							[7, 7],
						]),
					],
				]),
			],
		]),
	);
});
