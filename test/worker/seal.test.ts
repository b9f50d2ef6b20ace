import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { boundaries, bucketOf, vitalLimits } from "../../schema/buckets.ts";
import { leavingMethods } from "../../schema/leaving.ts";
import { measureNames, measures } from "../../schema/measures.ts";
import type { Report } from "../../schema/report.ts";
import { heldBy, otherName, splitKey, type TreeRule, treeNames, treeRules } from "../../schema/tree-rules.ts";
import type { TreeName } from "../../schema/trees.ts";
import type { Cell } from "../../worker/book/cells.ts";
import { rareKeys, type SealedCell, seal, visibleCells } from "../../worker/closing/seal.ts";
import { entriesOf, read, type Tally, totalOf } from "../../worker/query/tally.ts";
import { cellsOf, visits as randomVisits } from "./random-visits.ts";
import { makeVisit } from "./support.ts";

const k = 5;
const visits = randomVisits(5, 60);
const sealOf = (reports: Report[]) => seal(cellsOf(reports), k) ?? [];
const of = (cells: SealedCell[], tree: TreeName) => cells.filter((cell) => cell.tree === tree);
describe("the seal", () => {
	test("no cell has fewer than k devices", () => {
		fc.assert(fc.property(visits, (reports) => sealOf(reports).every(({ devices }) => devices >= k)));
	});

	test("shares over a web-vitals limit stay exact, and every other bucket holds at least k or a whole small band", () => {
		fc.assert(
			fc.property(visits, (reports) => {
				const site = of(sealOf(reports), "site")[0];
				if (!site) throw new Error("five devices or more are always sealed");
				const ends = [...vitalLimits.lcp.map((limit) => boundaries.indexOf(limit)), Number.POSITIVE_INFINITY];
				let from = -1;
				for (const end of ends) {
					const inBand = (index: number) => index > from && index <= end;
					const band = entriesOf(site.tally, "lcp").filter(([index]) => inBand(index));
					const truth = reports.filter((report) => inBand(report.speed?.lcp ?? -1)).length;
					expect(band.reduce((sum, [, n]) => sum + n, 0)).toBe(truth);
					for (const [, n] of band) expect(n).toBeGreaterThanOrEqual(Math.min(k, truth));
					from = end;
				}
			}),
		);
	});

	test("a leaving method is named only where k or more views were left that way, on the way out and onward apart", () => {
		fc.assert(
			fc.property(visits, (reports) => {
				const unknown = leavingMethods.indexOf("unknown");
				for (const { tally } of sealOf(reports)) {
					const exits = new Map(entriesOf(tally, "exits"));
					for (const [how, n] of entriesOf(tally, "leaving")) {
						if (how === unknown) continue;
						const out = exits.get(how) ?? 0;
						for (const part of [out, n - out]) expect(part === 0 || part >= k).toBe(true);
					}
				}
			}),
		);
	});

	test("crossings name only pages, devices and channels that are visible themselves", () => {
		fc.assert(
			fc.property(visits, (reports) => {
				const sealed = sealOf(reports);
				const names = (tree: TreeName) => new Set(of(sealed, tree).map(({ key }) => key));
				const [page, device, channel] = [names("page"), names("device"), names("channel")];
				const rows: [TreeName, Set<string>][] = [
					["page-previous", page],
					["page-device", device],
					["page-channel", channel],
				];
				for (const [tree, columns] of rows) {
					for (const { key } of of(sealed, tree)) {
						const [row = "", column = ""] = key.split("\t");
						expect(page.has(row) && columns.has(column) && row !== otherName && column !== otherName).toBe(true);
					}
				}
			}),
		);
	});

	test("a period of fewer than k devices is not sealed at all", () => {
		expect(seal(cellsOf(makeVisit("policy-one", ["/", "/a", "/b", "/c", "/d"])), k)).toBeNull();
	});

	test("a list keeps its sums, a list below a parent names only what is below a visible one", () => {
		fc.assert(
			fc.property(visits, (reports) => {
				const cells = cellsOf(reports);
				const sealed = seal(cells, k) ?? [];
				for (const tree of treeNames) {
					const rule: TreeRule = treeRules[tree];
					const [measure] = heldBy[rule.holds];
					const kept = of(sealed, tree);
					const sum = (list: { tally: Tally }[]) => list.reduce((all, { tally }) => all + read(tally, measure), 0);
					// A remainder of fewer than k devices is not kept: there is then no "(other)", or nothing at all.
					const isWhole = kept.some(({ key }) => key === otherName) || kept.length === (cells.get(tree)?.size ?? 0);
					if (rule.seal === "list" && isWhole) expect(sum(kept)).toBe(sum([...(cells.get(tree)?.values() ?? [])]));
					if (typeof rule.seal === "string" || !("below" in rule.seal)) continue;
					const parents = new Set(of(sealed, rule.seal.below).map(({ key }) => key));
					for (const { key } of kept) {
						const [parent] = splitKey(key);
						expect(parents.has(parent) && parent !== otherName).toBe(true);
					}
				}
			}),
		);
	});

	test("entries and bounces are told apart by speed only in groups of k or more, and so is their difference", () => {
		fc.assert(
			fc.property(visits, (reports) => {
				for (const { tally } of sealOf(reports)) {
					const bounces = new Map(entriesOf(tally, "bouncesBySpeed"));
					const notKnown = measures.entriesBySpeed.size - 1;
					for (const [speed, n] of entriesOf(tally, "entriesBySpeed")) {
						const out = bounces.get(speed) ?? 0;
						for (const part of [out, n - out]) expect(speed === notKnown || part === 0 || part >= k).toBe(true);
					}
					for (const [speed, n] of entriesOf(tally, "reachedBySpeed")) expect(speed === notKnown || n >= k).toBe(true);
					// Of the cells that hold both.
					if (totalOf(tally, "entriesBySpeed") > 0)
						expect([totalOf(tally, "entriesBySpeed"), totalOf(tally, "bouncesBySpeed")]).toEqual([
							read(tally, "entries"),
							read(tally, "bounces"),
						]);
				}
			}),
		);
	});

	test("few who went on cannot be had by subtracting bounces from entries of the same speed", () => {
		const entries = (n: number, pages: string[], entrySpeed?: number) =>
			Array.from({ length: n }, () =>
				makeVisit("policy-one", pages).map((report) => ({
					...report,
					visit: { ...report.visit, ...(entrySpeed === undefined ? {} : { entrySpeed }) } as NonNullable<
						Report["visit"]
					>,
				})),
			).flat();
		const site = of(
			sealOf([
				...entries(6, ["/"], 2),
				...entries(2, ["/", "/a"], 2),
				...entries(9, ["/"]),
				...entries(7, ["/", "/a"]),
			]),
			"site",
		)[0]?.tally;
		expect(entriesOf(site ?? new Map(), "bouncesBySpeed")).toEqual([
			[2, 6],
			[3, 9],
		]);
		expect(entriesOf(site ?? new Map(), "entriesBySpeed")).toEqual([
			[2, 6],
			[3, 18],
		]);
	});

	test("every histogram counts as many as before, in groups of k or more", () => {
		fc.assert(
			fc.property(visits, (reports) => {
				const before = cellsOf(reports).get("site")?.get("")?.tally ?? new Map();
				const after = of(sealOf(reports), "site")[0]?.tally ?? new Map();
				for (const name of measureNames) {
					expect([name, totalOf(after, name)]).toEqual([name, totalOf(before, name)]);
					if (measures[name].parts !== "neighbours" || name in vitalLimits) continue;
					for (const [, n] of entriesOf(after, name))
						expect(n).toBeGreaterThanOrEqual(Math.min(k, totalOf(before, name)));
				}
			}),
		);
	});

	test("what is below a page, an event or a device that is not kept goes with it", () => {
		const rare = makeVisit("policy-one", ["/hemmelig"], { parts: 5, device: "tablet" });
		// By the complement rule the rare page and device take the smallest other one with them.
		const next = Array.from({ length: 6 }, () => makeVisit("policy-one", ["/b"], { device: "mobile" }));
		const usual = Array.from({ length: 12 }, () => makeVisit("policy-one", ["/"], { clicks: [["main a", 1]] }));
		const text = JSON.stringify(sealOf([...rare, ...next.flat(), ...usual.flat()]).map(({ tree, key }) => [tree, key]));
		expect(text).toContain("main a");
		for (const name of ["hemmelig", "tablet", "main form", "footer", "kjøp", "api"]) expect(text).not.toContain(name);
	});

	test("a property of an event that nobody counted is not kept", () => {
		const reports = Array.from({ length: 8 }, () => makeVisit("policy-one", ["/"])).flat();
		const named = reports.map((report) => ({
			...report,
			first: [...report.first, "event-property:ukjent\tx=1"],
			own: { properties: [["ukjent\tx=1", 1] as [string, number]] },
		}));
		expect(cellsOf(named).get("event-property")?.get("ukjent\tx=1")?.devices).toBe(8);
		expect(of(sealOf(named), "event-property")).toEqual([]);
	});

	test("counts for a release are never sealed", () => {
		const reports = Array.from({ length: 20 }, () => makeVisit("policy-one", ["/"])).flat();
		for (const report of reports) report.bounded = ["site", "page"];
		expect(cellsOf(reports).get("bounded")?.size).toBe(3);
		expect(sealOf(reports).map(({ tree }) => String(tree))).not.toContain("bounded");
	});

	test("new visitors stay apart from returning ones where there are enough of both", () => {
		const reports = [1, 3, 5, 8, 9, 31, 31, 31, 31, 31].flatMap((gap) => makeVisit("policy-one", ["/"], { gap }));
		const site = of(sealOf(reports), "site")[0];
		expect(entriesOf(site?.tally ?? new Map(), "gap")).toEqual([
			[9, 5],
			[31, 5],
		]);
		expect(entriesOf(site?.tally ?? new Map(), "gapFloor")).toEqual([
			[1, 5],
			[31, 5],
		]);
	});

	test("gaps keep both ends of a merged group", () => {
		const reports = [1, 2, 3, 4, 31, 31, 31, 31, 31].flatMap((gap) => makeVisit("policy-one", ["/"], { gap }));
		const site = of(sealOf(reports), "site")[0];
		expect(entriesOf(site?.tally ?? new Map(), "gap")).toEqual([[31, 9]]);
		expect(entriesOf(site?.tally ?? new Map(), "gapFloor")).toEqual([[1, 9]]);
	});
});

const cell = (devices: number): Cell => ({ devices, tally: new Map([[0, devices]]) });
const listOf = (...devices: number[]) => new Map(devices.map((n, i) => [`n${i}`, cell(n)]));

describe("the complement rule", () => {
	test("one rare key takes the smallest visible one with it", () => {
		expect([...rareKeys(listOf(30, 2, 9), k)].sort()).toEqual(["n1", "n2"]);
	});

	test("rare keys that are enough together take no other with them", () => {
		expect([...rareKeys(listOf(30, 2, 4, 9), k)].sort()).toEqual(["n1", "n2"]);
	});

	test("nothing rare, nothing hidden", () => {
		expect(rareKeys(listOf(5, 6, 7), k).size).toBe(0);
	});

	test("in a crossing table no row and no column hides between 1 and k-1 devices beside visible cells", () => {
		const table = fc
			.array(
				fc.tuple(
					fc.constantFrom("a", "b", "c", "d"),
					fc.constantFrom("w", "x", "y", "z"),
					fc.integer({ min: 1, max: 12 }),
				),
			)
			.map((cells) => new Map(cells.map(([row, column, n]) => [`${row}\t${column}`, cell(n)])));
		fc.assert(
			fc.property(table, (cells) => {
				const visible = visibleCells(cells, k);
				for (const side of [0, 1]) {
					for (const name of new Set([...cells.keys()].map((key) => key.split("\t")[side]))) {
						const line = [...cells].filter(([key]) => key.split("\t")[side] === name);
						const hidden = line.filter(([key]) => !visible.has(key)).reduce((sum, [, { devices }]) => sum + devices, 0);
						const shown = line.filter(([key]) => visible.has(key)).length;
						expect(hidden === 0 || hidden >= k || shown === 0).toBe(true);
					}
				}
			}),
		);
	});
});

test("the limit itself counts as good", () => {
	expect(bucketOf(2500)).toBe(boundaries.indexOf(2500));
	expect(bucketOf(2500.1)).toBe(boundaries.indexOf(2500) + 1);
});
