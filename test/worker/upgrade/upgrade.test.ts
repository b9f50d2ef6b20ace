import { evictDurableObject, reset, runInDurableObject } from "cloudflare:test";
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import type { Report } from "../../../schema/report.ts";
import type { Book } from "../../../worker/book/book.ts";
import { forgetSite } from "../../../worker/sites/sites.ts";
import type { Flows, Summary } from "../../../worker/stats/answers.ts";
import { applyMigrations } from "../migrations.ts";
import { call, closePeriod, makeReport, makeVisit, send, testEnv } from "../support.ts";

/** What keep-data.ts kept of a release. */
interface KeptData {
	version: string;
	/** The instant at which it was left. */
	now: string;
	/** The owner's key. */
	key: string;
	/** Statements that make the databases anew. */
	d1: string[];
	book: string[];
	/** Reports as they were last sent: of the sealed day, of what was folded, and of what was not. */
	sealed: Report;
	folded: Report;
	pending: Report;
	/** Answers of the Stats API, by route and query. */
	answers: Record<string, object>;
}

const kept = Object.values(import.meta.glob<KeptData>("./*.json", { eager: true, import: "default" }));
const [sealedDay, openDay] = ["2026-11-09", "2026-11-10"] as const;
const db = testEnv.DB;
/** By the name under which every release has known it. */
const book = () => testEnv.BOOK.get(testEnv.BOOK.idFromName("shop#0"));

/** The databases as the release left them, under the code of today. */
async function open({ d1, book: statements, now }: KeptData): Promise<void> {
	vi.setSystemTime(now);
	await reset();
	// A trigger needs its table.
	const triggers = d1.filter((sql) => sql.startsWith("CREATE TRIGGER"));
	await db.batch([...d1.filter((sql) => !triggers.includes(sql)), ...triggers].map((sql) => db.prepare(sql)));
	await applyMigrations();
	await runInDurableObject(book(), (_, { storage: { sql } }) => {
		const made = sql.exec("SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE '\\_cf%' ESCAPE '\\'");
		for (const { name } of made.toArray()) sql.exec(`DROP TABLE "${name}"`);
		for (const statement of statements) sql.exec(statement);
	});
	await evictDurableObject(book());
	forgetSite("shop"); // another release's
}

async function answer<T>({ key }: KeptData, path: string): Promise<T> {
	const response = await call(`/v1/sites/shop/stats/${path}`, { headers: { Authorization: `Bearer ${key}` } });
	if (response.status !== 200) throw new Error(`${path}: ${response.status} ${await response.text()}`);
	return response.json();
}

/**
 * An answer without what later releases say more carefully: percentiles of fewer than 30 measurements, and unique visitors of a
 * day that was sealed together with another one. What was missing may be there.
 */
function lasting(value: unknown): unknown {
	if (Array.isArray(value)) return value.map(lasting);
	if (typeof value !== "object" || value === null) return value;
	const entries = Object.entries(value).filter(
		([name, part]) =>
			part !== null && !/visitors/i.test(name) && !("n" in value && Number(value.n) < 30 && /^p\d\d$/.test(name)),
	);
	return Object.fromEntries(entries.map(([name, part]) => [name, lasting(part)]));
}

const inD1 = async () => {
	const tables = await db.prepare("SELECT name, sql FROM sqlite_master WHERE name NOT LIKE '\\_cf%' ESCAPE '\\'").all();
	const rows = await db.batch(
		tables.results
			.filter(({ sql }) => String(sql).startsWith("CREATE TABLE"))
			.map(({ name }) => db.prepare(`SELECT * FROM "${name}"`)),
	);
	return [tables.results, rows.map(({ results }) => results)];
};

beforeEach(() => {
	vi.useFakeTimers({ toFake: ["Date"] });
});
afterEach(() => {
	vi.useRealTimers();
});

describe.each(kept)("what release $version left behind", (data) => {
	beforeEach(() => open(data));

	test("has the same statistics, sealed and open", async () => {
		expect(Object.keys(data.answers).length).toBeGreaterThan(15);
		for (const [path, before] of Object.entries(data.answers))
			expect(lasting(await answer(data, path)), path).toMatchObject(lasting(before) as object);
		const visitors = async (day: string) => {
			const path = `summary?from=${day}&to=${day}`;
			return [(data.answers[path] as Summary).visitorsInterval, (await answer<Summary>(data, path)).visitorsInterval];
		};
		const [before, now] = await visitors(sealedDay);
		// Since 0.3.0 the visitors of days that were sealed together are an interval.
		if (data.version < "0.3.0") expect(now?.low).toBeLessThan(before?.low ?? 0);
		else expect(now?.low).toBe(before?.low);
		expect(now?.high).toBe(before?.high);
		const [openBefore, openNow] = await visitors(openDay);
		expect(openNow).toEqual(openBefore);
	});

	test("is migrated once, however often that is tried", async () => {
		const before = await inD1();
		await applyMigrations();
		expect(await inD1()).toEqual(before);
	});

	test("goes on: what is folded and what is not can still be replaced, nothing counts twice, nothing late counts", async () => {
		const { folded, pending, sealed } = data;
		const range = `?from=${sealedDay}&to=${openDay}`;
		const before = await answer<Summary>(data, `summary${range}`);
		const { receipts, late } = await book().status();
		expect(receipts).toBeGreaterThan(0);
		for (const copy of [folded, pending]) expect((await send(copy)).status).toBe(204);
		for (const tooLate of [sealed, { ...sealed, seq: 99 }]) expect((await send(tooLate)).status).toBe(204);
		expect(await answer(data, `summary${range}`)).toEqual(before);
		expect((await book().status()).late).toBe(late + 2);

		for (const grown of [folded, pending]) {
			const { leaving: _, ...rest } = grown;
			expect((await send({ ...rest, seq: grown.seq + 1, leaving: { how: "reload", certain: true } })).status).toBe(204);
		}
		const after = await answer<Summary>(data, `summary${range}`);
		expect(after).toMatchObject({ views: before.views, visits: before.visits, visitors: before.visitors });
		expect(after.leaving.find(({ how }) => how === "reload")?.count).toBe(2);
	});

	test("takes reports of today beside its own, and both are folded, survive a crash and are sealed together", async () => {
		const before = await answer<Summary>(data, `summary?from=${openDay}&to=${openDay}`);
		const { policy } = data.sealed.consent;
		for (let i = 0; i < 6; i++) {
			const visit = makeVisit(policy, ["/", "/priser"], { parts: i, period: openDay, gap: 31 });
			const reports = visit.map((report) => ({ ...report, view: `new${report.view.slice(3)}` }));
			expect((await send(reports)).status).toBe(204);
		}
		vi.setSystemTime(Date.parse(data.now) + 2 * 3_600_000);
		await runInDurableObject(book(), (inside: Book) => inside.foldOver(Date.now()));
		await evictDurableObject(book());
		const open = await answer<Summary>(data, `summary?from=${openDay}&to=${openDay}`);
		const more = { views: before.views + 12, visits: before.visits + 6, visitors: before.visitors + 6 };
		expect(open).toMatchObject({ ...more, provisional: true });

		vi.setSystemTime(Date.parse(`${openDay}T23:30:00Z`));
		expect((await closePeriod(data.key, openDay)).status).toBe(200);
		expect(await answer(data, `summary?from=${openDay}&to=${openDay}`)).toMatchObject({ ...more, provisional: false });
		for (const page of ["/", "/priser"]) {
			const { views, from, to, left } = await answer<Flows>(data, `flows?from=${sealedDay}&to=${openDay}&page=${page}`);
			const sum = (list: { count: number }[]) => list.reduce((all, { count }) => all + count, 0);
			expect([sum(from), sum(to) + sum(left)]).toEqual([views, views]);
		}
		expect((await closePeriod(data.key, sealedDay)).status).toBe(409);
	});

	test("refuses what was refused before: another notice's grant", async () => {
		expect((await send(makeReport("an-unknown-policy", { period: openDay }))).status).toBe(403);
	});
});
