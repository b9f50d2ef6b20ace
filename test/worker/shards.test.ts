import { createScheduledController, evictDurableObject, runInDurableObject } from "cloudflare:test";
import { beforeEach, describe, expect, test } from "vitest";
import { lateMs, maxBooks, maxParties } from "../../schema/limits.ts";
import { addDays } from "../../schema/period.ts";
import type { Report } from "../../schema/report.ts";
import { otherName } from "../../schema/tree-rules.ts";
import { issueKey } from "../../worker/access/keys.ts";
import type { Book } from "../../worker/book/book.ts";
import { bookOf, booksOf, statusOf, viewsNow } from "../../worker/book/books.ts";
import { type ClosingPlan, planFor } from "../../worker/closing/close.ts";
import type { Env } from "../../worker/env.ts";
import worker from "../../worker/index.ts";
import { makeEntries } from "../../worker/ingest/entries.ts";
import { createSite } from "../../worker/sites/create.ts";
import { forgetSite, siteOf, siteWithBooks } from "../../worker/sites/sites.ts";
import { readSite } from "../../worker/sites/stored.ts";
import type { Summary } from "../../worker/stats/answers.ts";
import { figureRoutes } from "../../worker/stats/table.ts";
import { startFresh } from "./migrations.ts";
import { seeded } from "./parts.ts";
import { troubledBooks } from "./simulation/faults.ts";
import { call, makeReport, makeVisit, send, settings, testEnv, today, yesterday } from "./support.ts";

const books = 4;
const shards = 2;
const busy = { ...settings, id: "busy", books };
const second = testEnv.DB_1 as D1Database;
const dayBefore = () => addDays(yesterday(), -1);

let policy = "";
/** Keys of the owners, by site. */
let keys: Record<string, string> = {};

/** "shop" has one book and the first database, "busy" four books and the second one. */
beforeEach(async () => {
	const opened = await startFresh();
	({ policy } = opened);
	await createSite(testEnv.DB, busy, Date.now(), shards);
	keys = { shop: opened.key, busy: await issueKey(testEnv.DB, { site: "busy", role: "owner", name: "test" }) };
	for (const id of ["shop", "busy"]) forgetSite(id);
});

const ask = (site: string, path: string, init: RequestInit = {}) =>
	call(`/v1/sites/${site}/${path}`, { ...init, headers: { Authorization: `Bearer ${keys[site]}` } });
const closeIn = (site: string, period: string) =>
	ask(site, "closings", { method: "POST", body: JSON.stringify({ period }) });
const summaryOf = async (site: string, query = "") =>
	(await (await ask(site, `stats/summary${query}`)).json()) as Summary;
const run = (scheduledTime: number) =>
	worker.scheduled(
		createScheduledController({ scheduledTime: new Date(scheduledTime), cron: "*/10 * * * *" }),
		testEnv,
	);

/** The same visit as both sites get it: whatever book it has drawn, "shop" has only one. */
async function take(visit: Report[], book: number): Promise<void> {
	await bookOf(testEnv, "shop").accept(await makeEntries(visit));
	await bookOf(testEnv, "busy", book).accept(await makeEntries(inBook(visit, book)));
}

const inBook = (visit: Report[], book: number): Report[] => visit.map((report) => ({ ...report, site: "busy", book }));

const pages = ["/", "/turer", "/turer/kajakk", "/priser", "/takk"];

/** Browsers with two visits each, which are drawn different books. */
async function fill(period: string, browsers: number, seed: number): Promise<void> {
	const random = seeded(seed);
	for (let i = 0; i < browsers; i++) {
		const seen = new Set<string>();
		for (const visit of [0, 1]) {
			const path = pages.slice(0, 1 + Math.floor(random() * pages.length));
			const how = random() < 0.3 ? "outbound" : "closed";
			const gap = visit === 0 ? { gap: 1 + Math.floor(random() * 31) } : {};
			const device = random() < 0.5 ? "mobile" : "desktop";
			const sketch = { period, how, device, seen, parts: seed + 100 * i + 10 * visit, ...gap } as const;
			await take(makeVisit(policy, path, sketch), Math.floor(random() * books));
		}
	}
}

/** What a site's stats routes answer, all of them, as JSON and as CSV. */
async function everyAnswer(site: string): Promise<Record<string, string>> {
	const range = `from=${addDays(dayBefore(), -1)}&to=${today()}`;
	const answers: Record<string, string> = {};
	for (const [name, takes] of Object.entries(figureRoutes)) {
		const page = `&page=${encodeURIComponent("/turer")}`;
		const more = [
			...(takes.page === "required" ? [] : [""]),
			...(takes.page ? [page] : []),
			...(takes.device ? ["&device=mobile"] : []),
			...(takes.compare ? [`${takes.page === "required" ? page : ""}&compare=previous`] : []),
			...(takes.offset ? ["&limit=2&offset=1"] : []),
		];
		for (const query of more) {
			for (const path of query === more[0] ? [name, `${name}.csv`] : [name]) {
				const answer = await ask(site, `stats/${path}?${range}${query}`);
				expect(answer.status, `${path} ${query}`).toBe(200);
				answers[path + query] = (await answer.text()).replaceAll(site, "…");
			}
		}
	}
	return answers;
}

async function expectTheSame(): Promise<void> {
	expect(await everyAnswer("busy")).toEqual(await everyAnswer("shop"));
}

const tables = ["cell", "closing", "month", "month_cell", "erasure"];
/** What a database holds of a site's closed books, less what differs each time. */
async function closedIn(db: D1Database, site: string): Promise<unknown[]> {
	const found = await db.batch<Record<string, unknown>>(
		tables.map((table) => db.prepare(`SELECT * FROM ${table} WHERE site = ? ORDER BY 1, 2, 3, 4`).bind(site)),
	);
	return found.map(({ results }) => results.map(({ site: _, closed, applied, batch, ...row }) => row));
}

async function expectTheSameInD1(): Promise<void> {
	const [wanted, found] = [await closedIn(testEnv.DB, "shop"), await closedIn(second, "busy")];
	expect((found[0] as unknown[]).length).toBeGreaterThan(20);
	expect(found).toEqual(wanted);
	expect((await closedIn(testEnv.DB, "busy")).flat()).toEqual([]);
	expect((await closedIn(second, "shop")).flat()).toEqual([]);
}

describe("four books and the second database give what one book and the first give", { timeout: 120_000 }, () => {
	test("while periods are open, after they were closed, and after a month was summed", {
		timeout: 60_000,
	}, async () => {
		const longAgo = addDays(today(), -70);
		await fill(longAgo, 9, 1);
		await fill(yesterday(), 40, 2);
		await fill(today(), 12, 3);
		for (let book = 0; book < 3; book++) await take([makeReport(policy, { how: "lost" })], book); // going on
		await expectTheSame();
		expect(await viewsNow(testEnv, await siteOf(testEnv, "busy"))).toBe(3);

		for (const site of ["shop", "busy"]) {
			expect(await (await closeIn(site, yesterday())).json()).toMatchObject({ state: "sealed" });
			expect((await closeIn(site, yesterday())).status).toBe(409);
		}
		await expectTheSame();
		await run(Date.now()); // closes what is long ago, sums its month
		await expectTheSame();
		await expectTheSameInD1();
		expect((await statusOf(testEnv, await siteOf(testEnv, "busy"))).open).toEqual([today()]);
	});

	test("where a period is too small in all books together, and where it is only in each of them", {
		timeout: 60_000,
	}, async () => {
		await fill(dayBefore(), 4, 1);
		for (const site of ["shop", "busy"])
			expect(await (await closeIn(site, dayBefore())).json()).toMatchObject({ state: "joining", cells: 0 });
		await expectTheSame();
		await fill(yesterday(), 8, 2); // about two browsers a book
		for (const site of ["shop", "busy"])
			expect(await (await closeIn(site, yesterday())).json()).toMatchObject({ state: "sealed" });
		await expectTheSame();
		await expectTheSameInD1();
		expect(await second.prepare("SELECT covers_from FROM closing").all()).toMatchObject({
			results: [{ covers_from: dayBefore() }],
		});
	});

	test("after erasures before and after the closing", async () => {
		const visits = Array.from({ length: 24 }, (_, i) =>
			makeVisit(policy, ["/", "/turer"], { period: yesterday(), parts: i, gap: 31 }),
		);
		for (const [i, visit] of visits.entries())
			for (const reports of [visit, inBook(visit, i % books)]) expect((await send(reports)).status).toBe(204);
		const erase = async (i: number) => {
			for (const report of visits[i] ?? []) {
				const { view } = report;
				const post = (body: object) => call("/v1/erasures", { method: "POST", body: JSON.stringify(body) });
				expect((await post({ view, report })).status).toBe(204);
				const erasedIn = async (book: number) => (await post({ view, report: inBook([report], book)[0] })).status;
				expect([await erasedIn(i % books), await erasedIn((i + 1) % books), await erasedIn(books)]).toEqual([
					204, 404, 404,
				]);
			}
		};
		for (const i of [0, 1]) await erase(i);
		await expectTheSame();
		for (const site of ["shop", "busy"]) await closeIn(site, yesterday());
		for (const i of [2, 6, 10]) await erase(i); // of one book, so that they go in one batch on both sides
		await run(Date.now());
		await expectTheSame();
		await expectTheSameInD1();

		for (const i of [3, 5, 8]) await erase(i); // a batch for each book: what a sealed histogram loses may lie one bucket off
		await run(Date.now());
		for (const site of ["shop", "busy"])
			expect(await summaryOf(site, `?from=${yesterday()}`)).toMatchObject({ visits: 16, views: 32, visitors: 16 });
		const batches = (db: D1Database) => db.prepare("SELECT count(*) AS n FROM erasure").first();
		expect([await batches(testEnv.DB), await batches(second)]).toEqual([{ n: 2 }, { n: 4 }]);
	});
});

describe("the books of a site", { timeout: 60_000 }, () => {
	const put = (changes: object) => ask("shop", "settings", { method: "PUT", body: JSON.stringify(changes) });
	const drawnFor = (book: number, reports: Report[]) => reports.map((report) => ({ ...report, book }));
	const agent = { "User-Agent": "Mozilla/5.0 (X11; Linux x86_64; rv:153.0) Gecko/20100101 Firefox/153.0" };
	const statusIn = (book: number) => bookOf(testEnv, "shop", book).status();

	test("are drawn by the collector, can become more, and never fewer", async () => {
		const config = async () => (await call("/v1/sites/shop/config", { headers: agent })).json();
		expect(await config()).toMatchObject({ books: 1 });
		expect((await send(drawnFor(1, [makeReport(policy)]))).status).toBe(422);
		expect(await (await put({ books })).json()).toMatchObject({ books });
		expect(await config()).toMatchObject({ books });
		for (const wrong of [3, 0, 4.5, maxBooks + 1, "5"]) expect((await put({ books: wrong })).status).toBe(422);
		// Whoever writes settings read before it grew does not take books away.
		await createSite(testEnv.DB, settings);
		expect((await readSite(testEnv.DB, "shop"))?.books).toBe(books);
	});

	test("are known to an isolate that has read the site before it got them, so that no report is refused", async () => {
		const now = Date.now();
		const before = await siteOf(testEnv, "shop", now - 10_000);
		await testEnv.DB.prepare("UPDATE site SET books = 4 WHERE id = 'shop'").run();
		expect((await siteOf(testEnv, "shop", now)).books).toBe(1);
		expect((await siteWithBooks(testEnv, before, 4, now)).books).toBe(books);
		// And one that asks for too many does not make it read again and again.
		await testEnv.DB.prepare("UPDATE site SET books = 9 WHERE id = 'shop'").run();
		expect((await siteWithBooks(testEnv, before, 9, now + 500)).books).toBe(1);
		expect((await siteWithBooks(testEnv, before, 9, now + 2_000)).books).toBe(9);
	});

	test("are told apart in one post: the visits of an array are counted each in its own", async () => {
		await put({ books });
		const posted = [3, 0, 3].flatMap((book) => drawnFor(book, makeVisit(policy, ["/", "/priser"])));
		expect((await send(posted)).status).toBe(204);
		expect([(await statusIn(0)).reports, (await statusIn(3)).reports]).toEqual([2, 4]);
		expect((await summaryOf("shop")).visits).toBe(3);
	});

	test("take nothing for a period that was closed before they were there", async () => {
		for (let i = 0; i < 9; i++) await send(makeVisit(policy, ["/"], { period: yesterday() }));
		await closeIn("shop", yesterday());
		const cells = await closedIn(testEnv.DB, "shop");
		await put({ books });
		const stray = drawnFor(3, makeVisit(policy, ["/"], { period: yesterday() }));
		expect((await send(stray)).status).toBe(204);
		expect((await summaryOf("shop", `?from=${yesterday()}`)).visits).toBe(9);
		await run(Date.now() + lateMs + 86_400_000);
		expect(await statusIn(3)).toMatchObject({ open: [], pending: 0, reports: 0, receipts: 0, late: 1 });
		expect((await closedIn(testEnv.DB, "shop"))[0]).toEqual(cells[0]);
		// It was never counted, so there is nothing to take out of what is sealed.
		const body = JSON.stringify({ view: stray[0]?.view, report: stray[0] });
		expect((await call("/v1/erasures", { method: "POST", body })).status).toBe(404);
	});

	test("know which day took in a small one, so that what is erased afterwards is taken out there", async () => {
		const visit = makeVisit(policy, ["/"], { period: dayBefore(), gap: 31 });
		await take(visit, 2);
		await closeIn("busy", dayBefore());
		await fill(yesterday(), 8, 2);
		await closeIn("busy", yesterday());
		const range = `?from=${dayBefore()}&to=${today()}`;
		const { views } = await summaryOf("busy", range);
		const entries = await makeEntries(inBook(visit, 2));
		const erasing = await bookOf(testEnv, "busy", 2).erase(entries[0]?.key ?? "", entries);
		expect(erasing).toEqual({ state: "waiting" });
		await run(Date.now());
		expect((await summaryOf("busy", range)).views).toBe(views - 1);
	});

	test("show a small day still, although a later one has taken in an earlier one", async () => {
		const before = addDays(dayBefore(), -1);
		const small = (period: string) => makeVisit(policy, ["/"], { period });
		for (const book of [1, 2]) await take(small(before), book);
		await closeIn("busy", before);
		for (const book of [0, 2, 3]) await take(small(dayBefore()), book);
		await fill(yesterday(), 8, 2);
		await closeIn("busy", yesterday());
		const range = `?from=${before}&to=${today()}`;
		const { visits } = await summaryOf("busy", range);
		expect(visits).toBe(2 + 3 + 16);
		expect(await (await closeIn("busy", dayBefore())).json()).toMatchObject({ state: "joining" });
		expect((await summaryOf("busy", range)).visits).toBe(visits);
	});

	test("do not begin a closing again that they have ended, should the call arrive late", async () => {
		await fill(yesterday(), 8, 2);
		await closeIn("busy", yesterday());
		const book = bookOf(testEnv, "busy", 2);
		const status = await book.status();
		expect(await book.handOver(yesterday(), [], Date.now())).toEqual([]);
		await book.settle({ period: yesterday(), outcome: "joining", others: [] }, Date.now());
		expect(await book.status()).toEqual({ ...status, open: [] });
	});

	test("take what comes for a small period that waits, and it joins the next one with the rest", async () => {
		// Given to the books themselves: the route knows that it is too late for that day.
		const give = async (book: number) => {
			const visit = drawnFor(book, makeVisit(policy, ["/"], { period: dayBefore() }));
			await bookOf(testEnv, "shop", book).accept(await makeEntries(visit));
		};
		for (let i = 0; i < 3; i++) await give(0);
		expect(await (await closeIn("shop", dayBefore())).json()).toMatchObject({ state: "joining" });
		await put({ books });
		await give(2);
		await run(Date.now() + lateMs); // the day before is due, yesterday is not
		expect((await bookOf(testEnv, "shop", 2).openPeriods()).map(({ state }) => state)).toEqual(["joining"]);
		for (let i = 0; i < 9; i++) await send(drawnFor(i % books, makeVisit(policy, ["/"], { period: yesterday() })));
		expect(await (await closeIn("shop", yesterday())).json()).toMatchObject({ state: "sealed" });
		expect((await summaryOf("shop", `?from=${dayBefore()}&to=${yesterday()}`)).visits).toBe(3 + 1 + 9);
	});

	test("have room for names each: one book full, a name counts as other there and by itself elsewhere", async () => {
		const asks = (host: string): Report => {
			const report = makeReport(policy, { period: yesterday() });
			return {
				...report,
				first: [...report.first, `third-party:${host}`],
				speed: { ...report.speed, parties: [[host, 50, 1, 0]] },
			};
		};
		const hosts = Array.from({ length: maxParties }, (_, i) => `h${i}.example`);
		for (const host of hosts) await take([asks(host)], 0);
		for (let i = 0; i < 12; i++) await take([asks("late.example")], i % 2);
		const requestsOf = async (site: string) => {
			const answer = await ask(site, `stats/resources?from=${yesterday()}`);
			const { rows } = (await answer.json()) as { rows: { name: string; requests: number }[] };
			return new Map(rows.map(({ name, requests }) => [name, requests]));
		};
		const total = (found: Map<string, number>) => [...found.values()].reduce((sum, n) => sum + n, 0);
		const one = await requestsOf("shop");
		const four = await requestsOf("busy");
		expect([one.get("late.example"), one.get(otherName)]).toEqual([undefined, 12]);
		expect([four.get("late.example"), four.get(otherName)]).toEqual([6, 6]);
		expect([total(one), total(four)]).toEqual([maxParties + 12, maxParties + 12]);
	});
});

describe("the databases", { timeout: 60_000 }, () => {
	test("get a new site where the fewest are, and a site stays where it is", async () => {
		const shardsNow = async () =>
			(await testEnv.DB.prepare("SELECT id, shard FROM site ORDER BY id").all<{ id: string; shard: number }>()).results;
		for (const id of ["third", "fourth"]) await createSite(testEnv.DB, { ...settings, id }, Date.now(), shards);
		await createSite(testEnv.DB, { ...busy, name: "Busier" });
		expect(await shardsNow()).toEqual([
			{ id: "busy", shard: 1 },
			{ id: "fourth", shard: 1 },
			{ id: "shop", shard: 0 },
			{ id: "third", shard: 0 },
		]);
	});

	test("that are not bound any more stop their sites' closings, and nothing is written elsewhere", async () => {
		await testEnv.DB.prepare("UPDATE site SET shard = 5 WHERE id = 'shop'").run();
		forgetSite("shop");
		await fill(yesterday(), 8, 1);
		await run(Date.now() + lateMs + 86_400_000);
		expect((await closedIn(testEnv.DB, "shop")).flat()).toEqual([]);
		expect((await statusOf(testEnv, await siteOf(testEnv, "shop"))).open).toEqual([yesterday()]);
		expect((await closedIn(second, "busy"))[0]).not.toEqual([]); // the other sites go on
	});
});

describe("a closing over several books that is interrupted", { timeout: 60_000 }, () => {
	/** Closes in the first book with connections that fail at one of the calls to the others. */
	async function failToClose(plan: ClosingPlan, trouble: Parameters<typeof troubledBooks>[1]): Promise<void> {
		await runInDurableObject(bookOf(testEnv, "busy"), async (book: Book) => {
			const open = book as unknown as { env: Env };
			const { env } = open;
			open.env = { ...env, BOOK: troubledBooks(env.BOOK, trouble) };
			await expect(book.close(plan)).rejects.toThrow("book");
			open.env = env;
		});
	}

	/** Every book starts again from what it has stored. */
	async function crash(): Promise<void> {
		for (const book of booksOf(testEnv, busy)) await evictDurableObject(book);
	}

	const viewsIn = async (site: string) => (await summaryOf(site, `?from=${dayBefore()}&to=${today()}`)).views;
	const nextNight = () => run(Date.now() + lateMs + 86_400_000);

	/** A day that joins the one after it, and that one ready to be closed. */
	async function prepare(): Promise<ClosingPlan> {
		await fill(dayBefore(), 4, 1);
		for (const site of ["shop", "busy"]) await closeIn(site, dayBefore());
		await fill(yesterday(), 8, 2);
		return planFor(await siteOf(testEnv, "busy"), yesterday());
	}

	const others = books - 1;
	const calls = Array.from({ length: 2 * others }, (_, at) => at); // each hands over, then each is told the end
	test.each(calls.flatMap((at) => [[at, "unreachable"] as const, [at, "answer lost"] as const]))(
		"at call %i (%s), and again, is read once at any time and ends as if nothing had happened",
		async (at, how) => {
			const plan = await prepare();
			const views = await viewsIn("shop");
			for (const call of [at, at % others]) {
				await failToClose(plan, { at: call, how });
				await crash();
				expect(await viewsIn("busy")).toBe(views);
			}
			await nextNight();
			await closeIn("shop", yesterday());
			for (const book of booksOf(testEnv, busy)) expect((await book.status()).open).toEqual([]);
			await expectTheSameInD1();
			expect(await viewsIn("busy")).toBe(views);
		},
	);

	test("takes what comes meanwhile where it has not been yet, and nothing where it has", async () => {
		const plan = await prepare();
		const views = await viewsIn("busy");
		await failToClose(plan, { at: 1, how: "unreachable" });
		const visit = () => makeVisit(policy, ["/"], { period: yesterday() });
		const accepted = await Promise.all(
			booksOf(testEnv, busy).map(async (book, number) => book.accept(await makeEntries(inBook(visit(), number)))),
		);
		expect(accepted.map(({ late }) => late)).toEqual([1, 1, 0, 0]);
		expect(await viewsIn("busy")).toBe(views + 2);
		await nextNight();
		expect(await viewsIn("busy")).toBe(views + 2);
	});

	test("lets erasures wait in the books it has reached, and loses none", async () => {
		const visits = Array.from({ length: books }, (_, number) =>
			inBook(makeVisit(policy, ["/"], { period: yesterday(), gap: 31 }), number),
		);
		for (const [number, visit] of visits.entries())
			await bookOf(testEnv, "busy", number).accept(await makeEntries(visit));
		const plan = await prepare();
		const views = await viewsIn("busy");
		await failToClose(plan, { at: 2, how: "unreachable" });
		const erased = await Promise.all(
			visits.map(async (visit, number) => {
				const entries = await makeEntries(visit);
				return bookOf(testEnv, "busy", number).erase(entries[0]?.key ?? "", entries);
			}),
		);
		expect(erased.map(({ state }) => state)).toEqual(["waiting", "waiting", "waiting", "erased"]);
		await crash();
		await nextNight();
		expect(await viewsIn("busy")).toBe(views - books);
		expect((await statusOf(testEnv, busy)).erasing).toBe(0);
	});
});
