/** The laws of a book, checked against the model after every step. Each throws where it does not hold. */
import * as v from "valibot";
import { expect } from "vitest";
import { leavingMethods } from "../../../schema/leaving.ts";
import { receiptMs } from "../../../schema/limits.ts";
import type { MeasureName } from "../../../schema/measures.ts";
import { addDays, type Grain } from "../../../schema/period.ts";
import type { Report } from "../../../schema/report.ts";
import { measuringSchema } from "../../../schema/settings.ts";
import { type BookTree, bookTrees, boundedTree, splitKey } from "../../../schema/tree-rules.ts";
import type { Book } from "../../../worker/book/book.ts";
import type { PeriodCells } from "../../../worker/book/cells.ts";
import { recall } from "../../../worker/book/memory.ts";
import { BookStorage } from "../../../worker/book/storage.ts";
import { sumByKey } from "../../../worker/query/sums.ts";
import { decode, read } from "../../../worker/query/tally.ts";
import type { Site } from "../../../worker/sites/sites.ts";
import { readTrees, wholeTrees } from "../shown.ts";
import { settings } from "../support.ts";
import { type Model, type Row, sorted } from "./model.ts";

const hourMs = 3_600_000;

/** `expect` is slow: it is only asked for its picture of a difference. */
function same(found: unknown, wanted: unknown, law: string): void {
	if (JSON.stringify(found) !== JSON.stringify(wanted)) expect(found, law).toEqual(wanted);
}

/** What the book itself must hold. */
export async function checkBook(book: Book, state: DurableObjectState, model: Model, now: number): Promise<void> {
	const { sql } = state.storage;
	const states = sql.exec<{ period: string; state: string }>("SELECT period, state FROM period ORDER BY period");
	const wanted = [...model.periods].map(([period, row]) => ({ period, state: row.state }));
	wanted.sort((a, b) => (a.period < b.period ? -1 : 1));
	same(states.toArray(), wanted, "every period is in the state the model says");

	const { periods } = book.read(wholeTrees, "0", "9");
	const shown = periods.map(({ period, trees }) => {
		const rows = trees.flatMap(({ wish: { tree }, cells }) => cells.map(({ key, tally }) => [tree, key, tally]));
		return [period, rows.map((row) => row.join("\n")).sort()] as const;
	});
	shown.sort((a, b) => (a[0] < b[0] ? -1 : 1));
	const fold = [...model.shown()].map(
		([period, rows]) => [period, rows.map(([tree, key, , tally]) => [tree, key, tally].join("\n")).sort()] as const,
	);
	same(shown, fold, "what the book shows is the fold of the newest reports");
	for (const [, rows] of model.hasHoles ? [] : model.shown()) checkFlows(rows);

	const stored = recall(new BookStorage(sql));
	for (const period of model.inState("open", "frozen", "joining")) {
		const isReleased = model.stateOf(period) === "joining"; // and its counters for releases are gone
		const rows = model.rowsOf(period).filter(([tree]) => !isReleased || tree !== boundedTree);
		same(sorted(stored.live.rows(period, bookTrees)), rows, "storage alone gives the same numbers after a crash");
		checkLists(
			stored.live.periods.get(period),
			model.reportsOf(period).map((report) => (isReleased ? { ...report, bounded: [] } : report)),
		);
		if (model.stateOf(period) !== "open")
			same(sorted(stored.folded.rows(period, bookTrees)), rows, "what is frozen or joining is folded to the last");
	}

	const status = book.status();
	const views = [...model.views.values()];
	const kept = views.filter(
		({ report, erased }) => !erased && ["open", "frozen"].includes(model.stateOf(report.period) ?? ""),
	).length;
	const { reports, receipts, late, erasing } = status;
	same(
		{ reports, receipts, late, erasing },
		{ reports: kept, receipts: views.length - kept, late: model.late, erasing: model.waiting.length },
		"a view has one row: a report while its period is here, a receipt or tombstone afterwards; what came late is counted",
	);
	const unsettled = views.filter((view) => view.unsettled).length;
	expect(status.pending, "no view is pending that is settled").toBeLessThanOrEqual(unsettled);
	same(stored.pending.size, status.pending, "what is pending is pending after a crash too");
	const strays = sql.exec("SELECT period FROM pack UNION SELECT period FROM name").toArray();
	for (const { period } of strays)
		expect(["open", "frozen", "joining"], "nothing of a closed period stays").toContain(model.stateOf(String(period)));

	const alarm = await state.storage.getAlarm();
	const none = Number.POSITIVE_INFINITY;
	if (status.pending > 0) expect(alarm ?? none, "an alarm will fold what is pending").toBeLessThanOrEqual(now + hourMs);
	if (model.inState("closed", "joining").length > 0)
		expect(alarm ?? none, "an alarm will forget receipts, and what waits in vain").toBeLessThanOrEqual(now + receiptMs);
}

/** Entries are visits are exits, and in = out = views on every page. */
function checkFlows(rows: Row[]): void {
	const tallies = rows.map(([tree, key, , tally]) => ({ tree, key, tally: decode(tally) }));
	const exitsOf = (tally: Map<number, number>) =>
		leavingMethods.reduce((sum, _, how) => sum + read(tally, "exits", how), 0);
	const site = tallies.find(({ tree }) => tree === "site")?.tally ?? new Map();
	expect(exitsOf(site), "exits are entries").toBe(read(site, "entries"));
	const flows = tallies.filter(({ tree }) => tree === "page-previous");
	for (const { key: page, tally } of tallies.filter(({ tree }) => tree === "page")) {
		const through = (side: 0 | 1) =>
			flows.reduce((sum, flow) => sum + (splitKey(flow.key)[side] === page ? read(flow.tally, "views") : 0), 0);
		expect(through(0) + read(tally, "entries"), "what came to a page are its views").toBe(read(tally, "views"));
		expect(through(1) + exitsOf(tally), "what left a page are its views").toBe(read(tally, "views"));
	}
}

/** A tree, one of its measures, and what a report brings to it; counted by hand, without the fold. */
const lists: [BookTree, MeasureName, (report: Report) => (number | undefined)[]][] = [
	["page-element", "clicks", (r) => r.interaction?.clicks.map(([, n]) => n) ?? []],
	["page-element", "dead", (r) => r.interaction?.clicks.map(([, , , n]) => n) ?? []],
	["page-form", "formsStarted", (r) => r.interaction?.forms?.map(() => 1) ?? []],
	["error", "times", (r) => r.interaction?.errors?.map(([, n]) => n) ?? []],
	["outbound", "times", (r) => r.interaction?.outbound?.map(([, n]) => n) ?? []],
	["download", "inViews", (r) => r.interaction?.downloads?.map(() => 1) ?? []],
	["event", "times", (r) => r.own?.events?.map(([, n]) => n) ?? []],
	["event-property", "times", (r) => r.own?.properties?.map(([, n]) => n) ?? []],
	["route", "requests", (r) => r.speed?.routes?.map(([, , n]) => n) ?? []],
	["third-party", "failed", (r) => r.speed?.parties?.map(([, , , n]) => n) ?? []],
	["goal", "reached", (r) => r.visit?.goals?.map(() => 1) ?? []],
	["country", "views", () => [1]],
	["hour", "entries", (r) => [Number(r.visit?.index === 1)]],
	["bounded", "bounded", (r) => [r.bounded?.filter((group) => group === "site").length]],
];

/** Over all its keys, every list counts what the browsers sent. */
function checkLists(cells: PeriodCells | undefined, reports: Report[]): void {
	const sum = (numbers: (number | undefined)[]) => numbers.reduce<number>((all, n) => all + (n ?? 0), 0);
	for (const [tree, measure, of] of lists) {
		const keys = [...(cells?.get(tree) ?? [])].filter(([key]) => tree !== "bounded" || key === "site");
		const found = sum(keys.map(([, { tally }]) => read(tally, measure)));
		same([tree, found], [tree, sum(reports.flatMap(of))], `the keys of ${tree} count what was sent`);
	}
}

/** Counted from reports by hand, without the fold. */
function countReports(reports: Report[]) {
	const first = reports.filter(({ visit }) => visit?.index === 1);
	return {
		views: reports.length,
		entries: first.length,
		bounces: first.filter(({ visit }) => !visit?.continued).length,
		exits: reports.filter(({ visit }) => !visit?.continued).length,
	};
}

/** What D1 must hold: every closing with all its cells, no group below k, and nothing else. */
export async function checkD1(db: D1Database, site: string, model: Model): Promise<void> {
	const [closings, cells] = await db.batch([
		db.prepare("SELECT period, covers_from FROM closing WHERE site = ? ORDER BY period").bind(site),
		db.prepare("SELECT period, tree, key, devices, tally FROM cell WHERE site = ?").bind(site),
	]);
	const wanted = [...model.closings].sort((a, b) => (a[0] < b[0] ? -1 : 1));
	same(
		closings?.results,
		wanted.map(([period, { coversFrom }]) => ({ period, covers_from: coversFrom })),
		"every closing is in D1 once, and says what it covers",
	);
	const rows = (cells?.results ?? []) as {
		period: string;
		tree: string;
		key: string;
		devices: number;
		tally: string;
	}[];
	for (const { devices } of rows) expect(devices, "no cell below k").toBeGreaterThanOrEqual(settings.k);
	for (const [period, sealed] of wanted) {
		const found = rows.filter((row) => row.period === period);
		const site = decode(found.find(({ tree }) => tree === "site")?.tally ?? "");
		const left = model.leftOf(sealed);
		const totals = {
			views: read(site, "views"),
			entries: read(site, "entries"),
			bounces: read(site, "bounces"),
			exits: leavingMethods.reduce((sum, _, how) => sum + read(site, "exits", how), 0),
		};
		same(totals, countReports(left), "the totals of a closing are those of its reports without the erased ones");
		const pages = found.filter(({ tree }) => tree === "page").map(({ tally }) => read(decode(tally), "views"));
		if (pages.length > 0)
			same(
				pages.reduce((sum, views) => sum + views, 0),
				totals.views,
				"the pages of a closing have all its views",
			);
		if (sealed.erased.size > 0) continue;
		const cellsFound = found.map(({ tree, key, devices, tally }): Row => [tree, key, devices, tally]);
		same(sorted(cellsFound), sealed.rows, "a closing has all its cells, and they never change but by erasures");
	}
	same(
		rows.filter(({ period }) => !model.closings.has(period)),
		[],
		"no cell without its closing",
	);
}

/** A site of one book as its reader knows it. */
export function readerOf(id: string, grain = settings.grain): Site {
	return {
		...settings,
		id,
		grain,
		retentionMonths: 25,
		books: 1,
		shard: 0,
		settings: v.parse(measuringSchema, {}),
		policy: "",
		valid: new Set(),
		superseded: new Set(),
		policies: [],
		watchedUntil: 0,
	};
}

/** What a reader sees of book and D1 together: everything once. */
export async function checkReader(site: string, grain: Grain, model: Model, from: string, to: string): Promise<void> {
	const reading = await readTrees(readerOf(site, grain), ["site"], addDays(from, -5), to);
	const found = read(sumByKey(reading, "site").get("") ?? new Map(), "views");
	same(found, countReports(model.counted()).views, "a reader of book and D1 sees every view once");
}
