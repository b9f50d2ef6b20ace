import { createScheduledController, evictDurableObject, runDurableObjectAlarm } from "cloudflare:test";
import { beforeEach, describe, expect, test } from "vitest";
import { addDays } from "../../schema/period.ts";
import { treeNames } from "../../schema/tree-rules.ts";
import { bookOf } from "../../worker/book/books.ts";
import { keptFrom } from "../../worker/closing/retain.ts";
import worker from "../../worker/index.ts";
import { makeEntries } from "../../worker/ingest/entries.ts";
import { sumByKey } from "../../worker/query/sums.ts";
import { read } from "../../worker/query/tally.ts";
import { siteOf } from "../../worker/sites/sites.ts";
import type { Flows, Pages, Summary } from "../../worker/stats/answers.ts";
import { startFresh } from "./migrations.ts";
import { readTrees } from "./shown.ts";
import { troubledD1 } from "./simulation/faults.ts";
import { closePeriod, figures, makeVisit, send, testEnv, today, yesterday } from "./support.ts";

let key = "";
let policy = "";
const range = () => `?from=${yesterday()}&to=${yesterday()}`;
const cellsInD1 = async () =>
	(await testEnv.DB.prepare("SELECT * FROM cell").all<{ tree: string; key: string; devices: number; tally: string }>())
		.results;

/** Visits of distinct browsers, enough for some pages to be visible and some not. */
async function fillYesterday(visits = 30): Promise<void> {
	const paths = [["/"], ["/", "/priser"], ["/", "/priser", "/bestill"], ["/blogg"], ["/sjelden", "/"]];
	for (let i = 0; i < visits; i++) {
		const path = paths[i % 20 === 19 ? 4 : i % 4] as string[];
		const how = i % 3 === 0 ? "outbound" : "closed";
		expect((await send(makeVisit(policy, path, { period: yesterday(), how, gap: 31 }))).status).toBe(204);
	}
}

beforeEach(async () => {
	({ key, policy } = await startFresh());
});

describe("closing a period", () => {
	test("moves it to D1: totals agree to the unit, the book has it no longer, groups are of k devices or more", async () => {
		await fillYesterday();
		const open = await figures<Summary>(key, "summary", range());
		expect(open).toMatchObject({ provisional: true, visits: 30, visitors: 30 });

		const answer = await closePeriod(key, yesterday());
		expect(answer.status).toBe(200);
		expect(await answer.json()).toMatchObject({ period: yesterday(), state: "sealed" });

		const sealed = await figures<Summary>(key, "summary", range());
		for (const figure of ["views", "visits", "visitors", "bounces"] as const) expect(sealed[figure]).toBe(open[figure]);
		expect(sealed.vitals.lcp).toMatchObject({ good: open.vitals.lcp.good, n: open.vitals.lcp.n });
		expect(sealed.provisional).toBe(false);
		expect((await bookOf(testEnv, "shop").status()).open).toEqual([]);
		const cells = await cellsInD1();
		expect(cells.length).toBeGreaterThan(5);
		for (const { devices } of cells) expect(devices).toBeGreaterThanOrEqual(5);
		expect(cells.some((cell) => cell.key.includes("/sjelden"))).toBe(false);
	});

	test("brings every tree to D1, no group of it below k", async () => {
		for (let i = 0; i < 60; i++) {
			const [entry, ...rest] = makeVisit(policy, ["/", "/bestill"], {
				period: yesterday(),
				parts: 50 * i,
				how: "outbound",
			});
			if (!entry?.visit) throw new Error("a visit has an entry");
			const named = {
				...entry,
				visit: { ...entry.visit, referrer: "kart.example" },
				first: [...entry.first, "channel-referrer"],
			};
			await bookOf(testEnv, "shop").accept(await makeEntries([named, ...rest]));
		}
		expect((await closePeriod(key, yesterday())).status).toBe(200);
		const cells = await cellsInD1();
		expect([...new Set(cells.map(({ tree }) => tree))].sort()).toEqual([...treeNames].sort());
		for (const { devices } of cells) expect(devices).toBeGreaterThanOrEqual(5);
	});

	test("again is 409 and changes nothing", async () => {
		await fillYesterday();
		await closePeriod(key, yesterday());
		const cells = await cellsInD1();
		expect((await closePeriod(key, yesterday())).status).toBe(409);
		expect(await cellsInD1()).toEqual(cells);
	});

	test("ten at once seal it exactly once", async () => {
		await fillYesterday();
		const answers = await Promise.all(Array.from({ length: 10 }, () => closePeriod(key, yesterday())));
		expect(answers.map(({ status }) => status).sort()).toEqual([200, ...Array(9).fill(409)]);
		expect((await figures<Summary>(key, "summary", range())).visits).toBe(30);
	});

	test("refuses a period that has not ended, a wrong label, and a caller without the owner's key", async () => {
		expect((await closePeriod(key, today())).status).toBe(409);
		expect((await closePeriod(key, "2026-W47")).status).toBe(422);
		expect((await closePeriod(key, "'; DROP TABLE cell")).status).toBe(422);
		expect((await closePeriod("not-the-owners-key", yesterday())).status).toBe(401);
	});

	test("what comes afterwards is late: 204, and changes nothing", async () => {
		await fillYesterday();
		await closePeriod(key, yesterday());
		expect((await send(makeVisit(policy, ["/"], { period: yesterday() }))).status).toBe(204);
		expect((await figures<Summary>(key, "summary", range())).visits).toBe(30);
		expect((await bookOf(testEnv, "shop").status()).late).toBe(1);
	});

	test("a crash after D1 took it and before the book dropped it is mended by trying again", async () => {
		await fillYesterday();
		await testEnv.DB.prepare("INSERT INTO closing VALUES ('shop', ?1, ?1, 5, 0, 0)").bind(yesterday()).run();
		expect(await bookOf(testEnv, "shop").close({ site: "shop", period: yesterday(), k: 5, books: 1, shard: 0 })).toBe(
			"sealed",
		);
		expect((await bookOf(testEnv, "shop").status()).open).toEqual([]);
		expect(await cellsInD1()).toEqual([]);
	});

	test("a D1 that fails leaves the period frozen in the book, readable, and the next attempt seals it", async () => {
		await fillYesterday();
		await testEnv.DB.prepare("CREATE TRIGGER broken BEFORE INSERT ON cell BEGIN SELECT RAISE(ABORT, 'no'); END").run();
		expect((await closePeriod(key, yesterday())).status).toBe(500);
		await evictDurableObject(bookOf(testEnv, "shop"));
		expect((await figures<Summary>(key, "summary", range())).visits).toBe(30);
		await testEnv.DB.prepare("DROP TRIGGER broken").run();
		expect((await closePeriod(key, yesterday())).status).toBe(200);
		expect((await figures<Summary>(key, "summary", range())).visits).toBe(30);
	});

	test("a period of too few devices joins the next one, and D1 never holds it alone", async () => {
		const before = addDays(yesterday(), -1);
		const small = Array.from({ length: 3 }, () => makeVisit(policy, ["/"], { period: before, gap: 31 })).flat();
		await bookOf(testEnv, "shop").accept(await makeEntries(small));
		expect(await (await closePeriod(key, before)).json()).toMatchObject({ state: "joining", cells: 0 });
		expect((await closePeriod(key, before)).status).toBe(409);
		await fillYesterday(20);
		expect(await (await closePeriod(key, yesterday())).json()).toMatchObject({ state: "sealed" });
		const { visits } = await figures<Summary>(key, "summary", `?from=${before}&to=${yesterday()}`);
		expect(visits).toBe(23);
		const [row] = (await testEnv.DB.prepare("SELECT covers_from FROM closing").all()).results;
		expect(row).toEqual({ covers_from: before });
	});

	test("a period of too few devices that no later one takes in goes after a month, without a trace", async () => {
		const longAgo = addDays(today(), -40);
		const book = bookOf(testEnv, "shop");
		await book.accept(await makeEntries(makeVisit(policy, ["/"], { period: longAgo })));
		expect(
			await book.close({ site: "shop", period: longAgo, k: 5, books: 1, shard: 0 }, Date.now() - 31 * 86_400_000),
		).toBe("joining");
		expect((await figures<Summary>(key, "summary", `?from=${longAgo}`)).visits).toBe(1);
		await runDurableObjectAlarm(book);
		expect(await book.status()).toMatchObject({ open: [], reports: 0, receipts: 0 });
		expect((await figures<Summary>(key, "summary", `?from=${longAgo}`)).visits).toBe(0);
		expect(await cellsInD1()).toEqual([]);
	});

	test("a reader who asked the book just before a waiting period was taken in counts it once", async () => {
		const before = addDays(yesterday(), -1);
		const small = Array.from({ length: 3 }, () => makeVisit(policy, ["/"], { period: before })).flat();
		await bookOf(testEnv, "shop").accept(await makeEntries(small));
		await closePeriod(key, before);
		await fillYesterday(9);
		let isClosed = false;
		const closingMeanwhile = troubledD1(testEnv.DB, "none", async () => {
			if (!isClosed) await closePeriod(key, yesterday());
			isClosed = true;
		});
		const site = await siteOf(testEnv, "shop");
		const reading = await readTrees(site, ["site"], before, yesterday(), { ...testEnv, DB: closingMeanwhile });
		expect(isClosed).toBe(true);
		expect(read(sumByKey(reading, "site").get("") ?? new Map(), "entries")).toBe(12);
	});

	test("flows of a sealed page still balance: in = out = views", async () => {
		await fillYesterday(60);
		await closePeriod(key, yesterday());
		const { rows } = await figures<Pages>(key, "pages", range());
		expect(rows.length).toBeGreaterThan(3);
		for (const { page, views, exits } of rows) {
			const flows = await figures<Flows>(key, "flows", `${range()}&page=${encodeURIComponent(page)}`);
			const sum = (list: { count: number }[]) => list.reduce((total, { count }) => total + count, 0);
			expect(sum(flows.from)).toBe(views);
			expect(sum(flows.to) + sum(flows.left)).toBe(views);
			expect(sum(flows.left)).toBe(exits);
		}
	});

	test("the scheduled work deletes what is older than the site keeps, and nothing else", async () => {
		const insert = testEnv.DB.prepare("INSERT INTO cell VALUES ('shop', 'page', ?1, '/', 9, '0.9')");
		const mark = testEnv.DB.prepare("INSERT INTO closing VALUES ('shop', ?1, ?1, 5, 0, 0)");
		const first = keptFrom(today(), 25);
		for (const period of [addDays(first, -1), first]) await testEnv.DB.batch([insert.bind(period), mark.bind(period)]);
		await worker.scheduled(createScheduledController({ scheduledTime: new Date(), cron: "*/10 * * * *" }), testEnv);
		for (const table of ["cell", "closing"]) {
			const { results } = await testEnv.DB.prepare(`SELECT period FROM ${table}`).all();
			expect(results).toEqual([{ period: first }]);
		}
	});

	test("the scheduled work closes a period once late reports can no longer come, and not before", async () => {
		await fillYesterday();
		const run = (scheduledTime: number) =>
			worker.scheduled(
				createScheduledController({ scheduledTime: new Date(scheduledTime), cron: "*/10 * * * *" }),
				testEnv,
			);
		await run(Date.now());
		expect((await bookOf(testEnv, "shop").status()).open).toEqual([yesterday()]);
		await run(Date.now() + 50 * 3_600_000);
		expect((await bookOf(testEnv, "shop").status()).open).toEqual([]);
		expect((await figures<Summary>(key, "summary", range())).visits).toBe(30);
	});
});
