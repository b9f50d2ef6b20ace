import { applyD1Migrations, createScheduledController, type D1Migration, reset } from "cloudflare:test";
import { env } from "cloudflare:workers";
import fc from "fast-check";
import { beforeEach, describe, expect, test } from "vitest";
import { addDays, datesOf, type Grain, periodOfDate, periodsBetween } from "../../schema/period.ts";
import { treeNames } from "../../schema/tree-rules.ts";
import { bookOf } from "../../worker/book/books.ts";
import { monthChanged, sumMonths } from "../../worker/closing/months.ts";
import { keptFrom } from "../../worker/closing/retain.ts";
import worker from "../../worker/index.ts";
import { makeEntries } from "../../worker/ingest/entries.ts";
import { forgetClosed } from "../../worker/query/memory.ts";
import { monthOf, periodsOf } from "../../worker/query/months.ts";
import { forgetSite, siteOf } from "../../worker/sites/sites.ts";
import type { Pages, Summary } from "../../worker/stats/answers.ts";
import { closePeriods, routes } from "./closed-periods.ts";
import { startFresh } from "./migrations.ts";
import { figures, makeVisit, testEnv, today } from "./support.ts";

const db = testEnv.DB;
let key = "";
let policy = "";
/** The days of four whole months and a little more, up to three days ago. */
const lastDay = addDays(today(), -3);
const firstDay = addDays(keptFrom(today(), 5), 11);

async function setGrain(grain: Grain): Promise<void> {
	await db.prepare("UPDATE site SET grain = ?1").bind(grain).run();
	forgetSite("shop");
}

const shop = () => siteOf(testEnv, "shop");
/** The scheduled work's part of it, until nothing is due. */
async function sumAll(): Promise<string[]> {
	const summed: string[] = [];
	for (;;) {
		const more = await sumMonths(testEnv.DB, await shop(), Date.now());
		if (more.length === 0) break;
		summed.push(...more);
	}
	await noticeSums();
	return summed.sort();
}
/** Every read looks which months are summed now; the next one relies on that. */
const noticeSums = () => figures(key, "timeline");
const doDueWork = () =>
	worker.scheduled(createScheduledController({ scheduledTime: new Date(), cron: "*/10 * * * *" }), testEnv);
const months = async () =>
	(await db.prepare("SELECT month, trees FROM month ORDER BY month").all<{ month: string; trees: number }>()).results;
const views = async (query = `?from=${firstDay}&to=${lastDay}`) =>
	(await figures<{ rows: { views: number }[] }>(key, "pages", query)).rows.reduce((sum, row) => sum + row.views, 0);

beforeEach(async () => {
	({ key, policy } = await startFresh());
	forgetSite("shop");
});

describe("month sums", { timeout: 60_000 }, () => {
	test.each([
		["day", 100],
		["week", 100],
		["day", 10_000],
		["week", 10_000],
	] as const)(
		"give the same figures as the cells of every %s, to the unit, for any range (%i cells a period)",
		{ timeout: 120_000 },
		async (grain, cells) => {
			await setGrain(grain);
			await closePeriods(policy, periodsBetween(firstDay, lastDay, grain), cells);
			const open = makeVisit(policy, ["/", "/priser"], { period: periodOfDate(today(), grain), parts: 4 });
			await bookOf(testEnv, "shop").accept(await makeEntries(open));
			expect((await sumAll()).length).toBeGreaterThanOrEqual(4);
			const answers = async (range: string) => {
				const all: unknown[] = [];
				for (const route of routes) {
					const [name = "", own] = route.split("?");
					all.push(await figures(key, name, `?${own ? `${own}&` : ""}${range}`));
				}
				return all;
			};
			const ranges = fc.sample(fc.tuple(fc.nat(170), fc.nat(170)), { numRuns: 3, seed: cells });
			for (const [a, b] of [[0, 170], [1, 140], ...ranges] as [number, number][]) {
				const [from, to] = [addDays(today(), -Math.max(a, b)), addDays(today(), -Math.min(a, b))];
				const range = `from=${from}&to=${to}`;
				const fromSums = await answers(range);
				await db.prepare("UPDATE month SET trees = trees - 100").run();
				expect(fromSums, range).toEqual(await answers(range));
				await db.prepare("UPDATE month SET trees = trees + 100").run();
				await noticeSums();
			}
		},
	);

	test("are what long ranges are read from", async () => {
		await closePeriods(policy, periodsBetween(firstDay, lastDay, "day"));
		const whole = await views();
		const [, month] = await sumAll(); // of the first one, the range has only a part
		await db.prepare("DELETE FROM month_cell WHERE tree = 'page' AND month = ?1").bind(month).run();
		expect(await views()).toBeLessThan(whole);
		await db.prepare("UPDATE month SET version = 1").run(); // as if they were made by other rules
		expect(await views()).toBe(whole);
		expect(await sumAll()).toContain(month);
		expect(await views()).toBe(whole);
	});

	test("come with the scheduled work, after the month's last late report, and not for the month that is going on", async () => {
		await closePeriods(policy, periodsBetween(firstDay, lastDay, "day"));
		await doDueWork();
		await doDueWork();
		const isOver = (month: string) => (datesOf(month, "month")?.last ?? "") < addDays(today(), -2);
		const all = await months();
		expect(all.length).toBeGreaterThan(4);
		for (const { month, trees } of all) expect(trees).toBe(isOver(month) ? treeNames.length : 0);
	});

	test("of a large month are made while it is going on, after every closing, and are read up to yesterday", async () => {
		const begin = `${monthOf(lastDay)}-01`;
		const periods = periodsBetween(addDays(begin, -3), lastDay, "day");
		await closePeriods(policy, periods.slice(0, -1), 4_000);
		const range = `?from=${begin}&to=${today()}`;
		const before = await views(range);
		expect(await sumAll()).toContain(monthOf(lastDay));
		expect(await views(range)).toBe(before);
		await closePeriods(policy, periods.slice(-1));
		const after = await views(range);
		expect(after).toBeGreaterThan(before);
		expect(await sumAll()).toEqual([monthOf(lastDay)]);
		expect(await views(range)).toBe(after);
		const trends = (await figures<Pages>(key, "pages", range)).rows.map(({ trend }) => trend);
		expect(new Set(trends.map(({ length }) => length))).toEqual(
			new Set([periodsBetween(begin, today(), "day").length]),
		);
		// Dates of which the month has more are read day by day, and a sum that is gone is missed where it is read.
		const part = await views(`?from=${begin}&to=${addDays(lastDay, -2)}`);
		await db.prepare("DELETE FROM month_cell WHERE month = ?1").bind(monthOf(lastDay)).run();
		forgetClosed(); // as an isolate that begins
		expect(await views(`?from=${begin}&to=${addDays(lastDay, -2)}`)).toBe(part);
		expect(await views(range)).toBe(0);
	});

	test("are not read once another closing touches the month, and are made anew", async () => {
		const periods = periodsBetween(firstDay, lastDay, "day");
		await closePeriods(
			policy,
			periods.filter((period) => period !== periods[40]),
		);
		await sumAll();
		const before = await views();
		await bookOf(testEnv, "shop").accept(
			await makeEntries(
				Array.from({ length: 6 }, () => makeVisit(policy, ["/"], { period: periods[40] ?? "" })).flat(),
			),
		);
		await bookOf(testEnv, "shop").close({ site: "shop", period: periods[40] ?? "", k: 5, books: 1, shard: 0 });
		expect(await views()).toBe(before + 6);
		expect(await sumAll()).toEqual([monthOf(periods[40] ?? "")]);
		expect(await views()).toBe(before + 6);
	});

	test("that failed halfway are not read, and go on where they stopped", async () => {
		await closePeriods(policy, periodsBetween(firstDay, lastDay, "day"));
		const whole = await views();
		await db
			.prepare(
				"CREATE TRIGGER broken BEFORE INSERT ON month_cell WHEN NEW.tree = 'channel' BEGIN SELECT RAISE(ABORT, 'no'); END",
			)
			.run();
		await expect(sumAll()).rejects.toThrow();
		const begun = (await months()).filter(({ trees }) => trees > 0);
		expect(begun).toEqual([{ month: expect.any(String), trees: treeNames.indexOf("channel") }]);
		expect(await views()).toBe(whole);
		await db.prepare("DROP TRIGGER broken").run();
		const again = `NEW.tree = 'site' AND NEW.month = '${begun[0]?.month}'`;
		await db
			.prepare(`CREATE TRIGGER again BEFORE INSERT ON month_cell WHEN ${again} BEGIN SELECT RAISE(ABORT, 'no'); END`)
			.run();
		expect(await sumAll()).toContain(begun[0]?.month);
		expect(await views()).toBe(whole);
	});

	test("made while a closing changed the month are not taken for its sums", async () => {
		const periods = periodsBetween(firstDay, lastDay, "day");
		await closePeriods(policy, periods);
		const [late = ""] = periodsOf(keptFrom(today(), 2).slice(0, 7), "day");
		let changes = 0;
		const batch: typeof db.batch = async (statements) => {
			if (++changes === 4) {
				await db.batch([
					db.prepare("UPDATE cell SET tally = '0.9' WHERE tree = 'page' AND period = ?1").bind(late),
					monthChanged(db, "shop", late),
				]);
			}
			return db.batch(statements);
		};
		const racing = { prepare: (sql: string) => db.prepare(sql), batch } as typeof db;
		await sumMonths(racing, await shop(), Date.now());
		await sumAll();
		const fromSums = await views();
		await db.prepare("DELETE FROM month").run();
		expect(fromSums).toBe(await views());
	});

	test("by other rules are not read, and are made anew", async () => {
		await closePeriods(policy, periodsBetween(firstDay, lastDay, "day"));
		const summed = await sumAll();
		const whole = await views();
		await db.batch([db.prepare("UPDATE month SET version = 1"), db.prepare("UPDATE month_cell SET tally = '0.5'")]);
		expect(await views()).toBe(whole);
		expect(await sumAll()).toEqual(summed);
		expect(await views()).toBe(whole);
	});

	test.each(["day", "week"] as const)("go with what a site no longer keeps (periods of a %s)", async (grain) => {
		await setGrain(grain);
		const first = keptFrom(today(), 25);
		const periods = periodsBetween(addDays(first, -80), addDays(first, 40), grain);
		await closePeriods(policy, periods);
		await sumAll();
		await doDueWork();
		await doDueWork();
		const oldest = periodOfDate(first, grain);
		const kept = new Set(periods.filter((period) => period >= oldest).map(monthOf));
		expect((await months()).map(({ month }) => month)).toEqual([...kept]);
		for (const { month } of (await db.prepare("SELECT DISTINCT month FROM month_cell").all<{ month: string }>())
			.results)
			expect(kept).toContain(month);
		const range = `?from=${first}&to=${addDays(first, 35)}`;
		const fromSums = await figures<Summary>(key, "summary", range);
		await db.prepare("DELETE FROM month").run();
		expect(fromSums).toEqual(await figures<Summary>(key, "summary", range));
	});

	test("are due for every closing there was before there were sums", async () => {
		const migrations = (env as unknown as { TEST_MIGRATIONS: D1Migration[] }).TEST_MIGRATIONS;
		await reset();
		await applyD1Migrations(
			db,
			migrations.filter(({ name }) => name < "0004"),
		);
		const periods = (["day", "week", "month"] as const).flatMap((grain) =>
			periodsBetween("2019-12-20", "2027-01-15", grain),
		);
		for (const period of periods)
			await db.prepare("INSERT INTO closing VALUES (?1, ?2, ?2, 5, 0, 0)").bind(`s${period.length}`, period).run();
		await applyD1Migrations(db, migrations);
		const found = (await db.prepare("SELECT site, month FROM month").all<{ site: string; month: string }>()).results;
		const wanted = new Set(periods.map((period) => `s${period.length} ${monthOf(period)}`));
		expect(found.map(({ site, month }) => `${site} ${month}`).sort()).toEqual([...wanted].sort());
	});
});
