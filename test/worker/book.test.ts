import { evictDurableObject, runInDurableObject } from "cloudflare:test";
import { beforeEach, describe, expect, test } from "vitest";
import { maxPages, viewSilentMs } from "../../schema/limits.ts";
import { otherName } from "../../schema/trees.ts";
import { bookOf } from "../../worker/book/books.ts";
import { makeEntries } from "../../worker/ingest/entries.ts";
import type { Pages, Summary } from "../../worker/stats/answers.ts";
import { startFresh } from "./migrations.ts";
import { figures, makeReport, makeView, makeVisit, send, testEnv, today } from "./support.ts";

let key = "";
let policy = "";
const book = () => bookOf(testEnv, "shop");
const later = () => Date.now() + viewSilentMs + 60_000;
const summary = () => figures<Summary>(key, "summary");

beforeEach(async () => {
	({ key, policy } = await startFresh());
});

describe("the open book", () => {
	test("a view that is over is folded, and the live numbers stay the same", async () => {
		await send(makeVisit(policy, ["/", "/priser", "/bestill"]));
		const before = await summary();
		expect(await book().foldOver(later())).toBe(3);
		expect(await book().foldOver(later())).toBe(0);
		expect((await book().status()).pending).toBe(0);
		expect(await summary()).toEqual(before);
	});

	test("a view that still reports is not folded yet", async () => {
		await send(makeReport(policy));
		expect(await book().foldOver(Date.now() + viewSilentMs - 60_000)).toBe(0);
	});

	test("a higher seq that comes after the fold replaces what was counted", async () => {
		const view = makeView();
		await send(makeReport(policy, { view, how: "away", engagedMs: 2_000 }));
		await book().foldOver(later());
		await send(makeReport(policy, { view, seq: 2, how: "outbound", engagedMs: 90_000 }));
		const check = async () => {
			const { views, visits, leaving } = await summary();
			expect({ views, visits, leaving }).toEqual({
				views: 1,
				visits: 1,
				leaving: [{ how: "outbound", count: 1, exits: 1 }],
			});
		};
		await check();
		await evictDurableObject(book());
		await check();
		await book().foldOver(later());
		await check();
	});

	test("after a restart the numbers are the same, folded and pending ones alike", async () => {
		await send(makeVisit(policy, ["/", "/priser"]));
		await book().foldOver(later());
		await send(makeVisit(policy, ["/bestill"]));
		const before = await summary();
		await evictDurableObject(book());
		expect(await summary()).toEqual(before);
		expect(before.views).toBe(3);
	});

	test("a batch that fails halfway counts nothing and loses nothing", async () => {
		await send(makeVisit(policy, ["/", "/priser"]));
		const before = await summary();
		await runInDurableObject(book(), (instance, state) => {
			state.storage.sql.exec("CREATE TRIGGER broken BEFORE INSERT ON mark BEGIN SELECT RAISE(ABORT, 'disk full'); END");
			expect(() => instance.foldOver(later())).toThrow("disk full");
			state.storage.sql.exec("DROP TRIGGER broken");
		});
		expect(await summary()).toEqual(before);
		expect(await book().foldOver(later())).toBe(2);
		expect(await summary()).toEqual(before);
	});

	test("the alarm is set by a report and folds what is over", async () => {
		await send(makeReport(policy));
		const alarm = await runInDurableObject(book(), (_, state) => state.storage.getAlarm());
		expect(alarm).toBeGreaterThan(Date.now() + viewSilentMs);
	});

	test("a page beyond the book's places is counted as (other) and can still be replaced", async () => {
		await runInDurableObject(book(), (_, state) => {
			state.storage.sql.exec(
				`WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < ${maxPages})
				 INSERT INTO name SELECT ?, 'page', '/p' || i FROM n`,
				today(),
			);
		});
		await evictDurableObject(book());
		const view = makeView();
		await send(makeReport(policy, { view, page: "/one-too-many" }));
		await send(makeReport(policy, { view, seq: 2, page: "/one-too-many", how: "outbound" }));
		const { rows } = await figures<Pages>(key, "pages");
		expect(rows.map(({ page, views, exitsBy }) => ({ page, views, exitsBy }))).toEqual([
			{ page: otherName, views: 1, exitsBy: { outbound: 1 } },
		]);
	});

	test("reports taken twice at the same moment count once", async () => {
		const entries = await makeEntries(makeVisit(policy, ["/", "/priser", "/"]));
		await Promise.all(Array.from({ length: 10 }, () => book().accept(entries)));
		expect((await summary()).views).toBe(3);
	});

	test("nothing in the book names the view or the visitor once it is a receipt", async () => {
		const report = makeReport(policy, { page: "/priser" });
		await send(Array.from({ length: 6 }, (_, i) => (i === 0 ? report : makeReport(policy))));
		await book().close({ site: "shop", period: today(), k: 5 });
		const stored = await runInDurableObject(book(), (_, state) =>
			JSON.stringify(
				["inbox", "pack", "name", "period"].map((table) => state.storage.sql.exec(`SELECT * FROM ${table}`).toArray()),
			),
		);
		expect(stored).toContain(today());
		for (const secret of [report.view, '"consent"', "Firefox"]) expect(stored).not.toContain(secret);
	});
});
