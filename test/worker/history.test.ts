/** Another tool's history in our statistics: figures as the tool had them, sealed, never mixed with our own, nothing it does not tell. */
import fc from "fast-check";
import { beforeEach, describe, expect, test } from "vitest";
import { addDays, periodOfDate } from "../../schema/period.ts";
import { otherName } from "../../schema/tree-rules.ts";
import type { TreeName } from "../../schema/trees.ts";
import { bookOf } from "../../worker/book/books.ts";
import { planFor } from "../../worker/closing/close.ts";
import { sumMonths } from "../../worker/closing/months.ts";
import { forgetOld } from "../../worker/closing/retain.ts";
import { makeEntries } from "../../worker/ingest/entries.ts";
import { add, type Counted, cellsOf, type DayCounts, type History } from "../../worker/operator/history.ts";
import { importHistory } from "../../worker/operator/import-history.ts";
import { removeHistory } from "../../worker/operator/imported-periods.ts";
import { read, totalOf } from "../../worker/query/tally.ts";
import { forgetSite, siteOf } from "../../worker/sites/sites.ts";
import type { Channels, Devices, Flows, Pages, Summary, Timeline } from "../../worker/stats/answers.ts";
import { figureRoutes } from "../../worker/stats/table.ts";
import { startFresh } from "./migrations.ts";
import { call, figures, makeReport, openSite, settings, testEnv, today } from "./support.ts";

const db = testEnv.DB;
const now = Date.now();
const dayMs = 86_400_000;
let key = "";
let policy = "";

beforeEach(async () => {
	({ key, policy } = await startFresh());
	forgetSite("shop");
});

/** A day of so many visitors, half again as many visits and three times as many page views. */
function day(history: History, date: string, visitors: number): void {
	const whole = {
		visitors,
		entries: Math.round(visitors * 1.5),
		views: visitors * 3,
		bounces: Math.round(visitors / 2),
	};
	add(history, date, "site", "", whole);
	add(history, date, "page", "/", {
		visitors,
		views: visitors * 2,
		entries: whole.entries,
		bounces: whole.bounces,
		exits: visitors,
	});
	add(history, date, "page", "/rare", { visitors: 1, views: 1 });
	add(history, date, "channel", "search", { visitors: visitors - 1, entries: visitors, bounces: 2 });
	add(history, date, "device", "mobile", { ...whole, visitors: visitors - 1 });
}
function daysOf(visitors: Record<string, number>): History {
	const history: History = new Map();
	for (const [date, n] of Object.entries(visitors)) day(history, date, n);
	return history;
}
const ago = (days: number) => addDays(today(), -days);
const run = (history: History, source: "plausible" | "matomo" = "plausible") =>
	importHistory([db], "shop", source, history, now);
const range = (from: string, to = from) => `?from=${from}&to=${to}`;
const summary = (from: string, to?: string) => figures<Summary>(key, "summary", range(from, to));

describe("what a tool tells of a day", () => {
	const counted = fc.record({
		visitors: fc.option(fc.nat(50), { nil: undefined }),
		views: fc.nat(200),
		entries: fc.nat(80),
		bounces: fc.nat(80),
		exits: fc.nat(80),
	}) as fc.Arbitrary<Counted>;
	const names = (...keys: string[]) => fc.dictionary(fc.constantFrom(...keys), counted);

	test("adds up to the day in every tree, whatever it is: what has no name is (other)", () => {
		fc.assert(
			fc.property(
				counted,
				names("/", "/a", "/b"),
				names("search", "direct"),
				names("NO", "SE"),
				(site, pages, channels, countries) => {
					const counts: DayCounts = new Map<TreeName, Map<string, Counted>>([
						["site", new Map([["", site]])],
						["page", new Map(Object.entries(pages))],
						["channel", new Map(Object.entries(channels))],
						["country", new Map(Object.entries(countries))],
					]);
					const cells = cellsOf(counts);
					if (!cells) return;
					const total = cells.get("site")?.get("")?.tally ?? new Map();
					for (const tree of ["page", "channel", "country", "device", "language", "os", "hour"] as const) {
						const all = [...(cells.get(tree)?.values() ?? [])];
						const sum = (of: "views" | "entries" | "bounces") => all.reduce((n, { tally }) => n + read(tally, of), 0);
						const whole = tree === "channel" ? "entries" : "views";
						expect(sum(whole)).toBeGreaterThanOrEqual(read(total, whole));
						for (const { tally } of all) {
							expect(read(tally, "entries")).toBeLessThanOrEqual(read(tally, "views"));
							expect(read(tally, "bounces")).toBeLessThanOrEqual(read(tally, "entries"));
						}
					}
					expect(totalOf(total, "exits")).toBe(read(total, "entries"));
					expect(totalOf(total, "leaving")).toBe(read(total, "views"));
				},
			),
		);
	});

	test("is nothing without a total", () => {
		const history: History = new Map();
		add(history, "2025-03-01", "page", "/", { views: 3 });
		add(history, "2025-03-02", "site", "", { visitors: 0, views: 0 });
		expect([...history.values()].map(cellsOf)).toEqual([null, null]);
	});
});

describe("imported days", { timeout: 60_000 }, () => {
	test("have the tool's figures, and none that it cannot tell", async () => {
		const date = ago(60);
		expect(await run(daysOf({ [date]: 20 }))).toMatchObject({ written: [date], tooSmall: [] });
		const found = await summary(date);
		expect(found).toMatchObject({
			imported: ["plausible"],
			provisional: false,
			views: 60,
			visits: 30,
			bounces: 10,
			visitors: 20,
			visitorsInterval: { low: 20, high: 20 },
			newVisitors: { low: 0, high: 20 },
			returningVisitors: { low: 0, high: 20 },
			engagedMs: { p50: null, p75: null, n: 0 },
			visibleMs: { p50: null, p75: null, n: 0 },
			leaving: [{ how: "unknown", count: 60, exits: 30 }],
		});
		for (const vital of Object.values(found.vitals)) expect(vital).toMatchObject({ p75: null, n: 0 });
		const { rows, hidden } = await figures<Pages>(key, "pages", range(date));
		expect(rows.map(({ page, views, entries, exits }) => [page, views, entries, exits])).toEqual([
			["/", 40, 30, 20],
			[otherName, 20, 0, 10],
		]);
		expect(hidden).toBeCloseTo(1 / 3);
		const channels = await figures<Channels>(key, "channels", range(date));
		expect(channels.rows.map(({ channel, visits }) => [channel, visits])).toEqual([
			["search", 20],
			[otherName, 10],
		]);
		const flow = await figures<Flows>(key, "flows", `${range(date)}&page=/`);
		const sum = (list: { count: number }[]) => list.reduce((total, { count }) => total + count, 0);
		expect([sum(flow.from), sum(flow.to) + sum(flow.left)]).toEqual([40, 40]);
		expect((await figures<Timeline>(key, "timeline", range(date))).points[0]).toMatchObject({
			views: 60,
			engagedMs: null,
		});
		expect((await figures<Devices>(key, "devices", range(date))).rows[0]).toMatchObject({
			device: "mobile",
			visits: 30,
		});
	});

	test("are in every kind of figures, as JSON and as CSV with its usual columns", async () => {
		await run(daysOf({ [ago(60)]: 20 }));
		const open = async (name: string, date: string) => {
			const query = `${range(date)}${name.startsWith("flows") ? "&page=/" : ""}`;
			const answer = await call(`/v1/sites/shop/stats/${name}${query}`, {
				headers: { Authorization: `Bearer ${key}` },
			});
			expect(answer.status, name).toBe(200);
			return answer;
		};
		for (const name of Object.keys(figureRoutes)) {
			expect(await (await open(name, ago(60))).json(), name).toMatchObject({ imported: ["plausible"] });
			const [header = "", ...lines] = (await (await open(`${name}.csv`, ago(60))).text()).split("\r\n");
			expect(header.includes("imported"), name).toBe(name === "summary");
			expect(lines.join("\n").includes("imported"), name).toBe(false);
		}
	});

	test("keep no name of fewer than k, and no measure beyond what tools tell", async () => {
		await run(daysOf({ [ago(60)]: 20 }));
		const { results } = await db.prepare("SELECT tree, key, devices FROM cell").all<{ key: string; devices: number }>();
		expect(results.length).toBeGreaterThan(5);
		for (const { key: name, devices } of results) {
			expect(devices).toBeGreaterThanOrEqual(5);
			expect(name).not.toContain("/rare");
		}
	});

	test("tell of a range how many came at least and at most", async () => {
		await run(daysOf({ [ago(62)]: 20, [ago(61)]: 30, [ago(60)]: 10 }));
		expect((await summary(ago(62), ago(60))).visitorsInterval).toEqual({ low: 30, high: 60 });
		expect((await summary(ago(61), ago(60))).visitorsInterval).toEqual({ low: 30, high: 40 });
		expect((await summary(ago(60))).visitorsInterval).toEqual({ low: 10, high: 10 });
	});

	test("beside our own are told apart: whoever came then may be among those who came now", async () => {
		await run(daysOf({ [ago(4)]: 20 }));
		const book = bookOf(testEnv, "shop");
		const visits = Array.from({ length: 8 }, (_, n) => makeReport(policy, { period: ago(3), gap: n < 6 ? 31 : 1 }));
		await book.accept(await makeEntries(visits));
		expect(await book.close(planFor(await siteOf(testEnv, "shop"), ago(3)))).toBe("sealed");
		const both = await summary(ago(4), ago(3));
		expect(both).toMatchObject({ imported: ["plausible"], views: 68, visits: 38 });
		expect(both.visitorsInterval.low).toBe(20);
		expect(both.visitorsInterval.high).toBeGreaterThanOrEqual(26);
		expect(both.visitorsInterval.high).toBeLessThanOrEqual(28);
		const own = await summary(ago(3));
		expect(own.imported).toBeUndefined();
		expect(own.visitorsInterval).toEqual({ low: 8, high: 8 });
	});

	test("give the same figures when their months are summed", async () => {
		const dates = Array.from({ length: 70 }, (_, n) => ago(50 + n));
		await run(daysOf(Object.fromEntries(dates.map((date, n) => [date, 10 + (n % 7)]))));
		const asked = [ago(119), ago(50)] as const;
		const before = [await summary(...asked), await figures<Pages>(key, "pages", range(...asked))];
		expect((await sumMonths(db, await siteOf(testEnv, "shop"), now)).length).toBeGreaterThan(0);
		await figures(key, "timeline");
		expect([await summary(...asked), await figures<Pages>(key, "pages", range(...asked))]).toEqual(before);
		expect(before[0]).toMatchObject({ visitorsBound: true });
	});

	test("join where they are too small, and are left out where even that does not help", async () => {
		const history = daysOf({ [ago(90)]: 2, [ago(62)]: 3, [ago(61)]: 4, [ago(60)]: 9, [ago(58)]: 2 });
		const imported = await run(history);
		expect(imported).toMatchObject({
			written: [ago(60)],
			joined: [ago(90), ago(62), ago(61)],
			tooSmall: [ago(58)],
		});
		expect(await summary(ago(60))).toMatchObject({ views: 54, visitorsInterval: { low: 9, high: 18 } });
		expect(await db.prepare("SELECT covers_from AS first FROM closing").first("first")).toBe(ago(90));
	});

	test("become weeks or months where the site counts so", async () => {
		await openSite({ ...settings, id: "weekly", grain: "week" });
		const dates = [0, 1, 2].map((n) => addDays("2025-03-03", n));
		const history = daysOf({ [dates[0] as string]: 10, [dates[1] as string]: 20, [dates[2] as string]: 15 });
		const { written } = await importHistory([db], "weekly", "umami", history, Date.UTC(2026, 10, 22));
		expect(written).toEqual([periodOfDate("2025-03-03", "week")]);
		const { results } = await db.prepare("SELECT devices FROM cell WHERE site = 'weekly' AND tree = 'site'").all();
		expect(results).toEqual([{ devices: 20 }]);
	});

	test("go when statistics are too old, or when the import is taken back", async () => {
		await run(daysOf({ [ago(60)]: 20, [ago(59)]: 20 }));
		await run(daysOf({ [ago(58)]: 20 }), "matomo");
		expect(await removeHistory([db], "shop", "plausible")).toEqual([ago(60), ago(59)]);
		expect(await summary(ago(60), ago(58))).toMatchObject({ imported: ["matomo"], views: 60 });
		await forgetOld(db, await siteOf(testEnv, "shop"), now + 3 * 365 * dayMs);
		for (const table of ["cell", "closing", "imported"])
			expect(await db.prepare(`SELECT count(*) AS n FROM ${table}`).first("n")).toBe(0);
	});
});

describe("a period that may hold visits of our own", { timeout: 60_000 }, () => {
	const created = (instant: number) => db.prepare("UPDATE site SET created = ?1").bind(instant).run();

	test("is left out: closed here, after the first own closing, or not out of the open book yet", async () => {
		await created(now - 20 * dayMs);
		await db.prepare("INSERT INTO closing VALUES ('shop', ?1, ?2, 5, 0, 0)").bind(ago(40), ago(42)).run();
		const days = [50, 43, 42, 41, 40, 39, 10, 1, 0];
		const imported = await run(daysOf(Object.fromEntries(days.map((n) => [ago(n), 20]))));
		expect(imported).toMatchObject({
			written: [ago(50), ago(43)],
			there: [ago(42), ago(41), ago(40)],
			own: [ago(39), ago(10), ago(1), ago(0)],
		});
	});

	test("is imported where it ended before the site was there, however recent", async () => {
		await created(now);
		expect(await run(daysOf({ [ago(3)]: 20, [ago(1)]: 20, [ago(0)]: 20 }))).toMatchObject({
			written: [ago(3)],
			own: [ago(1), ago(0)],
		});
	});

	test("is left out where it would be deleted at once", async () => {
		expect(await run(daysOf({ "2001-01-01": 20 }))).toMatchObject({ tooOld: ["2001-01-01"], written: [] });
	});

	test("is never replaced by a second import, of whatever tool", async () => {
		await run(daysOf({ [ago(60)]: 20 }));
		expect(await run(daysOf({ [ago(60)]: 99 }), "matomo")).toMatchObject({ there: [ago(60)], written: [] });
		expect(await summary(ago(60))).toMatchObject({ visitors: 20, imported: ["plausible"] });
	});
});
