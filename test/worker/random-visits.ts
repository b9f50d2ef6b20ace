/** Random visits for properties: several browsers over few pages, with everything a report can hold. Leaves out what must hold of them. */
import fc from "fast-check";
import { leavingMethods } from "../../schema/leaving.ts";
import type { Report } from "../../schema/report.ts";
import { type BookTree, bookTrees } from "../../schema/tree-rules.ts";
import { type CellRow, Cells, type PeriodCells } from "../../worker/book/cells.ts";
import { fold } from "../../worker/book/fold.ts";
import { makeVisit } from "./support.ts";

export const pages = ["/", "/a", "/b", "/c", "/d", "/e"];
export const periods = ["2026-11-21", "2026-11-22", "2026-11-23"];

const visit = fc
	.record({
		path: fc.array(fc.constantFrom(...pages, "/", "/", "/a"), { minLength: 1, maxLength: 6 }),
		how: fc.constantFrom(...leavingMethods),
		device: fc.constantFrom("desktop" as const, "mobile" as const, "tablet" as const),
		channel: fc.constantFrom("direct" as const, "search" as const, "social" as const),
		period: fc.constantFrom(...periods),
		gap: fc.integer({ min: 1, max: 31 }),
		lcpMs: fc.integer({ min: 100, max: 9_000 }),
		parts: fc.nat(),
	})
	.map(({ path, ...sketch }) => makeVisit("policy-one", path, sketch));

/** So many visits, the reports of each. */
export const visitLists = (minLength: number, maxLength: number) => fc.array(visit, { minLength, maxLength });

/** Their reports. */
export const visits = (minLength: number, maxLength: number) =>
	visitLists(minLength, maxLength).map((list) => list.flat());

/** What they count for, all in one period. */
export function cellsOf(reports: Report[], additionsOf = fold): PeriodCells {
	const cells = new Cells();
	for (const report of reports) cells.add("p", additionsOf(report));
	return cells.periods.get("p") ?? new Map();
}

/** Cells as rows in one order, to compare them. */
export function sortedRows(cells: PeriodCells, trees: readonly BookTree[] = bookTrees): CellRow<BookTree>[] {
	const rows = new Cells();
	rows.periods.set("p", cells);
	return rows.rows("p", trees).sort();
}
