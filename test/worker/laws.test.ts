/**
 * The laws of books, each as a property of random visits, and what breaks it: rules that are wrong in one place, none of
 * which may pass. The laws of single histograms and of rare groups are in seal.test.ts, those of a book in simulation/.
 */
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { leavingMethods } from "../../schema/leaving.ts";
import { offsets } from "../../schema/measures.ts";
import type { Report } from "../../schema/report.ts";
import { otherName } from "../../schema/tree-rules.ts";
import type { TreeName } from "../../schema/trees.ts";
import { Cells, type PeriodCells } from "../../worker/book/cells.ts";
import { type Addition, fold } from "../../worker/book/fold.ts";
import { joinPeriods } from "../../worker/closing/close.ts";
import { type SealedCell, seal } from "../../worker/closing/seal.ts";
import type { Reading } from "../../worker/query/read.ts";
import { treesOf } from "../../worker/query/read.ts";
import { addUp, encode, merge, read, type Tally, totalOf } from "../../worker/query/tally.ts";
import { flowsOf } from "../../worker/stats/flows.ts";
import { cellsOf, pages, periods, sortedRows, visits } from "./random-visits.ts";

/** Everything the laws are about. A mutant replaces one of them. */
interface Rules {
	/** The period a page view is booked in; `began`: the one in which its visit began. */
	book(report: Report, began: string): string;
	fold(report: Report): Addition[];
	merge(a: Tally, b: Tally): Tally;
	join(parts: PeriodCells[]): PeriodCells;
	seal(cells: PeriodCells, k: number): SealedCell[] | null;
	flows(reading: Reading, page: string): ReturnType<typeof flowsOf>["figures"];
}

const joinAll = (parts: PeriodCells[]) =>
	joinPeriods(parts.map((cells, i) => ({ period: String(i), sample: false, cells })));
const rules: Rules = {
	book: (_, began) => began,
	fold,
	merge: (a, b) => merge(new Map(a), b),
	join: joinAll,
	seal,
	flows: (reading, page) => flowsOf(reading, page).figures,
};

const k = 5;
const unknown = leavingMethods.indexOf("unknown");
const nothing: Tally = new Map();
const sum = (list: readonly { count: number }[]) => list.reduce((total, { count }) => total + count, 0);
const siteOf = (cells: PeriodCells) => cells.get("site")?.get("")?.tally ?? nothing;
const readingOf = (cells: { tree: TreeName; key: string; tally: Tally }[]): Reading => ({
	periods: [],
	trees: treesOf(
		cells.map(({ tree, key, tally }) => ({ period: "", tree, key, parts: [tally], end: Number.POSITIVE_INFINITY })),
	),
	open: new Set(),
	takesIn: new Map(),
	isAllOpen: false,
	imported: new Map(),
	sample: false,
});
const isPage = ({ tree }: { tree: string }) => tree === "page";
const openCells = (cells: PeriodCells) =>
	[...cells].flatMap(([tree, keys]) =>
		tree === "bounded" ? [] : [...keys].map(([key, { tally }]) => ({ tree, key, tally })),
	);

/** The books of some periods. */
function booksOf({ book, fold: additionsOf }: Rules, reports: Report[]): PeriodCells[] {
	const cells = new Cells();
	for (const report of reports) cells.add(book(report, report.period), additionsOf(report));
	return [...cells.periods.values()];
}

/** In = out = views on the pages of a period, as the API gives them; true where nothing of it is given as a remainder. */
function expectBalance({ flows }: Rules, reading: Reading, names: Iterable<string>): boolean {
	let isNamed = true;
	for (const page of names) {
		const { views, from, to, left } = flows(reading, page);
		expect([sum(from), sum(to) + sum(left)]).toEqual([views, views]);
		isNamed &&= ![...from, ...to].some((row) => Object.values(row).includes(otherName));
	}
	return isNamed;
}

const some = visits(0, 20);
const enough = visits(8, 60);
const tally = fc.array(fc.tuple(fc.nat(400), fc.integer({ min: 1, max: 1e9 }))).map((counts): Tally => new Map(counts));

const laws: Record<string, (rules: Rules) => fc.IProperty<unknown[]>> = {
	"entries are visits, and exits are visits, in every period": (of) =>
		fc.property(some, (reports) => {
			const began = reports.filter(({ visit }) => visit?.index === 1);
			for (const period of periods) {
				const cells = cellsOf(
					reports.filter((report) => of.book(report, report.period) === period),
					of.fold,
				);
				const booked = began.filter((report) => of.book(report, report.period) === period).length;
				expect([read(siteOf(cells), "entries"), totalOf(siteOf(cells), "exits")]).toEqual([booked, booked]);
			}
		}),
	"in = out = views on every page, in every period": (of) =>
		fc.property(some, (reports) => {
			for (const cells of booksOf(of, reports))
				expect(expectBalance(of, readingOf(openCells(cells)), pages)).toBe(true);
		}),
	"what is added and taken away leaves nothing": ({ fold: additionsOf }) =>
		fc.property(some, (reports) => {
			const cells = new Cells();
			for (const report of reports) cells.add("p", additionsOf(report));
			for (const report of reports) cells.add("p", additionsOf(report), -1);
			expect(sortedRows(cells.periods.get("p") ?? new Map())).toEqual([]);
		}),
	"order does not matter": ({ fold: additionsOf }) =>
		fc.property(some, fc.infiniteStream(fc.nat()), (reports, random) => {
			const shuffled = reports.map((report) => [random.next().value as number, report] as const);
			shuffled.sort((a, b) => a[0] - b[0]);
			const other = shuffled.map(([, report]) => report);
			expect(sortedRows(cellsOf(other, additionsOf))).toEqual(sortedRows(cellsOf(reports, additionsOf)));
		}),
	"it does not matter in which order tallies are merged, nor which are merged first": ({ merge: add }) =>
		fc.property(tally, tally, tally, (a, b, c) => {
			const whole = encode(addUp([a, encode(b), c]));
			expect(encode(add(a, b))).toBe(encode(add(b, a)));
			expect([add(add(a, b), c), add(a, add(b, c))].map((one) => encode(one))).toEqual([whole, whole]);
		}),
	"it does not matter in which order periods are joined, and joined they hold every count": ({ join }) =>
		fc.property(some, (reports) => {
			const parts = booksOf(rules, reports);
			const [first = new Map(), ...rest] = parts;
			const whole = sortedRows(join(parts));
			expect(sortedRows(join(parts.toReversed()))).toEqual(whole);
			expect(sortedRows(join([join(rest), first]))).toEqual(whole);
			const together = sortedRows(cellsOf(reports));
			expect(whole.map(([tree, key, , counts]) => [tree, key, counts])).toEqual(
				together.map(([tree, key, , counts]) => [tree, key, counts]),
			);
		}),
	"the seal keeps totals": (of) =>
		fc.property(enough, (reports) => {
			const sealed = of.seal(cellsOf(reports), k) ?? [];
			const total = (tree: TreeName, measure: "views" | "entries" | "bounces") =>
				sealed.reduce((all, cell) => (cell.tree === tree ? all + read(cell.tally, measure) : all), 0);
			const entries = reports.filter(({ visit }) => visit?.index === 1);
			const bounces = entries.filter(({ visit }) => !visit?.continued).length;
			for (const tree of ["site", "page", "device"] as const)
				expect([total(tree, "views"), total(tree, "entries"), total(tree, "bounces")]).toEqual([
					reports.length,
					entries.length,
					bounces,
				]);
			expect(total("channel", "entries")).toBe(entries.length);
			const kept = sealed.filter(isPage);
			for (const { tally: counts } of kept) expect(totalOf(counts, "leaving")).toBe(read(counts, "views"));
			expect(kept.reduce((all, { tally: counts }) => all + totalOf(counts, "exits"), 0)).toBe(entries.length);
		}),
	"in = out = views on every page that is kept, sealed too": (of) =>
		fc.property(enough, (reports) => {
			const sealed = of.seal(cellsOf(reports), k) ?? [];
			const names = sealed.filter((cell) => isPage(cell) && cell.key !== otherName).map(({ key }) => key);
			expectBalance(of, readingOf(sealed), names);
		}),
};
type Law = keyof typeof laws;

/** The additions of a report with some of them changed. */
const changed = (change: (addition: Addition, report: Report) => Addition | undefined): Pick<Rules, "fold"> => ({
	fold: (report) => fold(report).flatMap((addition) => change(addition, report) ?? []),
});
const plus = (of: Tally, at: number, n: number): Tally => merge(new Map(of), new Map([[at, n]]));
const sealedAs = (change: (cell: SealedCell) => SealedCell | undefined): Pick<Rules, "seal"> => ({
	seal: (cells, least) => seal(cells, least)?.flatMap((cell) => change(cell) ?? []) ?? null,
});
let calls = 0;

/** One wrong rule each, with the law it breaks. */
const mutants: [law: Law, mutant: string, wrong: Partial<Rules>][] = [
	[
		"entries are visits, and exits are visits, in every period",
		"a view is booked in the period in which it began itself",
		{ book: ({ visit }, began) => ((visit?.index ?? 1) > 2 ? (periods[2] as string) : began) },
	],
	[
		"entries are visits, and exits are visits, in every period",
		"every view counts as an exit",
		changed((addition, { visit }) =>
			visit?.continued ? { ...addition, tally: plus(addition.tally, offsets.exits, 1) } : addition,
		),
	],
	[
		"in = out = views on every page, in every period",
		"a view is booked in the period in which it began itself",
		{ book: ({ visit }, began) => ((visit?.index ?? 1) > 2 ? (periods[2] as string) : began) },
	],
	[
		"in = out = views on every page, in every period",
		"a page shown twice in a row is no flow",
		changed((addition, { place, visit }) =>
			addition.tree === "page-previous" && visit?.before === place.page ? undefined : addition,
		),
	],
	[
		"in = out = views on every page, in every period",
		"a bounce counts as no entry of its page",
		changed((addition, { visit }) =>
			isPage(addition) && visit?.index === 1 && !visit.continued
				? { ...addition, tally: plus(addition.tally, offsets.entries, -1) }
				: addition,
		),
	],
	[
		"in = out = views on every page, in every period",
		"a flow is read the wrong way round",
		{
			flows: (reading, page) => {
				const { from, to, ...rest } = flowsOf(reading, page).figures;
				return { ...rest, from: to, to: from as typeof to };
			},
		},
	],
	[
		"what is added and taken away leaves nothing",
		"a report counts differently the second time",
		changed((addition) => ({ ...addition, tally: plus(addition.tally, 200 + (++calls % 7), 1) })),
	],
	[
		"what is added and taken away leaves nothing",
		"a browser's first time is counted whenever it is asked for",
		changed((addition) => ({ ...addition, devices: ++calls % 3 })),
	],
	[
		"order does not matter",
		"a report counts by the one before it",
		changed((addition, { place }) => {
			const before = calls;
			calls = place.page.length + (place.page.codePointAt(1) ?? 0);
			return { ...addition, tally: plus(addition.tally, 200 + (before % 7), 1) };
		}),
	],
	[
		"it does not matter in which order tallies are merged, nor which are merged first",
		"the first one's count stays where both have one",
		{ merge: (a, b) => new Map([...b, ...a]) },
	],
	[
		"it does not matter in which order tallies are merged, nor which are merged first",
		"the larger count stays where both have one",
		{ merge: (a, b) => new Map([...a, ...b].map(([at]) => [at, Math.max(a.get(at) ?? 0, b.get(at) ?? 0)])) },
	],
	[
		"it does not matter in which order tallies are merged, nor which are merged first",
		"counts are averaged",
		{ merge: (a, b) => new Map([...merge(new Map(a), b)].map(([at, n]) => [at, Math.ceil(n / 2)])) },
	],
	[
		"it does not matter in which order periods are joined, and joined they hold every count",
		"the last one is left out",
		{ join: (parts) => joinAll(parts.length > 1 ? parts.slice(0, -1) : parts) },
	],
	[
		"it does not matter in which order periods are joined, and joined they hold every count",
		"devices are those of the last one",
		{
			join: (parts) => {
				const whole = joinAll(parts);
				const last = parts.at(-1);
				for (const [tree, keys] of whole)
					for (const [key, cell] of keys) keys.set(key, { ...cell, devices: last?.get(tree)?.get(key)?.devices ?? 0 });
				return whole;
			},
		},
	],
	["the seal keeps totals", "rare pages are left out", sealedAs((cell) => (cell.key === otherName ? undefined : cell))],
	[
		"the seal keeps totals",
		"a visit that ended on its first page is no entry of it",
		sealedAs((cell) =>
			isPage(cell) ? { ...cell, tally: plus(cell.tally, offsets.entries, -read(cell.tally, "bounces")) } : cell,
		),
	],
	[
		"the seal keeps totals",
		"a leaving method is lost where the page was left for good",
		sealedAs((cell) => ({ ...cell, tally: new Map([...cell.tally].filter(([at]) => at !== offsets.exits + unknown)) })),
	],
	[
		"the seal keeps totals",
		"views left in a way that is too rare are not counted",
		sealedAs((cell) => ({
			...cell,
			tally: new Map([...cell.tally].filter(([at]) => at !== offsets.leaving + unknown)),
		})),
	],
	[
		"in = out = views on every page that is kept, sealed too",
		"what is hidden of a flow is added to what is shown",
		sealedAs((cell) =>
			cell.tree === "page-previous" ? { ...cell, tally: plus(cell.tally, offsets.views, cell.devices) } : cell,
		),
	],
	[
		"in = out = views on every page that is kept, sealed too",
		"what is hidden is not given as a remainder",
		{
			flows: (reading, page) => {
				const { from, to, ...rest } = flowsOf(reading, page).figures;
				const isNamed = (row: object) => !Object.values(row).includes(otherName);
				return { ...rest, from: from.filter(isNamed), to: to.filter(isNamed) };
			},
		},
	],
];

describe.each(Object.keys(laws))("%s", (law) => {
	const property = laws[law as Law] as (of: Rules) => fc.IProperty<unknown[]>;
	test("holds of random visits", () => {
		fc.assert(property(rules));
	});

	test.each(mutants.filter(([of]) => of === law))("%s: but not if … %s", (_, __, wrong) => {
		expect(fc.check(property({ ...rules, ...wrong }), { numRuns: 300, endOnFailure: true }).failed).toBe(true);
	});
});
