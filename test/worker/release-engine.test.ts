/** Drawing releases: once for each period, whatever happens to sealing, to D1, or to other closings. */
import { evictDurableObject } from "cloudflare:test";
import { beforeEach, describe, expect, test } from "vitest";
import { lateMs } from "../../schema/limits.ts";
import { boundsOf } from "../../schema/period.ts";
import type { Report } from "../../schema/report.ts";
import { issueKey } from "../../worker/access/keys.ts";
import { bookOf } from "../../worker/book/books.ts";
import { Cells } from "../../worker/book/cells.ts";
import { fold } from "../../worker/book/fold.ts";
import type { PeriodToSeal } from "../../worker/closing/close.ts";
import { doDueWork } from "../../worker/closing/nightly.ts";
import { makeEntries } from "../../worker/ingest/entries.ts";
import type { Status } from "../../worker/operator/status.ts";
import { createRelease, endRelease, nextStart, type Release } from "../../worker/release/definition.ts";
import { drawPeriod } from "../../worker/release/drawing.ts";
import { groupRules } from "../../worker/release/groups.ts";
import { createSite } from "../../worker/sites/create.ts";
import { forgetSite } from "../../worker/sites/sites.ts";
import { startFresh } from "./migrations.ts";
import { bounded, daysAgo, longAgo, openRelease, releasedRows, terms } from "./release-support.ts";
import { troubledD1 } from "./simulation/faults.ts";
import { call, closePeriod, makeVisit, settings, testEnv, today, yesterday } from "./support.ts";

const db = testEnv.DB;
let key = "";
let policy = "";

beforeEach(async () => {
	({ key, policy } = await startFresh());
});

const visit = (period: string, page = "/") => bounded(makeVisit(policy, [page], { period }));
const take = async (reports: Report[], book = 0, site = "shop") =>
	bookOf(testEnv, site, book).accept(await makeEntries(reports));
const fill = async (period: string, browsers: number) =>
	take(Array.from({ length: browsers }, (_, i) => visit(period, i % 2 ? "/priser" : "/")).flat());
const drawnOf = async (release: Release, period: string, kind = "site", name = "") =>
	(await releasedRows(release)).find((row) => row.period === period && row.kind === kind)?.cells[name]?.[0];
/** The first run of the scheduled work at which a period is due, with room for its release to be missed. */
const whenDue = (period: string) => (boundsOf(period, "day", settings.timeZone)?.end ?? 0) + lateMs + 2 * 3_600_000;

describe("a closing", { timeout: 60_000 }, () => {
	test("draws every declared page, part and group, pages that nobody saw included", async () => {
		const release = await openRelease({ pages: ["/", "/priser", "/aldri"], countries: ["NO", "SE"] });
		await fill(yesterday(), 40);
		expect((await closePeriod(key, yesterday())).status).toBe(200);
		const rows = await releasedRows(release);
		expect(rows.map(({ kind }) => kind).sort()).toEqual(Object.keys(groupRules).sort());
		for (const { kind, cells, sigma2 } of rows) {
			for (const values of Object.values(cells)) {
				expect(values.length).toBe(groupRules[kind].parts);
				for (const value of values) expect(Number.isSafeInteger(value)).toBe(true);
			}
			expect(sigma2).toBeGreaterThan(300);
		}
		const keysOf = (kind: string) => Object.keys(rows.find((row) => row.kind === kind)?.cells ?? {}).sort();
		expect(keysOf("page")).toEqual(["/", "/aldri", "/priser"]);
		expect(keysOf("dwell")).toEqual(["/", "/aldri", "/priser"]);
		expect(keysOf("country")).toEqual(["(other)", "NO", "SE"]);
		expect(keysOf("device")).toEqual(["desktop", "mobile", "other", "tablet"]);
	});

	test("again, or ten at once, draws nothing more", async () => {
		const release = await openRelease();
		await fill(yesterday(), 40);
		await Promise.all(Array.from({ length: 10 }, () => closePeriod(key, yesterday())));
		const rows = await releasedRows(release);
		expect(rows.length).toBe(9);
		await closePeriod(key, yesterday());
		await evictDurableObject(bookOf(testEnv, "shop"));
		await doDueWork(testEnv, whenDue(yesterday()));
		expect((await releasedRows(release)).filter(({ period }) => period === yesterday())).toEqual(rows);
	});

	test("draws nothing of periods that had begun when the release was made, nor once it has ended", async () => {
		const late = await openRelease({}, Date.now());
		const ended = await openRelease();
		await endRelease(db, ended.id, Date.now());
		await fill(yesterday(), 40);
		await closePeriod(key, yesterday());
		expect(await releasedRows(late)).toEqual([]);
		expect(await releasedRows(ended)).toEqual([]);
		expect(late.starts > today()).toBe(true);
	});

	test("releases a period of too few devices by itself, and drops its counters before it is joined", async () => {
		const release = await openRelease();
		const [small, large] = [daysAgo(2), yesterday()];
		const visits = [visit(small), visit(small)].flat();
		const [first] = visits as [Report];
		await take(visits);
		expect(await (await closePeriod(key, small)).json()).toMatchObject({ state: "joining" });
		const before = await releasedRows(release);
		expect(before.map(({ period }) => period)).toEqual(Array(9).fill(small));
		await evictDurableObject(bookOf(testEnv, "shop"));
		// Erasing takes the view out of what waits, and nothing out of counters that are gone.
		const [entry] = await makeEntries([first]);
		if (!entry) throw new Error("a report makes an entry");
		expect(await bookOf(testEnv, "shop").erase(entry.key, [entry])).toEqual({ state: "erased" });
		await evictDurableObject(bookOf(testEnv, "shop"));
		await fill(large, 20);
		expect(await (await closePeriod(key, large)).json()).toMatchObject({ state: "sealed" });
		const after = await releasedRows(release);
		expect(after.filter(({ period }) => period === small)).toEqual(before);
		expect(after.filter(({ period }) => period === large).length).toBe(9);
	});

	test.each([
		["before anything is released", "released_cell"],
		["after the release and before sealing", "cell"],
	])("that D1 breaks off %s is ended by the next attempt, drawn once", async (_, table) => {
		const release = await openRelease({ epsilon: 2 });
		await fill(yesterday(), 120);
		await db.prepare(`ALTER TABLE ${table} RENAME TO away`).run();
		expect((await closePeriod(key, yesterday())).status).toBe(500);
		await evictDurableObject(bookOf(testEnv, "shop"));
		const isReleased = table === "cell";
		await db.prepare(`ALTER TABLE away RENAME TO ${table}`).run();
		const before = await releasedRows(release);
		expect(before.length).toBe(isReleased ? 9 : 0);
		expect(await (await closePeriod(key, yesterday())).json()).toMatchObject({ state: "sealed" });
		const after = await releasedRows(release);
		expect(after.length).toBe(9);
		if (isReleased) expect(after).toEqual(before);
		// The counters were there until they were released: nine times the noise's width tells 120 browsers from none.
		expect(Math.abs(((await drawnOf(release, yesterday())) ?? Number.NaN) - 120)).toBeLessThan(100);
	});

	test("adds the counters of all books of a site before it draws", async () => {
		await createSite(db, { ...settings, id: "busy", books: 4 }, Date.now(), 2);
		forgetSite("busy");
		const release = await openRelease({ epsilon: 2 }, longAgo(), "busy");
		const owner = await issueKey(db, { site: "busy", role: "owner", name: "test" });
		for (let book = 0; book < 4; book++)
			await take(
				Array.from({ length: 100 }, () => visit(yesterday())[0] as Report).map((one) => ({
					...one,
					site: "busy",
					book,
				})),
				book,
				"busy",
			);
		const closed = await call("/v1/sites/busy/closings", {
			method: "POST",
			headers: { Authorization: `Bearer ${owner}` },
			body: JSON.stringify({ period: yesterday() }),
		});
		expect(closed.status).toBe(200);
		// Eight times the noise's width: one in 10^15 releases is farther off. One book alone would be 300 away.
		expect(Math.abs(((await drawnOf(release, yesterday())) ?? 0) - 400)).toBeLessThan(100);
	});
});

describe("scheduled work", { timeout: 60_000 }, () => {
	test("releases a period in which nobody came, and raises no alert", async () => {
		const release = await openRelease();
		await doDueWork(testEnv, whenDue(yesterday()));
		const due = [daysAgo(3), daysAgo(2), yesterday()];
		expect([...new Set((await releasedRows(release)).map(({ period }) => period))]).toEqual(due);
		await doDueWork(testEnv, whenDue(yesterday()) + 600_000);
		const { alerts } = await (await call("/healthz")).json<Status>();
		expect(alerts).toEqual([]);
	});

	test.each([
		["a period", "DELETE FROM release_ledger WHERE period = ?1", () => [yesterday()]],
		["a group", "DELETE FROM released_cell WHERE period = ?1 AND kind = 'device'", () => [yesterday()]],
		[
			"a declared page",
			`UPDATE released_cell SET cells = json_remove(cells, '$."/priser"') WHERE period = ?1 AND kind = 'page'`,
			() => [yesterday()],
		],
	])("tells the operator of %s that has gone missing, until it is there again", async (_, statement, values) => {
		const release = await openRelease();
		await fill(yesterday(), 20);
		const at = whenDue(yesterday());
		await doDueWork(testEnv, at);
		const kept = await db.prepare("SELECT * FROM released_cell").all<Record<string, unknown>>();
		const ledger = await db.prepare("SELECT * FROM release_ledger").all<Record<string, unknown>>();
		await db
			.prepare(statement)
			.bind(...values())
			.run();
		for (const run of [1, 2]) await doDueWork(testEnv, at + run * 600_000);
		const alertsNow = async () => (await (await call("/healthz")).json<Status>()).alerts;
		expect(await alertsNow()).toMatchObject([{ site: "shop", kind: "release", subject: release.id, failures: 2 }]);
		await db.batch([...putBack("release_ledger", ledger.results), ...putBack("released_cell", kept.results)]);
		await doDueWork(testEnv, at + 1_800_000);
		expect(await alertsNow()).toEqual([]);
	});

	test("keeps released figures as long as the site keeps statistics, and no longer", async () => {
		const release = await openRelease();
		await doDueWork(testEnv, whenDue(yesterday()));
		expect((await releasedRows(release)).length).toBeGreaterThan(0);
		await db.prepare("UPDATE site SET retention_months = 1").run();
		forgetSite("shop");
		await endRelease(db, release.id, Date.now());
		await doDueWork(testEnv, Date.now() + 70 * 86_400_000);
		expect(await releasedRows(release)).toEqual([]);
	});
});

const putBack = (table: string, rows: Record<string, unknown>[]) =>
	rows.map((row) => {
		const names = Object.keys(row);
		return db
			.prepare(`INSERT OR REPLACE INTO ${table} (${names}) VALUES (${names.map((_, at) => `?${at + 1}`)})`)
			.bind(...Object.values(row));
	});

describe("a drawing", { timeout: 60_000 }, () => {
	const period = "2026-03-10";
	const gather = async (): Promise<PeriodToSeal[]> => {
		const cells = new Cells();
		for (let i = 0; i < 30; i++) for (const report of visit(period)) cells.add(period, fold(report));
		return [{ period, sample: false, cells: cells.periods.get(period) ?? new Map() }];
	};
	const draw = (release: Release, d1 = db) =>
		drawPeriod({ db: d1, site: "shop", period, releases: [release] }, gather, Date.now());
	const open = () => openRelease({}, Date.UTC(2026, 2, 1));
	const ledgerOf = async () =>
		(await db.prepare("SELECT state, attempt FROM release_ledger").all<{ state: string; attempt: string }>()).results;

	test("that breaks off leaves a draft that nobody reads, which is drawn anew", async () => {
		const release = await open();
		await expect(
			draw(
				release,
				troubledD1(db, "cut off", async () => {}),
			),
		).rejects.toThrow();
		const [draft] = await ledgerOf();
		expect(draft).toMatchObject({ state: "draft" });
		expect(await releasedRows(release)).toEqual([]);
		await draw(release);
		const ledger = await ledgerOf();
		expect(ledger).toEqual([{ state: "final", attempt: expect.not.stringMatching(draft?.attempt ?? "") }]);
		const { results } = await db.prepare("SELECT DISTINCT attempt FROM released_cell").all();
		expect(results).toEqual([{ attempt: ledger[0]?.attempt }]);
		expect((await releasedRows(release)).length).toBe(9);
	});

	test.each(["unreachable", "answer lost", "cut off"] as const)(
		"through a D1 that is %s is drawn once in the end",
		async (trouble) => {
			const release = await open();
			await draw(
				release,
				troubledD1(db, trouble, async () => {}),
			).catch(() => undefined);
			await draw(release);
			const rows = await releasedRows(release);
			await draw(release);
			expect(await releasedRows(release)).toEqual(rows);
			expect(rows.length).toBe(9);
		},
	);

	test("of many at once is one of them: its cells and no others are read", async () => {
		const release = await open();
		const done = await Promise.allSettled(Array.from({ length: 8 }, () => draw(release)));
		if (done.every(({ status }) => status === "rejected")) await draw(release);
		const ledger = await ledgerOf();
		expect(ledger).toEqual([{ state: "final", attempt: expect.any(String) }]);
		const { results } = await db.prepare("SELECT DISTINCT attempt FROM released_cell").all();
		expect(results).toEqual([{ attempt: ledger[0]?.attempt }]);
	});

	test("whose draft another one replaced before it was final reads the other's", async () => {
		const release = await open();
		let isFirst = true;
		const other = async () => {
			if (!isFirst) return;
			isFirst = false;
			await draw(release);
		};
		await draw(release, troubledD1(db, "none", other));
		expect((await releasedRows(release)).length).toBe(9);
		expect((await ledgerOf()).length).toBe(1);
	});
});

test.each([
	["day", "day", "2026-03-05"],
	["day", "week", "2026-03-09"],
	["week", "week", "2026-W11"],
	["month", "month", "2026-04"],
] as const)("a release of a site that counts by the %s begins with the next whole %s", (grain, period, starts) => {
	const oslo = { grain, timeZone: settings.timeZone };
	// Wednesday 4 March, from its first minute to its last.
	for (const now of [Date.UTC(2026, 2, 3, 23), Date.UTC(2026, 2, 4, 22, 59)])
		expect(nextStart(oslo, period, now)).toBe(starts);
});

test("releases of one site may not tell more together than one could", { timeout: 60_000 }, async () => {
	const site = { id: "shop", grain: "day", timeZone: settings.timeZone } as const;
	const make = (epsilon: number) =>
		createRelease(db, site, { ...terms({ epsilon }), name: "r", audience: "a", frames: [], webhook: null }, Date.now());
	const first = await make(2);
	await expect(make(0.1)).rejects.toThrow("outside-limits");
	await endRelease(db, first.id, Date.now());
	const made = await Promise.allSettled(Array.from({ length: 12 }, () => make(1)));
	// ρ grows faster than ε: of ε = 1 three fit below ε = 2, however many ask at once.
	expect(made.filter(({ status }) => status === "fulfilled").length).toBe(3);
});
