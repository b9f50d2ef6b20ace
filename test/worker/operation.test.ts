/** What an operator sees: the health route, alerts of scheduled work, refused requests, and the page that shows them. */
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { lateMs } from "../../schema/limits.ts";
import { addDays, boundsOf, dayOf } from "../../schema/period.ts";
import { issueSignIn } from "../../worker/access/sign-in.ts";
import { bookOf } from "../../worker/book/books.ts";
import { doDueWork } from "../../worker/closing/nightly.ts";
import { makeEntries } from "../../worker/ingest/entries.ts";
import { countRefusal, refusalsSince } from "../../worker/operator/refusals.ts";
import type { Status } from "../../worker/operator/status.ts";
import { version } from "../../worker/version.ts";
import { migrations, startFresh } from "./migrations.ts";
import {
	call,
	closePeriod,
	makeReport,
	makeVisit,
	openSite,
	send,
	settings,
	testEnv,
	today,
	yesterday,
} from "./support.ts";

const db = testEnv.DB;
const minuteMs = 60_000;
let key = "";
let policy = "";

beforeEach(async () => {
	({ key, policy } = await startFresh());
});
afterEach(() => {
	vi.unstubAllGlobals();
});

const health = async () => (await (await call("/healthz")).json()) as Status;

/** Ten browsers that visited yesterday, put into the book as if they had come in time. */
async function visitYesterday(): Promise<void> {
	const visits = Array.from({ length: 10 }, () => makeVisit(policy, ["/", "/priser"], { period: yesterday() }));
	await bookOf(testEnv, "shop").accept(await makeEntries(visits.flat()));
}
/** The first run of the scheduled work at which yesterday is due. */
const due = () => (boundsOf(yesterday(), "day", settings.timeZone)?.end ?? 0) + lateMs + minuteMs;

describe("/healthz", { timeout: 60_000 }, () => {
	test("tells version, migrations, what waits, and how much there is", async () => {
		expect(await health()).toEqual({
			version,
			migrations: migrations.map(({ name }) => name),
			books: {
				shop: {
					pending: 0,
					late: 0,
					erasing: 0,
					open: [],
					overdue: [],
					lastClosing: null,
					reports: 0,
					receipts: 0,
					bytes: expect.any(Number),
					cells: 0,
				},
			},
			databases: { DB: { bytes: expect.any(Number) } },
			refused: { since: addDays(dayOf(Date.now()), -6), kinds: expect.any(Object) },
			alerts: [],
		});
	});

	test("follows a period from the open book to the closed one", async () => {
		await visitYesterday();
		expect((await health()).books.shop).toMatchObject({ pending: 20, reports: 20, open: [yesterday()], cells: 0 });
		const closed = (await (await closePeriod(key, yesterday())).json()) as { cells: number };
		expect((await health()).books.shop).toMatchObject({
			pending: 0,
			reports: 0,
			receipts: 20,
			open: [],
			lastClosing: { period: yesterday(), closed: expect.stringMatching(/^\d{4}-\d\d-\d\dT.*Z$/) },
			cells: closed.cells,
		});
	});

	test("names periods that should have been closed, but not those too small to be closed alone", async () => {
		const [old, small] = [addDays(today(), -9), addDays(today(), -8)];
		const visit = (period: string, browsers: number) =>
			Array.from({ length: browsers }, () => makeReport(policy, { period }));
		await bookOf(testEnv, "shop").accept(await makeEntries([...visit(old, 10), ...visit(small, 2)]));
		expect((await health()).books.shop?.overdue).toEqual([old, small]);
		await closePeriod(key, small);
		expect((await health()).books.shop).toMatchObject({ open: [old, small], overdue: [old] });
	});
});

describe("refused requests", { timeout: 60_000 }, () => {
	test("are counted by kind, without anything of the request", async () => {
		const before = await refusalsSince(db, "2000-01-01");
		await send(makeReport(policy), { Origin: "https://evil.example" });
		await send("{");
		await send("{");
		await vi.waitFor(async () => {
			const after = await refusalsSince(db, "2000-01-01");
			expect((after["foreign-origin"] ?? 0) - (before["foreign-origin"] ?? 0)).toBe(1);
			expect((after.malformed ?? 0) - (before.malformed ?? 0)).toBe(2);
		});
		const { results } = await db.prepare("SELECT * FROM refusal").all();
		expect(JSON.stringify(results)).not.toContain("evil");
		await send(makeReport(policy));
		await send(makeReport(policy), { "Sec-GPC": "1" }); // not counted even here
		expect(Object.keys(await refusalsSince(db, "2000-01-01")).sort()).toEqual(["foreign-origin", "malformed"]);
	});

	test("cost at most one write in ten minutes, however many come", async () => {
		const begin = Date.now() + 3_600_000; // later than what other tests wrote
		await countRefusal(db, "too-many", begin);
		const writes = Array.from({ length: 1_000 }, (_, i) => countRefusal(db, "too-many", begin + i));
		expect(writes.filter(Boolean)).toEqual([]);
		const stored = () => db.prepare("SELECT n FROM refusal WHERE kind = 'too-many'").first<number>("n");
		const first = await stored();
		await countRefusal(db, "too-many", begin + 11 * minuteMs);
		expect(await stored()).toBe((first ?? 0) + 1_001);
	});

	test("that cannot be written are kept for the next time", async () => {
		const begin = Date.now() + 7_200_000;
		await db.prepare("ALTER TABLE refusal RENAME TO elsewhere").run();
		await countRefusal(db, "superseded", begin);
		await db.prepare("ALTER TABLE elsewhere RENAME TO refusal").run();
		await countRefusal(db, "superseded", begin + 11 * minuteMs);
		expect(await db.prepare("SELECT n FROM refusal WHERE kind = 'superseded'").first<number>("n")).toBe(2);
	});
});

describe("a closing that fails", { timeout: 60_000 }, () => {
	const events: Record<string, unknown>[] = [];
	/** What ALERT_URL's server answers. */
	let status = 204;
	const env = { ...testEnv, ALERT_URL: "https://alerts.example/hook/secret" };
	const run = (minutes: number) => doDueWork(env, due() + minutes * minuteMs);
	const alerts = async () => (await health()).alerts;

	beforeEach(async () => {
		events.length = 0;
		status = 204;
		vi.stubGlobal("fetch", async (url: string, init: RequestInit) => {
			expect(url).toBe(env.ALERT_URL);
			events.push(JSON.parse(String(init.body)));
			return new Response(null, { status });
		});
		await visitYesterday();
		await db.prepare("CREATE TRIGGER full BEFORE INSERT ON closing BEGIN SELECT RAISE(ABORT, 'no room'); END").run();
	});

	test("raises an alert the second time, tells it once, and ends it when the closing works", async () => {
		await run(0);
		expect([await alerts(), events]).toEqual([[], []]);
		await run(10);
		const since = new Date(due()).toISOString();
		expect(await alerts()).toEqual([{ site: "shop", kind: "closing", subject: yesterday(), failures: 2, since }]);
		const event = { event: "alert", site: "shop", kind: "closing", subject: yesterday(), first: since };
		expect(events).toEqual([
			{ ...event, state: "raised", failures: 2, last: new Date(due() + 10 * minuteMs).toISOString() },
		]);
		await run(20);
		expect(events).toHaveLength(1);
		await db.prepare("DROP TRIGGER full").run();
		await run(30);
		expect(await alerts()).toEqual([]);
		expect(events[1]).toMatchObject({ ...event, state: "ended", failures: 3 });
		expect((await health()).books.shop).toMatchObject({ lastClosing: { period: yesterday() }, pending: 0 });
	});

	test("is shown where nobody is to be told", async () => {
		for (const minutes of [0, 10]) await doDueWork(testEnv, due() + minutes * minuteMs);
		expect([await alerts(), events]).toMatchObject([[{ site: "shop", failures: 2 }], []]);
	});

	test("that works the second time raises nothing", async () => {
		await run(0);
		await db.prepare("DROP TRIGGER full").run();
		await run(10);
		expect([await alerts(), events]).toEqual([[], []]);
	});

	test("is told again until somebody takes it", async () => {
		status = 500;
		await run(0);
		await run(10);
		status = 204;
		await run(20);
		await run(30);
		expect(events.map(({ failures }) => failures)).toEqual([2, 3]);
	});

	test("ends when the owner closes the period by hand, and then counts from the beginning", async () => {
		await run(0);
		await run(10);
		await db.prepare("DROP TRIGGER full").run();
		expect((await closePeriod(key, yesterday())).status).toBe(200);
		await run(20);
		expect(await alerts()).toEqual([]);
		expect(events.map(({ state }) => state)).toEqual(["raised", "ended"]);
	});

	test("keeps neither another site nor the rest of the scheduled work waiting", async () => {
		await openSite({ ...settings, id: "other" });
		await db.prepare("DROP TRIGGER full").run();
		await db.prepare("INSERT INTO closing VALUES ('shop', '2020-01-01', '2020-01-01', 5, 0, 0)").run();
		await db
			.prepare(
				"CREATE TRIGGER full BEFORE INSERT ON closing WHEN NEW.site = 'shop' BEGIN SELECT RAISE(ABORT, 'no room'); END",
			)
			.run();
		const others = Array.from({ length: 10 }, () => ({
			...makeReport(policy, { period: yesterday() }),
			site: "other",
		}));
		await bookOf(testEnv, "other").accept(await makeEntries(others));
		await run(0);
		const { results } = await db.prepare("SELECT site, period FROM closing").all();
		expect(results).toEqual([{ site: "other", period: yesterday() }]); // and what was too old is gone
	});
});

describe("the operator's page", { timeout: 60_000 }, () => {
	const signIn = async (site = "shop") => {
		const answer = await call(`/sign-in/${await issueSignIn(db, { site })}`, { redirect: "manual" });
		return { Cookie: (answer.headers.get("Set-Cookie") ?? "").split(";")[0] ?? "" };
	};
	const page = (headers: Record<string, string>, query = "") => call(`/sites/shop/operation${query}`, { headers });

	test("is for the owner who is signed in", async () => {
		expect((await page({})).status).toBe(401);
		await openSite({ ...settings, id: "other" });
		expect((await page(await signIn("other"))).status).toBe(404);
		const answer = await page(await signIn());
		expect(answer.status).toBe(200);
		expect(answer.headers.get("Content-Security-Policy")).toContain("default-src 'none'");
		expect(answer.headers.get("Cache-Control")).toBe("private, no-store");
	});

	test("shows the books, alerts and refusals in nb and en, and nothing of other sites", async () => {
		await visitYesterday();
		await openSite({ ...settings, id: "other-site" });
		await db
			.prepare(
				"INSERT INTO alert VALUES ('shop', 'closing', '2026-11-20', 4, 1795000000000, 1795000000000, 1795000000000, NULL, NULL), ('other-site', 'upkeep', '', 4, 1, 1, 1, NULL, NULL)",
			)
			.run();
		await countRefusal(db, "foreign-origin", Date.now() + 10_800_000);
		const cookie = await signIn();
		const nb = await (await page(cookie, "?lang=nb")).text();
		expect(nb).toContain("Perioden 2026-11-20 lar seg ikke lukke");
		expect(nb).toContain(yesterday());
		expect(nb).toContain("foreign-origin");
		expect(nb).toContain(version);
		expect(nb).not.toContain("other-site");
		expect(nb).not.toContain("Planlagt arbeid mislykkes");
		expect(await (await page(cookie, "?lang=en")).text()).toContain("The period 2026-11-20 cannot be closed");
		const overview = await (await call("/sites/shop", { headers: cookie })).text();
		expect(overview).toContain('href="/sites/shop/operation');
	});

	test("works without a script", async () => {
		expect(await (await page(await signIn())).text()).not.toContain("<script");
	});
});
