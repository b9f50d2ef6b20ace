import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { bucketOf, vitalLimits } from "../../schema/buckets.ts";
import { type MeasureName, offsets } from "../../schema/measures.ts";
import type { Report } from "../../schema/report.ts";
import { bookTrees, otherName } from "../../schema/tree-rules.ts";
import type { TreeName } from "../../schema/trees.ts";
import { admitted } from "../../worker/book/admit.ts";
import { dwellEndsMs } from "../../worker/book/bounded.ts";
import { Cells } from "../../worker/book/cells.ts";
import { fold } from "../../worker/book/fold.ts";
import { entriesOf, read, type Tally, totalOf } from "../../worker/query/tally.ts";
import { makeReport, makeVisit } from "./support.ts";

const visits = fc
	.array(
		fc
			.record({ path: fc.array(fc.constantFrom("/", "/a", "/b"), { minLength: 1, maxLength: 4 }), parts: fc.nat() })
			.map(({ path, parts }) => makeVisit("policy-one", path, { parts })),
		{ minLength: 1, maxLength: 12 },
	)
	.map((list) => list.flat());

function cellsOf(reports: Report[]): Cells {
	const cells = new Cells();
	for (const report of reports) cells.add("p", fold(report));
	return cells;
}
const tallyOf = (cells: Cells, tree: (typeof bookTrees)[number], key: string): Tally =>
	cells.periods.get("p")?.get(tree)?.get(key)?.tally ?? new Map();
const tallies = (cells: Cells, tree: TreeName): Tally[] =>
	[...(cells.periods.get("p")?.get(tree) ?? [])].map(([, { tally }]) => tally);
const sumOver = (cells: Cells, tree: TreeName, measure: MeasureName) =>
	tallies(cells, tree).reduce((sum, tally) => sum + totalOf(tally, measure), 0);
const add = (numbers: number[]) => numbers.reduce((sum, n) => sum + n, 0);

describe("what a key of a list counts", () => {
	/** By tree: a measure, and the same counted from the reports by hand. */
	const lists: [TreeName, MeasureName, (report: Report) => number][] = [
		["page-element", "clicks", (r) => add((r.interaction?.clicks ?? []).map(([, n]) => n))],
		["page-element", "rage", (r) => add((r.interaction?.clicks ?? []).map(([, , n = 0]) => n))],
		["page-element", "dead", (r) => add((r.interaction?.clicks ?? []).map(([, , , n = 0]) => n))],
		["page-element", "afterError", (r) => add((r.interaction?.clicks ?? []).map(([, , , , n = 0]) => n))],
		["page-element", "lcp", (r) => Number(r.speed?.lcpOf?.element !== undefined && r.speed.lcp !== undefined)],
		["page-element", "inp", (r) => Number(r.speed?.inpOf?.element !== undefined && r.speed.inp !== undefined)],
		["page-form", "formsStarted", (r) => r.interaction?.forms?.length ?? 0],
		["page-form", "formsAbandoned", (r) => (r.interaction?.forms ?? []).filter(([, sent]) => !sent).length],
		["page-field", "times", (r) => (r.interaction?.forms ?? []).filter(([, sent, last]) => !sent && last).length],
		["error", "times", (r) => add((r.interaction?.errors ?? []).map(([, n]) => n))],
		["error", "inViews", (r) => r.interaction?.errors?.length ?? 0],
		["outbound", "times", (r) => add((r.interaction?.outbound ?? []).map(([, n]) => n))],
		["download", "times", (r) => add((r.interaction?.downloads ?? []).map(([, n]) => n))],
		["event", "times", (r) => add((r.own?.events ?? []).map(([, n]) => n))],
		["event-property", "times", (r) => add((r.own?.properties ?? []).map(([, n]) => n))],
		["route", "requests", (r) => add((r.speed?.routes ?? []).map(([, , n]) => n))],
		["route", "failed", (r) => add((r.speed?.routes ?? []).map(([, , , n]) => n))],
		["route", "duration", (r) => add((r.speed?.routes ?? []).map(([, , n]) => n))],
		["third-party", "requests", (r) => add((r.speed?.parties ?? []).map(([, , n]) => n))],
		["goal", "reached", (r) => r.visit?.goals?.length ?? 0],
		["goal", "reachedBySpeed", (r) => r.visit?.goals?.length ?? 0],
		["exit-target", "views", (r) => Number(r.leaving?.host !== undefined)],
		["channel-campaign", "entries", (r) => Number(r.visit?.campaign !== undefined)],
		["country", "views", () => 1],
		["language", "entries", (r) => Number(r.visit?.index === 1)],
		["device-browser", "engaged", () => 1],
		["os", "bounces", (r) => Number(r.visit?.index === 1 && !r.visit.continued)],
		["hour", "views", () => 1],
	];

	test.each(lists)("over all keys of %s, %s is what the browsers sent", (tree, measure, of) => {
		fc.assert(
			fc.property(visits, (reports) => {
				expect(sumOver(cellsOf(reports), tree, measure)).toBe(add(reports.map(of)));
			}),
			{ numRuns: 25 },
		);
	});

	test("a page has of its elements, forms and routes together what they have apart", () => {
		fc.assert(
			fc.property(visits, (reports) => {
				const cells = cellsOf(reports);
				const apart: [TreeName, MeasureName][] = [
					...(["clicks", "rage", "dead", "afterError"] as const).map((name): [TreeName, MeasureName] => [
						"page-element",
						name,
					]),
					...(["formsStarted", "formsSubmitted", "formsAbandoned"] as const).map((name): [TreeName, MeasureName] => [
						"page-form",
						name,
					]),
					...(["requests", "failed", "duration"] as const).map((name): [TreeName, MeasureName] => ["route", name]),
				];
				for (const [tree, measure] of apart) {
					const whole = sumOver(cells, "site", measure);
					expect([sumOver(cells, "page", measure), sumOver(cells, tree, measure)]).toEqual([whole, whole]);
				}
			}),
			{ numRuns: 50 },
		);
	});

	test("an element holds LCP where it was painted largest, and INP where it was slowest to answer", () => {
		const report = makeReport("policy-one", { clicks: [["main a", 2]] });
		report.speed = { lcp: 90, inp: 50, lcpOf: { element: "header img" }, inpOf: { element: "main a" } };
		const cells = cellsOf([report]);
		expect([...tallyOf(cells, "page-element", "/\tmain a")]).toEqual([
			[offsets.clicks, 2],
			[offsets.clickedViews, 1],
			[offsets.inp + 50, 1],
		]);
		expect([...tallyOf(cells, "page-element", "/\theader img")]).toEqual([[offsets.lcp + 90, 1]]);
	});

	test("goals, entries and bounces are told by the speed of the visit's entry, and whether it is known", () => {
		const [entry, next] = makeVisit("policy-one", ["/", "/takk"]) as [Report, Report];
		entry.visit = { ...entry.visit, entrySpeed: 2 } as NonNullable<Report["visit"]>;
		next.visit = { ...next.visit, entrySpeed: 2, goals: ["bestilt"] } as NonNullable<Report["visit"]>;
		const cells = cellsOf([entry, next, ...makeVisit("policy-one", ["/"])]);
		const site = tallyOf(cells, "site", "");
		expect(entriesOf(site, "entriesBySpeed")).toEqual([
			[2, 1],
			[3, 1],
		]);
		expect(entriesOf(site, "bouncesBySpeed")).toEqual([[3, 1]]);
		expect(entriesOf(tallyOf(cells, "goal", "bestilt"), "reachedBySpeed")).toEqual([[2, 1]]);
	});
});

describe("what is counted for a release", () => {
	const keysOf = (report: Report) => {
		const bounded = cellsOf([report]).periods.get("p")?.get("bounded") ?? new Map();
		return Object.fromEntries([...bounded].map(([key, { tally }]) => [key, entriesOf(tally, "bounded")]));
	};

	test("is one in every group that the browser flagged, and nothing in the others", () => {
		const report = makeReport("policy-one", { page: "/priser", channel: "search", lcpMs: 2500, engagedMs: 10_001 });
		report.bounded = ["site", "page", "device", "channel", "country", "lcp", "inp"];
		expect(keysOf(report)).toEqual({
			site: [[0, 1]],
			"page\t/priser": [[0, 1]],
			"dwell\t/priser": [[2, 1]],
			"device\tdesktop": [[0, 1]],
			"channel\tsearch": [[0, 1]],
			"country\tNO": [[0, 1]],
			lcp: [[6, 1]], // the last part that is good; INP was not measured
		});
		expect(keysOf({ ...report, bounded: ["device"] })).toEqual({ "device\tdesktop": [[0, 1]] });
	});

	test("has eight parts of dwell and sixteen of each vital, with the limits between good, needs improvement and poor on their edges", () => {
		const partOf = (lcpMs: number) =>
			keysOf({ ...makeReport("policy-one", { lcpMs }), bounded: ["lcp"] }).lcp?.[0]?.[0];
		const [good, poor] = vitalLimits.lcp;
		expect([1, good, good + 1, poor, poor + 1, 3_000_000].map(partOf)).toEqual([0, 6, 7, 9, 10, 15]);
		const report = makeReport("policy-one");
		const dwell = (engaged: number) =>
			keysOf({ ...report, bounded: ["page"], time: { visible: 0, engaged } })["dwell\t/"]?.[0]?.[0];
		const ends = dwellEndsMs.map(bucketOf);
		expect([0, ...ends.map((end) => end + 1)].map(dwell)).toEqual([0, 1, 2, 3, 4, 5, 6, 7]);
		expect(ends.map(dwell)).toEqual([0, 1, 2, 3, 4, 5, 6]);
	});
});

describe("names without a place in the book", () => {
	const report = makeReport("policy-one", { parts: 7, how: "outbound" });

	test("are counted as (other) in every tree, and nothing is lost or counted twice", () => {
		fc.assert(
			fc.property(visits, fc.array(fc.boolean(), { minLength: 1, maxLength: 9 }), (reports, places) => {
				const decided = new Map<string, boolean>();
				const admit = (scope: string, name: string) => {
					const at = `${scope} ${name}`;
					const is = decided.get(at) ?? places[decided.size % places.length] ?? true;
					decided.set(at, is);
					return is;
				};
				const [all, few] = [cellsOf(reports), cellsOf(reports.map((one) => admitted(one, admit)))];
				const lists: [TreeName, MeasureName][] = [
					["page", "views"],
					["page-element", "clicks"],
					["page-element", "rage"],
					["page-form", "formsSubmitted"],
					["error", "times"],
					["outbound", "times"],
					["download", "times"],
					["event", "times"],
					["event-property", "times"],
					["route", "requests"],
					["route", "failed"],
					["third-party", "duration"],
					["os", "views"],
					["language", "entries"],
					["device-browser", "views"],
					["channel-campaign", "entries"],
					["exit-target", "views"],
				];
				for (const [tree, measure] of lists) expect(sumOver(few, tree, measure)).toBe(sumOver(all, tree, measure));
			}),
			{ numRuns: 50 },
		);
	});

	test("none of them stands in any key", () => {
		const keys = [...(cellsOf([admitted(report, () => false)]).periods.get("p") ?? [])].flatMap(([tree, cells]) =>
			tree === "hour" ? [] : [...cells.keys()].flatMap((key) => key.split(/\t| › /)),
		);
		// What the report's own schema keeps few: groups of a release, countries, devices, channels; and what ingest knows.
		const few = [
			"",
			"policy-one",
			"site",
			"page",
			"dwell",
			"device",
			"channel",
			"country",
			"lcp",
			"inp",
			"cls",
			"NO",
			"SE",
			"DE",
			"desktop",
			"direct",
		];
		expect(new Set(keys.filter((key) => !few.includes(key)))).toEqual(new Set([otherName]));
	});
});

test("every part of a report is in these tests: over a hundred random ones there is a cell in every tree", () => {
	const reports = Array.from({ length: 100 }, (_, i) =>
		makeVisit("policy-one", ["/", "/a"], { parts: 1000 * i, how: "outbound" }),
	).flat();
	for (const report of reports.filter((_, i) => i % 10 === 0 && reports[i]?.visit?.index === 1))
		report.visit = { ...report.visit, referrer: "google.com" } as NonNullable<Report["visit"]>;
	const cells = cellsOf(reports);
	for (const tree of bookTrees) expect([tree, cells.periods.get("p")?.get(tree)?.size ?? 0]).not.toEqual([tree, 0]);
	expect(read(tallyOf(cells, "site", ""), "notFound")).toBeGreaterThan(0);
	expect(read(tallyOf(cells, "site", ""), "searches")).toBeGreaterThan(0);
});
