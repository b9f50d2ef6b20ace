import { createScheduledController, evictDurableObject, runInDurableObject } from "cloudflare:test";
import { beforeEach, describe, expect, test } from "vitest";
import { maxPages, maxRoutes, viewSilentMs } from "../../schema/limits.ts";
import { addDays } from "../../schema/period.ts";
import type { Report } from "../../schema/report.ts";
import { bookTrees, otherName, treeNames } from "../../schema/tree-rules.ts";
import { bookOf } from "../../worker/book/books.ts";
import { Cells } from "../../worker/book/cells.ts";
import { fold } from "../../worker/book/fold.ts";
import { recall } from "../../worker/book/memory.ts";
import { BookStorage } from "../../worker/book/storage.ts";
import { eraseSealed } from "../../worker/closing/erase-sealed.ts";
import worker from "../../worker/index.ts";
import { makeEntries } from "../../worker/ingest/entries.ts";
import { parseReport } from "../../worker/ingest/parse.ts";
import { decode, read } from "../../worker/query/tally.ts";
import { forgetSite } from "../../worker/sites/sites.ts";
import type { Summary } from "../../worker/stats/answers.ts";
import { startFresh } from "./migrations.ts";
import { seeded } from "./parts.ts";
import { toldCells, wholeTrees } from "./shown.ts";
import {
	call,
	closePeriod,
	figures,
	makeReport,
	makeView,
	makeVisit,
	publishNext,
	send,
	shop,
	testEnv,
	today,
	yesterday,
} from "./support.ts";

let key = "";
let policy = "";
const book = () => bookOf(testEnv, "shop");
const later = () => Date.now() + viewSilentMs + 60_000;

beforeEach(async () => {
	({ key, policy } = await startFresh());
	forgetSite("shop");
});

function ask(body: unknown, headers: Record<string, string> = {}): Promise<Response> {
	return call("/v1/erasures", {
		method: "POST",
		headers: { Origin: shop, "Content-Type": "text/plain", ...headers },
		body: typeof body === "string" ? body : JSON.stringify(body),
	});
}
const erase = (report: Report | undefined, headers = {}) => ask({ view: report?.view, report }, headers);
const answerOf = async (response: Response) => {
	const { type, status, seq } = (await response.json()) as { type: string; status: number; seq?: number };
	return [status, type.replace("urn:sporlos:problem:", ""), ...(seq === undefined ? [] : [seq])];
};
const viewsOn = async (date: string) => (await figures<Summary>(key, "summary", `?from=${date}&to=${date}`)).views;
const viewsNow = () => viewsOn(today());
const runScheduled = (scheduledTime = Date.now()) =>
	worker.scheduled(
		createScheduledController({ scheduledTime: new Date(scheduledTime), cron: "*/10 * * * *" }),
		testEnv,
	);
interface Row {
	tree: string;
	key: string;
	devices: number;
	tally: string;
}
const monthsChanged = async () =>
	(await testEnv.DB.prepare("SELECT sum(changes) AS n FROM month").first<{ n: number }>())?.n;
const cellsInD1 = async () =>
	(await testEnv.DB.prepare("SELECT tree, key, devices, tally FROM cell ORDER BY tree, key").all<Row>()).results;
const inD1 = async (tree: string, measure: "views" | "requests" | "clicks", name = "") => {
	const row = (await cellsInD1()).find((cell) => cell.tree === tree && cell.key === name);
	return row && read(decode(row.tally), measure);
};
/** Past the route, which takes few at once and nothing that is long ago. */
async function accept(reports: Report[]): Promise<void> {
	const parsed = reports.map(parseReport);
	await book().accept(await makeEntries(parsed.flatMap((result) => (result.ok ? [result.value] : []))));
}

describe("a request to erase", () => {
	test("takes the view out at once, and its page may read the answer", async () => {
		const [first, ...rest] = makeVisit(policy, ["/", "/priser"]);
		await send([first, ...rest]);
		const answer = await erase(first);
		expect(answer.status).toBe(204);
		expect(answer.headers.get("Access-Control-Allow-Origin")).toBe(shop);
		expect(await viewsNow()).toBe(1);
	});

	test("is answered 404 the second time, and for a view that never came", async () => {
		const report = makeReport(policy);
		await send(report);
		expect((await erase(report)).status).toBe(204);
		expect(await answerOf(await erase(report))).toEqual([404, "nothing-to-erase"]);
		expect(await answerOf(await erase(makeReport(policy)))).toEqual([404, "nothing-to-erase"]);
		expect(await viewsNow()).toBe(0);
	});

	test("with another report of the view is answered 409 and names the seq that was counted", async () => {
		const view = makeView();
		const [first, second] = [makeReport(policy, { view }), makeReport(policy, { view, seq: 4, how: "outbound" })];
		await send(first);
		await send(second);
		expect(await answerOf(await erase(first))).toEqual([409, "not-counted", 4]);
		expect(await answerOf(await erase({ ...second, hour: 13 }))).toEqual([409, "not-counted", 4]);
		expect(await viewsNow()).toBe(1);
		expect((await erase(second)).status).toBe(204);
	});

	test("cannot take out somebody else's view", async () => {
		const [mine, theirs] = [makeReport(policy), makeReport(policy)];
		await send([mine, theirs]);
		expect(await answerOf(await ask({ view: theirs.view, report: mine }))).toEqual([409, "not-counted", 1]);
		expect(await answerOf(await erase({ ...mine, view: makeView() }))).toEqual([404, "nothing-to-erase"]);
		expect(await answerOf(await erase({ ...mine, view: theirs.view, hour: 3 }))).toEqual([409, "not-counted", 1]);
		expect(await viewsNow()).toBe(2);
	});

	test("leaves a tombstone: a late copy and a higher seq are answered 204 and count as late", async () => {
		const report = makeReport(policy);
		await send(report);
		await erase(report);
		expect((await send(report)).status).toBe(204);
		await evictDurableObject(book());
		expect((await send({ ...report, seq: 7 })).status).toBe(204);
		expect(await viewsNow()).toBe(0);
		expect(await book().status()).toMatchObject({ late: 2, reports: 0, receipts: 1, pending: 0 });
		const stored = await runInDurableObject(book(), (_, { storage: { sql } }) => sql.exec("SELECT * FROM inbox").one());
		expect(stored).toMatchObject({ content: "", body: null });
	});

	test("takes a folded view out of the stored cells, for good", async () => {
		const visit = makeVisit(policy, ["/", "/priser"], { parts: 5 });
		await send(visit);
		await send(makeReport(policy));
		await book().foldOver(later());
		for (const report of visit) expect((await erase(report)).status).toBe(204);
		expect(await viewsNow()).toBe(1);
		await evictDurableObject(book());
		expect(await viewsNow()).toBe(1);
	});

	test("is taken after withdrawal, after a new notice, and from a browser that asks not to be measured", async () => {
		const reports = [makeReport(policy), makeReport(policy)];
		await send(reports);
		await publishNext({ contact: "ny@example.no" });
		expect((await send(makeReport(policy))).status).toBe(409);
		expect((await erase(reports[0])).status).toBe(204);
		expect((await erase(reports[1], { "Sec-GPC": "1", Origin: "null" })).status).toBe(204);
		expect(await viewsNow()).toBe(0);
	});

	test("finds a report whose goal the site had then and has no more", async () => {
		const measured = async (goals: object[]) => {
			const answer = await call("/v1/sites/shop/settings", {
				method: "PUT",
				headers: { Authorization: `Bearer ${key}` },
				body: JSON.stringify({ goals }),
			});
			expect(answer.status).toBeLessThan(300);
		};
		const reach = (): Report => {
			const report = makeReport(policy);
			return { ...report, visit: { ...(report.visit as NonNullable<Report["visit"]>), goals: ["bestilt"] } };
		};
		const [known, unknown] = [reach(), reach()];
		await send(unknown);
		await measured([{ name: "bestilt", kind: "page", match: "/takk" }]);
		await send(known);
		expect((await erase(known)).status).toBe(204);
		await measured([]);
		expect((await erase(unknown)).status).toBe(204);
		expect(await viewsNow()).toBe(0);
	});

	const refusals: [string, number, (report: Report) => Promise<Response>][] = [
		["no JSON", 400, () => ask("{")],
		["an array", 400, (report) => ask([{ view: report.view, report }])],
		["no report", 400, (report) => ask({ view: report.view })],
		["another field", 400, (report) => ask({ view: report.view, report, ip: "192.0.2.1" })],
		["a view that is none", 422, (report) => ask({ view: "short", report })],
		["a number outside its range", 422, (report) => erase({ ...report, hour: 168 })],
		["an unknown site", 422, (report) => erase({ ...report, site: "nobody" })],
		["a foreign origin", 403, (report) => erase(report, { Origin: "https://elsewhere.example" })],
		["a body over 64 KiB", 413, () => ask("x".repeat(65 * 1024))],
	];
	test.each(refusals)("%s is refused with %i and erases nothing", async (_, status, request) => {
		const report = makeReport(policy);
		await send(report);
		const answer = await request(report);
		expect([answer.status, answer.headers.get("Content-Type")]).toEqual([status, "application/problem+json"]);
		expect(await viewsNow()).toBe(1);
	});
});

/** So many visits of different browsers, with parts of every kind. */
function randomVisits(n: number, period: string): Report[][] {
	const random = seeded(4711);
	const pages = ["/", "/", "/priser", "/bestill", "/blogg", "/om-oss", "/sjelden"];
	const pick = <T>(list: readonly T[]) => list[Math.floor(random() * list.length)] as T;
	return Array.from({ length: n }, (_, i) =>
		makeVisit(
			policy,
			Array.from({ length: 1 + Math.floor(random() * 4) }, () => pick(pages)),
			{
				period,
				parts: 7 * i,
				gap: 1 + Math.floor(random() * 31),
				device: pick(["desktop", "mobile", "mobile", "tablet"] as const),
				channel: pick(["direct", "search", "social"] as const),
				how: pick(["closed", "typed", "outbound", "away"] as const),
			},
		),
	);
}

const acceptAll = async (visits: Report[][]) => {
	for (let i = 0; i < visits.length; i += 100) await accept(visits.slice(i, i + 100).flat());
};

describe("erasing one of 1,000 random visits", () => {
	test("leaves an open period's cells equal to those in which it never happened", { timeout: 60_000 }, async () => {
		const visits = randomVisits(1000, today());
		await acceptAll(visits.slice(0, 600));
		await book().foldOver(later());
		await acceptAll(visits.slice(600));
		const stored = () =>
			runInDurableObject(book(), (_, { storage }) =>
				recall(new BookStorage(storage.sql)).live.rows(today(), bookTrees).map(String).sort(),
			);
		const shown = async () => {
			const cells = toldCells(await book().read(wholeTrees, today(), today()));
			return cells.map(({ tree, key, tally }) => String([tree, key, tally])).sort();
		};
		const left = new Set(visits);
		for (const number of [3, 599, 600, 777]) {
			const visit = visits[number] ?? [];
			for (const report of visit) expect((await erase(report)).status).toBe(204);
			left.delete(visit);
			const never = new Cells();
			for (const report of [...left].flat()) never.add(today(), fold(report));
			expect(await stored()).toEqual(never.rows(today(), bookTrees).map(String).sort());
			expect(await shown()).toEqual(
				never
					.rows(today(), treeNames)
					.map(([tree, key, , tally]) => String([tree, key, tally]))
					.sort(),
			);
		}
	});

	test("takes exactly that from a sealed period, with the next scheduled work", { timeout: 60_000 }, async () => {
		const visits = randomVisits(1000, yesterday());
		await acceptAll(visits);
		await closePeriod(key, yesterday());
		const before = await figures<Summary>(key, "summary", `?from=${yesterday()}&to=${yesterday()}`);
		const visit = visits.find(({ length }) => length === 3) ?? [];
		await runScheduled(); // months are as the present rules want them
		const changes = await monthsChanged();
		for (const report of visit) expect((await erase(report)).status).toBe(204);
		for (const report of visit) expect((await erase(report)).status).toBe(404);
		expect(await viewsOn(yesterday())).toBe(before.views);
		expect((await book().status()).erasing).toBe(3);
		await runScheduled();
		expect(await monthsChanged()).toBe(Number(changes) + 1);
		const after = await figures<Summary>(key, "summary", `?from=${yesterday()}&to=${yesterday()}`);
		expect(after).toMatchObject({
			views: before.views - 3,
			visits: before.visits - 1,
			visitors: before.visitors - 1,
			bounces: before.bounces,
		});
		expect((await book().status()).erasing).toBe(0);
		const cells = await cellsInD1();
		await runScheduled();
		expect(await cellsInD1()).toEqual(cells);
	});
});

describe("erasing from a period that is closed or closing", () => {
	const fill = async (period = yesterday(), visits = 20) => {
		const list = Array.from({ length: visits }, (_, i) =>
			makeVisit(policy, i % 2 ? ["/"] : ["/", "/priser"], { period, gap: 31 }),
		);
		await accept(list.flat());
		return list;
	};
	const breakD1 = (table: string) =>
		testEnv.DB.prepare(`CREATE TRIGGER broken BEFORE INSERT ON ${table} BEGIN SELECT RAISE(ABORT, 'no'); END`).run();
	const mendD1 = () => testEnv.DB.prepare("DROP TRIGGER broken").run();

	test("waits while D1 fails, and then happens once", async () => {
		const [[report] = []] = await fill();
		await closePeriod(key, yesterday());
		expect((await erase(report)).status).toBe(204);
		await breakD1("erasure");
		await runScheduled();
		expect(await viewsOn(yesterday())).toBe(30);
		await mendD1();
		await evictDurableObject(book());
		await runScheduled();
		await runScheduled();
		expect(await viewsOn(yesterday())).toBe(29);
	});

	test("happens once although the answer of D1 was lost, and what came since happens too", async () => {
		const [[first] = [], [second] = []] = await fill();
		await closePeriod(key, yesterday());
		await erase(first);
		// What the book cannot do after D1 has taken the batch: forget what waited.
		await runInDurableObject(book(), (_, { storage: { sql } }) =>
			sql.exec("CREATE TRIGGER broken BEFORE DELETE ON erasure BEGIN SELECT RAISE(ABORT, 'disk full'); END"),
		);
		await runScheduled();
		expect(await viewsOn(yesterday())).toBe(29);
		await erase(second);
		await runInDurableObject(book(), (_, { storage: { sql } }) => sql.exec("DROP TRIGGER broken"));
		await evictDurableObject(book());
		await runScheduled();
		expect(await viewsOn(yesterday())).toBe(28);
		expect((await book().status()).erasing).toBe(0);
	});

	test("while the closing is under way it waits for the closing to end", async () => {
		const [[report] = []] = await fill();
		await breakD1("cell");
		expect((await closePeriod(key, yesterday())).status).toBe(500);
		expect((await erase(report)).status).toBe(204);
		await runScheduled();
		expect(await viewsOn(yesterday())).toBe(30);
		await mendD1();
		await closePeriod(key, yesterday());
		expect(await viewsOn(yesterday())).toBe(30);
		await runScheduled();
		expect(await viewsOn(yesterday())).toBe(29);
	});

	test("a period that waits for more devices gives up a view at once", async () => {
		const [[report] = []] = await fill(yesterday(), 3);
		expect(await book().close({ site: "shop", period: yesterday(), k: 5, books: 1, shard: 0 })).toBe("joining");
		expect(await viewsOn(yesterday())).toBe(5);
		await erase(report);
		await evictDurableObject(book());
		expect(await viewsOn(yesterday())).toBe(4);
	});

	test("a view of a period that was sealed with a later one is taken from that one", async () => {
		const before = addDays(yesterday(), -1);
		const [[report] = []] = await fill(before, 3);
		await closePeriod(key, before);
		await fill();
		await closePeriod(key, yesterday());
		expect(await inD1("site", "views")).toBe(35);
		expect((await erase(report)).status).toBe(204);
		await runScheduled();
		expect(await inD1("site", "views")).toBe(34);
	});

	test("a name that had no place in the book is taken from (other), as it was counted", {
		timeout: 30_000,
	}, async () => {
		const routes = (names: string[]) => {
			const report = makeReport(policy, { period: yesterday() });
			const named = names.map((name): [string, number, number, number] => [name, 80, 2, 0]);
			return { ...report, speed: { routes: named }, first: [...report.first, ...names.map((name) => `route:${name}`)] };
		};
		const letters = [..."abcdefghijklmnopqrstuvwxyzæøå"];
		const names = letters.flatMap((letter) => [`/api/${letter}`, `/api/x${letter}`]).slice(0, maxRoutes);
		for (let i = 0; i < 6; i++) await accept([routes(names.slice(0, 15)), routes(names.slice(15))]);
		const [one, two] = [routes([names[0] as string, "/api/ny"]), routes(["/api/ny", "/api/nyere"])];
		await accept([one, two]);
		for (let i = 0; i < 6; i++) await accept([routes(["/api/enda-en"])]);
		await closePeriod(key, yesterday());
		// Marks of names without a place count no device, so the remainder goes, and what had a place is exact.
		expect(await inD1("route", "requests", names[0])).toBe(14);
		for (const report of [one, two]) expect((await erase(report)).status).toBe(204);
		await runScheduled();
		expect(await inD1("route", "requests", names[0])).toBe(12);
		expect(await inD1("site", "requests")).toBe(2 * (6 * maxRoutes + 6));
	});

	test("a page without a place is taken from (other)", { timeout: 30_000 }, async () => {
		await runInDurableObject(book(), (_, state) => {
			state.storage.sql.exec(
				`WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < ${maxPages - 1})
				 INSERT INTO name SELECT ?, 'page', '/p' || i FROM n`,
				yesterday(),
			);
		});
		await evictDurableObject(book());
		const visits = await fill(); // takes the last place for "/"
		await closePeriod(key, yesterday());
		expect([await inD1("page", "views", "/"), await inD1("page", "views", otherName)]).toEqual([20, 10]);
		const [entry, next] = visits.find(({ length }) => length === 2) ?? [];
		for (const report of [entry, next]) expect((await erase(report)).status).toBe(204);
		await runScheduled();
		expect([await inD1("page", "views", "/"), await inD1("page", "views", otherName)]).toEqual([19, 9]);
	});

	test("a period that falls below k in all keeps no cell, and is closed still", async () => {
		const [[report] = []] = await fill(yesterday(), 5);
		await closePeriod(key, yesterday());
		expect(await cellsInD1()).not.toEqual([]);
		await erase(report);
		await runScheduled();
		expect(await cellsInD1()).toEqual([]);
		expect((await closePeriod(key, yesterday())).status).toBe(409);
	});

	test("two that start from the same cells do not undo each other", async () => {
		const visits = await fill();
		await closePeriod(key, yesterday());
		const take = (batch: number) => {
			const less = new Cells();
			for (const report of visits[batch] ?? []) less.add("", fold(report));
			const plan = { site: "shop", period: yesterday(), batch: `batch ${batch}` };
			return eraseSealed(testEnv.DB, plan, less.periods.get("") ?? new Map(), Date.now());
		};
		const results = await Promise.allSettled([1, 3, 5].map(take));
		const done = results.filter(({ status }) => status === "fulfilled").length;
		expect(await viewsOn(yesterday())).toBe(30 - done);
		for (const batch of [1, 3, 5]) await take(batch);
		expect(await viewsOn(yesterday())).toBe(27);
	});

	test("nothing that waits or is done names the view", async () => {
		const [[report] = []] = await fill();
		await closePeriod(key, yesterday());
		await erase(report);
		const waiting = await runInDurableObject(book(), (_, { storage: { sql } }) =>
			JSON.stringify(
				["inbox", "receipt", "erasure", "joined", "refusal"].map((table) =>
					sql.exec(`SELECT * FROM ${table}`).toArray(),
				),
			),
		);
		await runScheduled();
		const done = JSON.stringify((await testEnv.DB.prepare("SELECT * FROM erasure").all()).results);
		expect(done).toContain(yesterday());
		for (const secret of [report?.view as string, "consent", policy]) {
			expect(waiting).not.toContain(secret);
			expect(done).not.toContain(secret);
		}
	});
});
