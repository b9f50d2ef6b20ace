import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { leavingMethods } from "../../schema/leaving.ts";
import type { Report } from "../../schema/report.ts";
import { bookTrees, otherName } from "../../schema/tree-rules.ts";
import { admitted } from "../../worker/book/admit.ts";
import { Cells } from "../../worker/book/cells.ts";
import { fold } from "../../worker/book/fold.ts";
import { decode, encode, read } from "../../worker/query/tally.ts";
import { makeReport, makeVisit } from "./support.ts";

const pages = ["/", "/a", "/b", "/c"];
const visit = fc
	.record({
		path: fc.array(fc.constantFrom(...pages), { minLength: 1, maxLength: 6 }),
		how: fc.constantFrom(...leavingMethods),
		device: fc.constantFrom("desktop" as const, "mobile" as const),
		gap: fc.integer({ min: 1, max: 31 }),
		lcpMs: fc.integer({ min: 1, max: 100_000 }),
		parts: fc.nat(),
	})
	.map(({ path, ...sketch }) => makeVisit("policy-one", path, sketch));
const visits = fc.array(visit, { maxLength: 20 }).map((list) => list.flat());

const rowsOf = (cells: Cells) => cells.rows("p", bookTrees).sort();
function cellsOf(reports: Report[]): Cells {
	const cells = new Cells();
	for (const report of reports) cells.add("p", fold(report));
	return cells;
}
const scalar = (cells: Cells, tree: "site" | "page", key: string, measure: "views" | "entries" | "bounces") =>
	read(cells.periods.get("p")?.get(tree)?.get(key)?.tally ?? new Map(), measure);

describe("the fold", () => {
	test("adding and taking away leaves nothing", () => {
		fc.assert(
			fc.property(visits, (reports) => {
				const cells = cellsOf(reports);
				for (const report of reports) cells.add("p", fold(report), -1);
				expect(rowsOf(cells)).toEqual([]);
			}),
		);
	});

	test("order does not matter", () => {
		fc.assert(
			fc.property(visits, fc.infiniteStream(fc.nat()), (reports, random) => {
				const shuffled = reports.map((report) => [random.next().value as number, report] as const);
				shuffled.sort((a, b) => a[0] - b[0]);
				expect(rowsOf(cellsOf(shuffled.map(([, report]) => report)))).toEqual(rowsOf(cellsOf(reports)));
			}),
		);
	});

	test("entries are visits, exits are visits, and in = out = views on every page", () => {
		fc.assert(
			fc.property(visits, (reports) => {
				const cells = cellsOf(reports);
				const entries = scalar(cells, "site", "", "entries");
				expect(entries).toBe(reports.filter((report) => report.visit?.index === 1).length);
				const flows = [...(cells.periods.get("p")?.get("page-previous") ?? [])];
				let exits = 0;
				for (const page of pages) {
					const tally = cells.periods.get("p")?.get("page")?.get(page)?.tally ?? new Map();
					const left = leavingMethods.reduce((sum, _, index) => sum + read(tally, "exits", index), 0);
					const sumWhere = (side: 0 | 1) =>
						flows.reduce(
							(sum, [key, cell]) => (key.split("\t")[side] === page ? sum + read(cell.tally, "views") : sum),
							0,
						);
					const views = read(tally, "views");
					expect(sumWhere(0) + read(tally, "entries")).toBe(views);
					expect(sumWhere(1) + left).toBe(views);
					exits += left;
				}
				expect(exits).toBe(entries);
			}),
		);
	});

	test("what was recorded without the purpose visits is counted apart, outside the laws of flow", () => {
		const { visit: _, time: __, leaving: ___, ...rest } = makeReport("policy-one");
		const cells = cellsOf([rest]);
		expect(scalar(cells, "site", "", "views")).toBe(0);
		expect(scalar(cells, "site", "", "entries")).toBe(0);
		const site = cells.periods.get("p")?.get("site")?.get("")?.tally ?? new Map();
		expect(read(site, "apart")).toBe(1);
	});

	test("a name without a place in the book is counted as (other), everywhere it stands", () => {
		const report = makeReport("policy-one", {
			page: "/b",
			before: "/a",
			index: 2,
			clicks: [
				["main a", 2],
				["main b", 1],
			],
		});
		const onlyA = admitted(report, (scope, name) => scope === "page" && name === "/a");
		expect(onlyA.place.page).toBe(otherName);
		expect(onlyA.visit?.before).toBe("/a");
		expect(onlyA.interaction?.clicks).toEqual([[otherName, 3]]);
	});
});

test("a tally survives being written as text", () => {
	fc.assert(
		fc.property(fc.array(fc.tuple(fc.nat(2000), fc.integer({ min: 1, max: 1e9 }))), (pairs) => {
			const tally = new Map(pairs);
			expect(new Map(decode(encode(tally)))).toEqual(new Map([...tally].sort((a, b) => a[0] - b[0])));
		}),
	);
});

test("a damaged tally is an error, not an empty one", () => {
	expect(() => decode("1.x!")).toThrow("damaged");
	expect(() => decode("é")).toThrow("damaged");
});
