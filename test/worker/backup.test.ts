/** A site's backup, and the site made from it again: every figure, key and notice, whatever is done to the file in between. */

import { reset } from "cloudflare:test";
import { getTableConfig } from "drizzle-orm/sqlite-core";
import { beforeEach, describe, expect, test } from "vitest";
import { addDays } from "../../schema/period.ts";
import * as tables from "../../schema/tables.ts";
import { issueKey, keyHolder } from "../../worker/access/keys.ts";
import { bookOf } from "../../worker/book/books.ts";
import { planFor } from "../../worker/closing/close.ts";
import { sumMonths } from "../../worker/closing/months.ts";
import { makeEntries } from "../../worker/ingest/entries.ts";
import { backUp, type Databases, leftOut, nextSum, periodTables, wholeTables } from "../../worker/operator/backup.ts";
import { restore } from "../../worker/operator/restore.ts";
import { createSite } from "../../worker/sites/create.ts";
import { forgetSite, siteOf } from "../../worker/sites/sites.ts";
import { figureRoutes } from "../../worker/stats/table.ts";
import { applyMigrations, startFresh } from "./migrations.ts";
import { call, figures, makeVisit, openSite, settings, testEnv, today } from "./support.ts";

const db = testEnv.DB;
const databases = [db] as const;
const now = Date.now();
const days = [-40, -6, -5, -4, -3].map((n) => addDays(today(), n));
let key = "";
let policy = "";

/** Closes some days of visits with parts of every kind; the last is too small and joins the one after. */
async function closeDays(): Promise<void> {
	const book = bookOf(testEnv, "shop");
	for (const [i, period] of days.entries()) {
		const visits = Array.from({ length: i === 3 ? 3 : 12 + i }, (_, n) =>
			makeVisit(policy, ["/", "/priser", "/kontakt"].slice(0, 1 + (n % 3)), {
				period,
				parts: 31 * i + n,
				gap: 1 + (n % 31),
				device: n % 2 ? "mobile" : "desktop",
			}),
		);
		await book.accept(await makeEntries(visits.flat()));
		await book.close(planFor(await siteOf(testEnv, "shop"), period));
	}
}

beforeEach(async () => {
	({ key, policy } = await startFresh());
	forgetSite("shop");
});

async function collect(lines: AsyncIterable<string>): Promise<string[]> {
	const all: string[] = [];
	for await (const line of lines) all.push(line);
	return all;
}
const linesOf = (site: string, options: { keys?: boolean } = {}) =>
	collect(backUp(databases, site, { keys: false, now, ...options }));
const export_ = (options?: { keys?: boolean }) => linesOf("shop", options);
const import_ = (lines: string[]) =>
	restore(databases, async function* () {
		yield* lines;
	});

/** Everything that can be asked of the closed days. */
async function everything(): Promise<unknown> {
	const range = `from=${days[0]}&to=${days.at(-1)}`;
	const answers: Record<string, unknown> = {};
	for (const name of Object.keys(figureRoutes))
		answers[name] = await figures(key, name, `?${range}${name === "flows" ? "&page=/priser" : ""}`);
	return answers;
}

/** Nothing but the tables, and a key for asking. */
async function emptyPlace(): Promise<void> {
	await reset();
	await applyMigrations();
	forgetSite("shop");
	key = await issueKey(db, { site: "shop", role: "owner", name: "asks" });
}

async function dump(): Promise<unknown> {
	const found: Record<string, unknown> = {};
	for (const table of [...wholeTables, ...periodTables, "month"])
		found[table] = (await db.prepare(`SELECT * FROM ${table} ORDER BY 1, 2, 3`).all()).results;
	return found;
}

describe("a backup in an empty place", { timeout: 60_000 }, () => {
	beforeEach(closeDays, 60_000);

	test("gives the same statistics, settings and notice", async () => {
		await call("/v1/sites/shop/settings", {
			method: "PUT",
			headers: { Authorization: `Bearer ${key}` },
			body: JSON.stringify({ goals: [{ name: "Takk", kind: "page", match: "/takk" }], k: 7 }),
		});
		const [before, lines] = [await everything(), await export_()];
		const site = await siteOf(testEnv, "shop");
		await emptyPlace();
		expect(await import_(lines)).toMatchObject({ site: "shop", isNew: true, periods: 4, there: 0, keys: 0 });
		expect(await everything()).toEqual(before);
		expect(await siteOf(testEnv, "shop")).toEqual(site);
		const summed = await sumMonths(testEnv.DB, site, now + 60 * 86_400_000);
		expect(summed.length).toBeGreaterThan(0);
		expect(await everything()).toEqual(before);
	});

	test("twice is once, and what was broken off goes on", async () => {
		const lines = await export_({ keys: true });
		await emptyPlace();
		await import_(lines);
		const once = await dump();
		expect(await import_(lines)).toMatchObject({ isNew: false, periods: 0, there: 4 });
		expect(await dump()).toEqual(once);
		await db.prepare("DELETE FROM cell WHERE period >= ?1").bind(days[2]).run();
		await db.prepare("DELETE FROM closing WHERE period >= ?1").bind(days[2]).run();
		expect(await import_(lines)).toMatchObject({ periods: 2, there: 2 });
		const { month: _, ...again } = (await dump()) as Record<string, unknown>;
		const { month: __, ...first } = once as Record<string, unknown>;
		expect(again).toEqual(first);
	});

	test("holds no key unless asked, and then its hash only", async () => {
		const plain = (await export_()).join("\n");
		const withKeys = await export_({ keys: true });
		expect(plain).not.toContain("access_key");
		expect(withKeys.join("\n")).not.toContain(key);
		const old = key;
		await emptyPlace();
		await db.prepare("DELETE FROM access_key").run();
		expect(await import_(withKeys)).toMatchObject({ keys: 1 });
		expect(await keyHolder(db, old)).toMatchObject({ site: "shop", role: "owner" });
	});

	test("leaves other sites out", async () => {
		await openSite({ ...settings, id: "other", name: "Somebody else" });
		await issueKey(db, { site: "other", role: "owner", name: "x" });
		expect((await export_({ keys: true })).join("\n")).not.toMatch(/other"|Somebody/);
	});

	test("keeps a site's closed books in its own database, or in the first where there is only one", async () => {
		const second = testEnv.DB_1 as D1Database;
		await db.prepare("UPDATE site SET shard = 1").run();
		await db.prepare("UPDATE cell SET site = 'gone'").run();
		await db.prepare("UPDATE closing SET site = 'gone'").run();
		forgetSite("shop");
		await second.batch([
			second.prepare("INSERT INTO closing VALUES ('shop', ?1, ?1, 5, 0, 0)").bind(days[0]),
			second.prepare("INSERT INTO cell VALUES ('shop', 'site', ?1, '', 9, '0.9')").bind(days[0]),
		]);
		const lines = await collect(backUp([db, second], "shop", { keys: false, now }));
		await emptyPlace();
		const run = (databases: Databases) =>
			restore(databases, async function* () {
				yield* lines;
			});
		expect(await run([db, second])).toMatchObject({ periods: 1 });
		expect(await second.prepare("SELECT devices FROM cell WHERE site = 'shop'").first("devices")).toBe(9);
		await emptyPlace();
		expect(await run([db])).toMatchObject({ periods: 1 });
		expect(await db.prepare("SELECT shard, devices FROM site, cell").first()).toEqual({ shard: 0, devices: 9 });
	});

	test("says that a period is imported from another tool", async () => {
		await db.prepare("INSERT INTO imported VALUES ('shop', ?1, 'matomo')").bind(days[0]).run();
		const lines = await export_();
		await emptyPlace();
		await import_(lines);
		expect((await db.prepare("SELECT period, source FROM imported").all()).results).toEqual([
			{ period: days[0], source: "matomo" },
		]);
	});
});

describe("a backup in a place where the site is", { timeout: 60_000 }, () => {
	beforeEach(closeDays, 60_000);

	test("never touches a period that is there, nor the settings", async () => {
		const lines = await export_();
		await db.prepare("UPDATE cell SET devices = devices + 1 WHERE period = ?1").bind(days[1]).run();
		await createSite(db, { ...settings, name: "Renamed" });
		const before = await dump();
		expect(await import_(lines)).toMatchObject({ isNew: false, periods: 0, there: 4 });
		expect(await dump()).toEqual(before);
	});

	test("leaves out what lies within a period that took in others", async () => {
		const lines = await export_();
		await db.prepare("DELETE FROM closing").run();
		await db.prepare("DELETE FROM cell").run();
		await db.prepare("INSERT INTO closing VALUES ('shop', ?1, ?2, 5, 0, 0)").bind(days.at(-1), days.at(-2)).run();
		await db.prepare("UPDATE closing SET covers_from = ?1, period = ?2").bind(days[1], days[2]).run();
		expect(await import_(lines)).toMatchObject({ periods: 2, there: 2 });
	});

	test("does not bring back what visitors have erased since: the period with more erasures stays", async () => {
		const old = await export_();
		const period = days[0];
		await db.prepare("UPDATE cell SET devices = devices - 1 WHERE period = ?1 AND tree = 'site'").bind(period).run();
		await db.prepare("INSERT INTO erasure VALUES ('shop', ?1, 0, 'a', 1)").bind(period).run();
		const [erased, afterwards] = [await export_(), await dump()];
		expect(await import_(old)).toMatchObject({ there: 4, replaced: 0 });
		expect(await dump()).toEqual(afterwards);
		// As Time Travel leaves it: the erasure undone.
		await db.prepare("UPDATE cell SET devices = devices + 1 WHERE period = ?1 AND tree = 'site'").bind(period).run();
		await db.prepare("DELETE FROM erasure").run();
		expect(await import_(erased)).toMatchObject({ periods: 0, there: 3, replaced: 1 });
		const { month: _, ...again } = (await dump()) as Record<string, unknown>;
		expect(afterwards).toMatchObject(again);
		expect(await import_(erased)).toMatchObject({ there: 4, replaced: 0 });
	});

	test("is refused where periods are cut differently", async () => {
		const lines = await export_();
		await db.prepare("UPDATE site SET time_zone = 'Asia/Kolkata'").run();
		await expect(import_(lines)).rejects.toThrow("another time zone");
		await db.prepare("UPDATE site SET time_zone = 'Europe/Oslo', grain = 'week'").run();
		await expect(import_(lines)).rejects.toThrow("another grain");
	});
});

describe("a file that is not what it should be", { timeout: 60_000 }, () => {
	/** A good one; what is done to it needs no other each time. */
	let good: string[] = [];
	beforeEach(async () => {
		if (good.length > 0) return;
		await closeDays();
		good = await export_();
	}, 60_000);

	/** The lines with an end that fits them. */
	async function sealed(lines: string[]): Promise<string[]> {
		let sum = "";
		for (const line of lines) sum = await nextSum(sum, line);
		return [...lines, JSON.stringify({ end: true, lines: lines.length, sum })];
	}

	test.each<[string, (lines: string[]) => string[] | Promise<string[]>, string]>([
		["cut off", (lines) => lines.slice(0, -5), "cut off"],
		["without its last line", (lines) => lines.slice(0, -1), "cut off"],
		["with a changed figure", (lines) => lines.map((line) => line.replace('"desktop"', '"desktip"')), "checksum"],
		["with two lines swapped", (lines) => lines.toSpliced(5, 2, lines[6] ?? "", lines[5] ?? ""), "checksum"],
		["with something at its end", (lines) => [...lines, lines[1] ?? ""], "after the end"],
		["of another kind", () => ['{"a":1}'], "not a backup"],
		["of text", () => ["site,period"], "not JSON"],
		["that is empty", () => [], "cut off"],
		[
			"of a later version",
			(lines) => sealed([(lines[0] ?? "").replace('"version":1', '"version":2')]),
			"later version",
		],
		[
			"with a table of a later version",
			(lines) => sealed([lines[0] ?? "", '{"table":"moods","columns":[],"rows":[]}']),
			"does not have",
		],
		[
			"with a column of a later version",
			(lines) => sealed([lines[0] ?? "", '{"table":"site","columns":["id","mood"],"rows":[["shop","good"]]}']),
			"more columns",
		],
		[
			"with SQL for a name",
			(lines) => sealed([lines[0] ?? "", `{"table":"site","columns":["id) SELECT 1; --"],"rows":[["shop"]]}`]),
			"more columns",
		],
		[
			"with another site's rows",
			(lines) => sealed(lines.slice(0, -1).map((line) => line.replaceAll('["shop","device"', '["other","device"'))),
			"does not fit",
		],
	])("%s is refused before anything is written", async (_, change, words) => {
		await emptyPlace();
		const before = await dump();
		await expect((async () => import_(await change(good)))()).rejects.toThrow(words);
		expect(await dump()).toEqual(before);
	});
});

test("an export during which something is closed says so", async () => {
	await closeDays();
	const lines = backUp(databases, "shop", { keys: false, now });
	const reading = (async () => {
		for await (const line of lines)
			if (line.includes('"closing"')) await db.prepare("UPDATE month SET changes = changes + 1").run();
	})();
	await expect(reading).rejects.toThrow("export again");
});

test("a site that is not there is refused", async () => {
	await expect(linesOf("nobody")).rejects.toThrow('no site "nobody"');
});

test("every table is part of a backup or left out for a reason", () => {
	const all = Object.values(tables).map((table) => getTableConfig(table).name);
	expect([...wholeTables, ...periodTables, ...leftOut].sort()).toEqual(all.sort());
});
