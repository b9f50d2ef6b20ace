import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { boundaries, bucketOf, vitalLimits } from "../../schema/buckets.ts";
import { leavingMethods } from "../../schema/leaving.ts";
import type { Report } from "../../schema/report.ts";
import { otherName, type TreeName } from "../../schema/trees.ts";
import { type Cell, Cells } from "../../worker/book/cells.ts";
import { fold } from "../../worker/book/fold.ts";
import { rareKeys, type SealedCell, seal, visibleCells } from "../../worker/closing/seal.ts";
import { entriesOf, read, type Tally } from "../../worker/query/tally.ts";
import { makeVisit } from "./support.ts";

const k = 5;
const pages = ["/", "/a", "/b", "/c", "/d", "/e"];
const channels = ["direct", "search", "social"] as const;
const visits = fc
	.array(
		fc
			.record({
				path: fc.array(fc.constantFrom(...pages, "/", "/", "/a"), { minLength: 1, maxLength: 5 }),
				how: fc.constantFrom(...leavingMethods),
				device: fc.constantFrom("desktop" as const, "mobile" as const, "tablet" as const),
				channel: fc.constantFrom(...channels),
				lcpMs: fc.integer({ min: 100, max: 9000 }),
				gap: fc.integer({ min: 1, max: 31 }),
			})
			.map(({ path, ...sketch }) => makeVisit("policy-one", path, sketch)),
		{ minLength: 5, maxLength: 60 },
	)
	.map((list) => list.flat());

function cellsOf(reports: Report[]) {
	const cells = new Cells();
	for (const report of reports) cells.add("p", fold(report));
	return cells.periods.get("p") ?? new Map();
}
const sealOf = (reports: Report[]) => seal(cellsOf(reports), k) ?? [];
const of = (cells: SealedCell[], tree: TreeName) => cells.filter((cell) => cell.tree === tree);
const total = (cells: SealedCell[], measure: "views" | "entries" | "bounces") =>
	cells.reduce((sum, cell) => sum + read(cell.tally, measure), 0);
const methods = (tally: Tally, measure: "exits" | "leaving") =>
	entriesOf(tally, measure).reduce((sum, [, n]) => sum + n, 0);

describe("the seal", () => {
	test("no cell has fewer than k devices", () => {
		fc.assert(fc.property(visits, (reports) => sealOf(reports).every(({ devices }) => devices >= k)));
	});

	test("totals stay exact: of the site, over pages, over devices, over channels", () => {
		fc.assert(
			fc.property(visits, (reports) => {
				const sealed = sealOf(reports);
				const entries = reports.filter((report) => report.visit?.index === 1).length;
				for (const tree of ["site", "page", "device"] as const) {
					expect(total(of(sealed, tree), "views")).toBe(reports.length);
					expect(total(of(sealed, tree), "entries")).toBe(entries);
				}
				expect(total(of(sealed, "channel"), "entries")).toBe(entries);
				for (const { tally } of of(sealed, "page")) {
					expect(methods(tally, "leaving")).toBe(read(tally, "views"));
				}
				expect(of(sealed, "page").reduce((sum, { tally }) => sum + methods(tally, "exits"), 0)).toBe(entries);
			}),
		);
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
