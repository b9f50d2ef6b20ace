/** Sums of usual ranges, and what an isolate remembers: the same figures as the cells', whatever changes them. */
import { beforeEach, describe, expect, test } from "vitest";
import { addDays, dateOf, type Grain, periodOfDate, periodsBetween } from "../../schema/period.ts";
import type { Report } from "../../schema/report.ts";
import { bookOf } from "../../worker/book/books.ts";
import { Cells } from "../../worker/book/cells.ts";
import { fold } from "../../worker/book/fold.ts";
import { planFor } from "../../worker/closing/close.ts";
import { eraseSealed } from "../../worker/closing/erase-sealed.ts";
import { monthChanged, sumMonths } from "../../worker/closing/months.ts";
import { forgetOld } from "../../worker/closing/retain.ts";
import { sumSpans } from "../../worker/closing/spans.ts";
import { makeEntries } from "../../worker/ingest/entries.ts";
import { backUp } from "../../worker/operator/backup.ts";
import { add, type History } from "../../worker/operator/history.ts";
import { importHistory } from "../../worker/operator/import-history.ts";
import { removeHistory } from "../../worker/operator/imported-periods.ts";
import { restore } from "../../worker/operator/restore.ts";
import { readClosed } from "../../worker/query/closed.ts";
import { forgetClosed, keepCells, type ReadCell, recall, recallCells, remember } from "../../worker/query/memory.ts";
import { usualRanges } from "../../worker/query/spans.ts";
import { forgetSite, siteOf } from "../../worker/sites/sites.ts";
import { closePeriods, routes } from "./closed-periods.ts";
import { startFresh } from "./migrations.ts";
import { figures, makeVisit, settings, testEnv } from "./support.ts";

const now = Date.now();
const dayMs = 86_400_000;
/** As many as make a range worth summing. */
const manyCells = 20_000;
/** One date for all, should midnight come in between. */
const date = dateOf(now, settings.timeZone);
const ago = (days: number) => addDays(date, -days);
const shop = () => siteOf(testEnv, "shop");
let key = "";
let policy = "";
let db = testEnv.DB;

beforeEach(async () => {
	({ key, policy } = await startFresh());
	forgetSite("shop");
	db = testEnv.DB;
});

async function setSite(column: "grain" | "shard", value: Grain | number): Promise<void> {
	await testEnv.DB.prepare(`UPDATE site SET ${column} = ?1`).bind(value).run();
	forgetSite("shop");
}

/** The scheduled work's part of it, until nothing is due. */
async function sumAll(at = now): Promise<string[]> {
	const summed: string[] = [];
	for (;;) {
		const more = [...(await sumMonths(db, await shop(), at)), ...(await sumSpans(db, await shop(), at))];
		if (more.length === 0) return summed.filter((name) => /d$|m$/.test(name)).sort();
		summed.push(...more);
	}
}

/** Answers of all routes about a range. */
async function answers({ from, to }: { from: string; to: string }, asked: readonly string[] = routes) {
	const all: Record<string, unknown> = {};
	for (const route of asked) {
		const [name = "", own] = route.split("?");
		all[route] = await figures(key, name, `?${own ? `${own}&` : ""}from=${from}&to=${to}`);
	}
	return all;
}

/** The same from the cells alone, by an isolate that remembers nothing. */
async function fromCells<T>(ask: () => Promise<T>): Promise<T> {
	const spans = (await db.prepare("SELECT * FROM span").all<Record<string, unknown>>()).results;
	await db.batch([db.prepare("DELETE FROM span"), db.prepare("UPDATE month SET trees = trees - 100")]);
	forgetClosed();
	const answer = await ask();
	await db.batch([
		db.prepare("UPDATE month SET trees = trees + 100"),
		...spans.map((span) =>
			db.prepare("INSERT INTO span VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)").bind(...Object.values(span)),
		),
	]);
	return answer;
}

const last28 = () => ({ from: ago(28), to: ago(1) });
const few = ["summary", "pages", "pages?device=mobile", "flows?page=/", "elements?page=/priser", "channels", "events"];

/** What an isolate answers that may remember, and one that begins, is what the cells say. */
async function expectLaw(range = last28(), asked: readonly string[] = few): Promise<void> {
	const [remembered] = [await answers(range, asked), forgetClosed()];
	const read = await answers(range, asked);
	const cells = await fromCells(() => answers(range, asked));
	expect(remembered).toEqual(cells);
	expect(read).toEqual(cells);
}

async function summedDays(): Promise<void> {
	await closePeriods(policy, periodsBetween(ago(40), ago(2), "day"), manyCells, db);
	expect(await sumAll()).toContain("28d");
}

describe("sums of usual ranges", { timeout: 60_000 }, () => {
	test.each(["day", "week"] as const)(
		"give the same figures as the cells of every %s, to the unit, for every route",
		{ timeout: 120_000 },
		async (grain) => {
			await setSite("grain", grain);
			const periods = periodsBetween(ago(100), ago(grain === "day" ? 2 : 9), grain);
			await closePeriods(policy, periods, manyCells, db);
			const open = makeVisit(policy, ["/", "/priser"], { period: periodOfDate(ago(1), grain), parts: 4 });
			await bookOf(testEnv, "shop").accept(await makeEntries(open));
			const names = await sumAll();
			expect(names).toEqual(expect.arrayContaining(["12m", "28d", "before 28d"]));
			for (const range of usualRanges(date).filter(({ name }) => name === "12m" || name.endsWith("28d")))
				await expectLaw(range, range.name === "28d" && grain === "day" ? routes : few);
			await expectLaw({ from: ago(33), to: ago(4) });
		},
	);

	test("are what a usual range is read from", async () => {
		await summedDays();
		const spans = await answers(last28(), ["pages", "channels"]);
		await db.prepare("UPDATE cell SET tally = '0' WHERE tree IN ('page', 'channel')").run();
		await db.prepare("DELETE FROM month_cell").run();
		forgetClosed();
		expect(await answers(last28(), ["pages", "channels"])).toEqual(spans);
		expect(await fromCells(() => answers(last28(), ["pages", "channels"]))).not.toEqual(spans);
	});

	test("count for nothing once a late closing, an erasure, a restored or an imported period changes them, and are made anew", {
		timeout: 120_000,
	}, async () => {
		const missing = ago(10);
		await closePeriods(
			policy,
			periodsBetween(ago(70), ago(2), "day").filter((day) => day !== missing),
			manyCells,
			db,
		);
		const site = await shop();
		const lines: string[] = [];
		const six = (page: string, more: object = {}): Report[] =>
			Array.from({ length: 6 }, () => makeVisit(policy, [page, "/"], { period: missing, parts: 3, ...more })).flat();
		const history: History = new Map();
		const counts = { visitors: 40, entries: 60, views: 120, bounces: 20 };
		for (const [tree, name] of [
			["site", ""],
			["page", "/"],
			["channel", "search"],
			["device", "mobile"],
		] as const)
			add(history, ago(71), tree, name, tree === "page" ? { ...counts, exits: 60 } : counts);

		const changes: Record<string, () => Promise<unknown>> = {
			async closing() {
				await bookOf(testEnv, "shop").accept(await makeEntries(six("/priser")));
				await bookOf(testEnv, "shop").close(planFor(site, missing));
			},
			async erasure() {
				const less = new Cells();
				for (const report of six("/priser").slice(0, 4)) less.add(missing, fold(report));
				await eraseSealed(
					db,
					{ site: "shop", period: missing, batch: "a" },
					less.periods.get(missing) ?? new Map(),
					now,
				);
			},
			async deletion() {
				for await (const line of backUp([testEnv.DB], "shop", { keys: false, now })) lines.push(line);
				await db.batch([
					db.prepare("DELETE FROM cell WHERE period = ?1").bind(ago(12)),
					db.prepare("DELETE FROM closing WHERE period = ?1").bind(ago(12)),
					monthChanged(db, "shop", ago(12)),
				]);
			},
			async restoring() {
				await restore([testEnv.DB], async function* () {
					yield* lines;
				});
			},
			importing: () => importHistory([testEnv.DB], "shop", "plausible", history, now),
			removing: () => removeHistory([testEnv.DB], "shop", "plausible"),
		};
		for (const [name, change] of Object.entries(changes)) {
			const range = /import|remov/.test(name) ? { from: ago(84), to: ago(57) } : last28();
			const pages = async () => JSON.stringify(await answers(range, ["pages"]));
			await sumAll();
			const known = await pages();
			await change();
			const changed = await pages();
			expect(changed, name).not.toBe(known);
			await expectLaw(range, few.slice(0, 4));
			expect(await sumAll(), name).not.toEqual([]);
			expect(await pages(), name).toBe(changed);
		}
	});

	test("of a site in another database are kept there", async () => {
		await setSite("shard", 1);
		db = testEnv.DB_1 as D1Database;
		await summedDays();
		await expectLaw();
		expect(await testEnv.DB.prepare("SELECT COUNT(*) AS n FROM span_cell").first("n")).toBe(0);
		expect(await db.prepare("SELECT COUNT(*) AS n FROM span_cell").first("n")).toBeGreaterThan(0);
	});

	test("roll on from day to day, and nothing of yesterday's stays", async () => {
		await summedDays();
		const rows = () => db.prepare("SELECT name, first FROM span ORDER BY name").all<{ name: string; first: string }>();
		const names = (await rows()).results.map(({ name }) => name);
		expect(await sumAll(now + dayMs)).toContain("28d");
		const next = (await rows()).results;
		expect(next.map(({ name }) => name)).toEqual(names);
		expect(next.find(({ name }) => name === "28d")?.first).toBeOneOf([ago(27), ago(26)]); // one may have joined another
		const made = "SELECT COUNT(DISTINCT made) AS n FROM";
		expect(await db.prepare(`${made} span_cell`).first("n")).toBe(await db.prepare(`${made} span`).first("n"));
	});

	test("are made of busy sites only, and go when a site is busy no longer", async () => {
		await closePeriods(policy, periodsBetween(ago(40), ago(2), "day"), 10, db);
		expect(await sumSpans(db, await shop(), now)).toEqual([]);
		await db.prepare("UPDATE month SET changes = changes + 1, cells = 100000").run();
		expect((await sumAll()).length).toBeGreaterThan(3);
		await db.prepare("UPDATE month SET changes = changes + 1, cells = 10").run();
		expect(await sumSpans(db, await shop(), now)).toEqual([]);
		for (const table of ["span", "span_cell"])
			expect(await db.prepare(`SELECT COUNT(*) AS n FROM ${table}`).first("n")).toBe(0);
	});

	test("go with what a site no longer keeps, and are made anew without it", async () => {
		await closePeriods(policy, periodsBetween(ago(80), ago(2), "day"), manyCells, db);
		await sumAll();
		await testEnv.DB.prepare("UPDATE site SET retention_months = 1").run();
		forgetSite("shop");
		await forgetOld(db, await shop(), now);
		for (const table of ["span", "span_cell"])
			expect(await db.prepare(`SELECT COUNT(*) AS n FROM ${table}`).first("n")).toBe(0);
		await sumAll();
		await expectLaw({ from: ago(91), to: ago(1) });
	});

	test("that broke off are not read, and are cleared away an hour later", async () => {
		await closePeriods(policy, periodsBetween(ago(40), ago(2), "day"), manyCells, db);
		await sumMonths(db, await shop(), now);
		const trigger = "CREATE TRIGGER broken BEFORE INSERT ON span_cell WHEN NEW.tree = 'country'";
		await db.prepare(`${trigger} BEGIN SELECT RAISE(ABORT, 'no'); END`).run();
		await expect(sumSpans(db, await shop(), now)).rejects.toThrow();
		const cells = () => db.prepare("SELECT COUNT(DISTINCT made) AS n FROM span_cell").first<number>("n");
		expect(await cells()).toBe(1);
		await expectLaw();
		await db.prepare("DROP TRIGGER broken").run();
		const names = await sumAll();
		expect(await cells()).toBe(names.length + 1);
		await db.prepare("DELETE FROM span WHERE name = '28d'").run();
		await sumAll(now + 3_700_000);
		expect(await cells()).toBe(names.length);
		await expectLaw();
	});

	test("made while a closing changed the cells are not taken for their sums", async () => {
		await closePeriods(policy, periodsBetween(ago(40), ago(2), "day"), manyCells, db);
		const reads: string[] = [];
		const batch: typeof db.batch = async (statements) => {
			const found = await db.batch(statements);
			reads.push("read");
			// After some trees are read and before the others are.
			if (reads.length === 12)
				await db.batch([
					db.prepare("UPDATE cell SET tally = '0.9' WHERE tree = 'page' AND period = ?1").bind(ago(5)),
					monthChanged(db, "shop", ago(5)),
				]);
			return found as Awaited<ReturnType<typeof db.batch>> as never;
		};
		const racing = { prepare: (sql: string) => db.prepare(sql), batch } as typeof db;
		expect((await sumSpans(racing, await shop(), now)).length).toBeLessThan(4);
		await expectLaw();
		await sumAll();
		await expectLaw();
	});
});

describe("what an isolate remembers of closed books", () => {
	/** A database that tells how many statements it was sent. */
	function counted() {
		const sent: number[] = [];
		const batch: typeof db.batch = (statements) => {
			sent.push(statements.length);
			return db.batch(statements);
		};
		return { sent, db: { prepare: (sql: string) => db.prepare(sql), batch } as typeof db };
	}

	test("is not read again until something changes, and then anew", async () => {
		await closePeriods(policy, periodsBetween(ago(40), ago(2), "day"), 10, db);
		const counter = counted();
		const ask = async () =>
			readClosed(counter.db, await shop(), [
				{ periods: periodsBetween(ago(28), ago(1), "day"), wish: { trees: ["page", "channel"] } },
			]);
		const first = await ask();
		expect(counter.sent.splice(0)).toEqual([2, 3]); // state and closings; state and two trees
		expect(await ask()).toEqual(first);
		expect(counter.sent.splice(0)).toEqual([1]); // the state alone
		await monthChanged(db, "shop", ago(3)).run();
		expect(await ask()).toEqual(first);
		expect(counter.sent.splice(0)).toEqual([1, 2, 3]);
	});

	test("is let go where it is too much: the cells that were not used for longest", () => {
		const cells = (n: number): ReadCell[] => [
			{ period: "p", tree: "page", key: `${n}`, parts: ["x".repeat(5_400_000)], end: 1 },
		];
		const found = { state: "", months: [], spans: [], closings: [] };
		remember("a", found);
		remember("b", found);
		const [a, b] = [recall("a"), recall("b")];
		if (!a || !b) throw new Error("nothing is remembered");
		keepCells(a, "one", cells(1));
		keepCells(b, "two", cells(2));
		keepCells(b, "three", cells(3));
		expect(recallCells(a, "one")).toBeDefined();
		recall("b");
		keepCells(b, "four", cells(4));
		expect(recall("a")).toBeUndefined(); // it had nothing else
		recallCells(b, "two");
		keepCells(b, "five", cells(5));
		expect(["two", "three", "four", "five"].map((name) => recallCells(b, name) !== undefined)).toEqual([
			true,
			false,
			true,
			true,
		]);
		forgetClosed();
	});
});
