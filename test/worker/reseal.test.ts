import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { boundaries, vitalLimits } from "../../schema/buckets.ts";
import { leavingMethods } from "../../schema/leaving.ts";
import { type MeasureName, measureNames, measures } from "../../schema/measures.ts";
import type { Report } from "../../schema/report.ts";
import { otherName, splitKey, type TreeRule, treeNames, treeRules } from "../../schema/tree-rules.ts";
import type { TreeName } from "../../schema/trees.ts";
import type { PeriodCells } from "../../worker/book/cells.ts";
import { reseal } from "../../worker/closing/reseal.ts";
import { type SealedCell, seal } from "../../worker/closing/seal.ts";
import { encode, entriesOf, read, type Tally, totalOf } from "../../worker/query/tally.ts";
import { cellsOf, visitLists } from "./random-visits.ts";
import { makeVisit } from "./support.ts";

const k = 5;
const visits = visitLists(8, 60);

function byTree(sealed: SealedCell[]): PeriodCells {
	const cells: PeriodCells = new Map();
	for (const { tree, key, ...cell } of sealed) {
		const keys = cells.get(tree) ?? new Map();
		cells.set(tree, keys.set(key, cell));
	}
	return cells;
}

const dump = (cells: SealedCell[]) =>
	cells.map(({ tree, key, devices, tally }) => `${tree} ${key} ${devices} ${encode(tally)}`).sort();

/** Some visits sealed, then some of them taken out in batches; and what was left, never sealed. */
function erased(all: Report[][], batches: number[][]) {
	const out = new Set(batches.flat().map((number) => number % all.length));
	let sealed = seal(cellsOf(all.flat()), k) ?? [];
	const gone = new Set<number>();
	for (const batch of batches) {
		const now = [...new Set(batch.map((number) => number % all.length))].filter((number) => !gone.has(number));
		for (const number of now) gone.add(number);
		sealed = reseal(byTree(sealed), cellsOf(now.flatMap((number) => all[number] ?? [])), k);
	}
	return { sealed, rest: cellsOf(all.filter((_, number) => !out.has(number)).flat()) };
}
const someBatches = fc.array(fc.array(fc.nat(), { minLength: 1, maxLength: 3 }), { minLength: 1, maxLength: 3 });
const law = (check: (sealed: SealedCell[], rest: PeriodCells) => void) =>
	fc.assert(
		fc.property(visits, someBatches, (all, batches) => {
			const { sealed, rest } = erased(all, batches);
			check(sealed, rest);
		}),
	);

const siteOf = (cells: PeriodCells) => cells.get("site")?.get("")?.tally ?? new Map<number, number>();
const scalars = measureNames.filter((name) => measures[name].parts === "none");
const histograms = measureNames.filter((name) => measures[name].parts === "neighbours");
const sumOf = (cells: PeriodCells, tree: TreeName, name: MeasureName) =>
	[...(cells.get(tree)?.values() ?? [])].reduce((sum, { tally }) => sum + totalOf(tally, name), 0);

/** Groups that each count what neighbouring buckets do, kept in a bucket between those of the groups beside it. */
function expectCoarser(groups: [number, number][], whole: [number, number][]): void {
	const buckets = [...whole];
	let last = -1;
	for (const [bucket, n] of groups) {
		expect(bucket).toBeGreaterThan(last);
		for (let left = n; left > 0; ) {
			const [at, has] = buckets.shift() ?? [0, Number.POSITIVE_INFINITY];
			left -= has;
			last = Math.max(at, bucket);
			expect(left).toBeGreaterThanOrEqual(0);
		}
		expect(bucket).toBeLessThan(buckets[0]?.[0] ?? Number.POSITIVE_INFINITY);
	}
	expect(buckets).toEqual([]);
}

describe("sealed cells without what was erased", () => {
	test("taking nothing away changes nothing: a sealed period sealed again is the same", () => {
		fc.assert(
			fc.property(visits, (all) => {
				const sealed = seal(cellsOf(all.flat()), k) ?? [];
				expect(dump(reseal(byTree(sealed), new Map(), k))).toEqual(dump(sealed));
			}),
		);
	});

	test("no cell has fewer than k devices, and nothing counts below zero", () => {
		law((sealed) => {
			for (const { devices, tally } of sealed) {
				expect(devices).toBeGreaterThanOrEqual(k);
				for (const n of tally.values()) expect(n).toBeGreaterThan(0);
			}
		});
	});

	test("totals are those of the visits that are left, of the site and over every list that is kept", () => {
		law((sealed, rest) => {
			if (sealed.length === 0) return;
			const cells = byTree(sealed);
			for (const name of [...scalars, ...histograms, "leaving", "exits", "entriesBySpeed"] as MeasureName[])
				expect([name, totalOf(siteOf(cells), name)]).toEqual([name, totalOf(siteOf(rest), name)]);
			for (const tree of treeNames) {
				const { seal: how }: TreeRule = treeRules[tree];
				if (how !== "list" || !cells.get(tree)?.size) continue;
				for (const name of [...scalars, "engaged", "lcp", "leaving"] as MeasureName[])
					expect([tree, name, sumOf(cells, tree, name)]).toEqual([tree, name, sumOf(rest, tree, name)]);
			}
		});
	});

	test("a key that is still shown counts exactly what is left of it", () => {
		law((sealed, rest) => {
			for (const { tree, key, tally } of sealed) {
				if (key.includes(otherName)) continue;
				const whole = rest.get(tree)?.get(key)?.tally ?? new Map();
				for (const name of scalars)
					expect([tree, key, name, read(tally, name)]).toEqual([tree, key, name, read(whole, name)]);
			}
		});
	});

	test("its histograms are equal or coarser, and shares over a limit stay exact", () => {
		law((sealed, rest) => {
			for (const { tree, key, tally } of sealed) {
				if (key.includes(otherName)) continue;
				const whole = rest.get(tree)?.get(key)?.tally ?? new Map();
				for (const name of histograms) expectCoarser(entriesOf(tally, name), entriesOf(whole, name));
			}
			const cells = byTree(sealed);
			if (sealed.length === 0) return;
			for (const [name, limits] of Object.entries(vitalLimits))
				for (const limit of limits) {
					const over = (of: Tally) =>
						entriesOf(of, name as MeasureName)
							.filter(([bucket]) => bucket > boundaries.indexOf(limit))
							.reduce((sum, [, n]) => sum + n, 0);
					expect(over(siteOf(cells))).toBe(over(siteOf(rest)));
				}
		});
	});

	test("a leaving method that is still shown counts what is left of it", () => {
		law((sealed, rest) => {
			const [cells, whole] = [siteOf(byTree(sealed)), siteOf(rest)];
			for (const [how, n] of entriesOf(cells, "exits"))
				if (how !== leavingMethods.indexOf("unknown")) expect(n).toBe(read(whole, "exits", how));
		});
	});

	test("gaps keep counting between the two ends of their groups", () => {
		law((sealed, rest) => {
			if (sealed.length === 0) return;
			const upTo = (of: Tally, name: "gap" | "gapFloor", gap: number) =>
				entriesOf(of, name)
					.filter(([at]) => at <= gap)
					.reduce((sum, [, n]) => sum + n, 0);
			const [cells, whole] = [siteOf(byTree(sealed)), siteOf(rest)];
			for (let gap = 0; gap < 32; gap++) {
				expect(upTo(cells, "gap", gap)).toBeLessThanOrEqual(upTo(whole, "gap", gap));
				expect(upTo(cells, "gapFloor", gap)).toBeGreaterThanOrEqual(upTo(whole, "gap", gap));
			}
		});
	});

	test("flows keep balancing: what a crossing table shows is within its margins", () => {
		law((sealed) => {
			const cells = byTree(sealed);
			const flows = [...(cells.get("page-previous") ?? [])];
			for (const [page, { tally }] of cells.get("page") ?? []) {
				const through = (side: 0 | 1) =>
					flows.reduce((sum, [key, flow]) => sum + (splitKey(key)[side] === page ? read(flow.tally, "views") : 0), 0);
				expect(through(0)).toBeLessThanOrEqual(read(tally, "views") - read(tally, "entries"));
				expect(through(1)).toBeLessThanOrEqual(read(tally, "views") - totalOf(tally, "exits"));
			}
			for (const [key] of flows) for (const page of splitKey(key)) expect(cells.get("page")?.has(page)).toBe(true);
		});
	});
});

/** Each visit is one browser's. */
const seen = (visits: number, page: string, how: "closed" | "outbound" = "closed") =>
	Array.from({ length: visits }, () => makeVisit("policy-one", [page], { how }));
const keysOf = (sealed: SealedCell[], tree: TreeName) =>
	sealed.flatMap((cell) => (cell.tree === tree ? [[cell.key, cell.devices]] : [])).sort();

describe("what falls below k by an erasure", () => {
	test("a page takes the smallest other one with it into (other)", () => {
		const { sealed } = erased([...seen(5, "/a"), ...seen(6, "/b"), ...seen(9, "/")], [[0]]);
		expect(keysOf(sealed, "page")).toEqual([
			[otherName, 10],
			["/", 9],
		]);
		expect(keysOf(sealed, "page-device")).toEqual([["/\tdesktop", 9]]);
	});

	test("(other) takes in the smallest page", () => {
		const { sealed } = erased([...seen(2, "/a"), ...seen(3, "/b"), ...seen(6, "/c"), ...seen(9, "/")], [[0]]);
		expect(keysOf(sealed, "page")).toEqual([
			[otherName, 10],
			["/", 9],
		]);
	});

	test("(other) goes where no page is left to take in", () => {
		const { sealed } = erased([...seen(2, "/a"), ...seen(3, "/b")], [[0]]);
		expect(sealed).toEqual([]);
	});

	test("a whole period of k devices keeps no cell", () => {
		const { sealed } = erased(seen(5, "/"), [[3]]);
		expect(sealed).toEqual([]);
	});

	test("a leaving method folds into unknown, together with the smallest other", () => {
		const all = [...seen(5, "/", "outbound"), ...seen(6, "/")];
		const { sealed } = erased(all, [[0]]);
		expect(entriesOf(siteOf(byTree(sealed)), "exits")).toEqual([[leavingMethods.indexOf("unknown"), 10]]);
	});

	test("a crossing that falls below k is hidden with another one of its row and of its column", () => {
		const by = (n: number, page: string, device: "desktop" | "mobile" | "tablet") =>
			Array.from({ length: n }, () => makeVisit("policy-one", [page], { device }));
		const all = [
			...by(5, "/a", "desktop"),
			...by(6, "/a", "mobile"),
			...by(9, "/a", "tablet"),
			...by(7, "/b", "desktop"),
			...by(8, "/b", "mobile"),
			...by(20, "/b", "tablet"),
		];
		expect(keysOf(seal(cellsOf(all.flat()), k) ?? [], "page-device")).toHaveLength(6);
		expect(keysOf(erased(all, [[0]]).sealed, "page-device")).toEqual([
			["/a\ttablet", 9],
			["/b\ttablet", 20],
		]);
	});
});
