import { evictDurableObject, runInDurableObject } from "cloudflare:test";
import { beforeEach, describe, expect, test } from "vitest";
import { maxPages, maxRoutes, viewSilentMs } from "../../schema/limits.ts";
import { otherName } from "../../schema/tree-rules.ts";
import { bookOf } from "../../worker/book/books.ts";
import type { CellRow } from "../../worker/book/cells.ts";
import type { OpenBook } from "../../worker/book/show.ts";
import { makeEntries } from "../../worker/ingest/entries.ts";
import { decode, read } from "../../worker/query/tally.ts";
import type { Pages, Summary } from "../../worker/stats/answers.ts";
import { startFresh } from "./migrations.ts";
import { toldCells, wholeTrees } from "./shown.ts";
import { figures, makeReport, makeView, makeVisit, send, testEnv, today } from "./support.ts";

let key = "";
let policy = "";
const book = () => bookOf(testEnv, "shop");
const later = () => Date.now() + viewSilentMs + 60_000;
const rowsIn = (table: string) =>
	runInDurableObject(
		book(),
		(_, { storage: { sql } }) => sql.exec<{ n: number }>(`SELECT count(*) AS n FROM ${table}`).one().n,
	);
const sortedCells = (told: OpenBook) =>
	toldCells(told)
		.map((cell) => JSON.stringify(cell))
		.sort();
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

	test("names keep their places across a restart, and nobody else gets them", async () => {
		const routes = (...names: string[]) => {
			const report = makeReport(policy);
			report.speed = { routes: names.map((name) => [name, 80, 1, 0]) };
			return send(report);
		};
		const words = Array.from({ length: maxRoutes }, (_, i) => `/api/${"abcdef"[i % 6]}${"ghijk"[Math.floor(i / 6)]}`);
		await routes(...words);
		await book().foldOver(later());
		await evictDurableObject(book());
		await routes("/api/enda-en", words[0] as string);
		const cells = toldCells(await book().read([{ tree: "route" }], today(), today()));
		const counts = new Map(cells.map(({ key, tally }) => [key, read(decode(tally), "requests")]));
		expect(counts.size).toBe(maxRoutes + 1);
		expect([counts.get(otherName), counts.get(words[0] as string), counts.get("/api/enda-en")]).toEqual([
			1,
			2,
			undefined,
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
		await book().close({ site: "shop", period: today(), k: 5, books: 1, shard: 0 });
		const stored = await runInDurableObject(book(), (_, state) =>
			JSON.stringify(
				["inbox", "receipt", "pack", "name", "period"].map((table) =>
					state.storage.sql.exec(`SELECT * FROM ${table}`).toArray(),
				),
			),
		);
		expect(stored).toContain(today());
		for (const secret of [report.view, '"consent"', "Firefox"]) expect(stored).not.toContain(secret);
	});

	test("a correction that comes after the fold takes out what was folded, across a restart and a rewriting of the cells", async () => {
		const view = makeView();
		const first = makeReport(policy, { view, parts: 3, how: "outbound" });
		await send(first);
		for (let batch = 0; batch < 40; batch++) {
			await send(makeVisit(policy, ["/", "/priser"], { parts: batch }));
			await book().foldOver(later());
		}
		expect(await rowsIn("pack")).toBeLessThanOrEqual(34);
		await send({ ...makeReport(policy, { view, how: "closed" }), seq: 2 });
		const shown = () => book().read(wholeTrees, today(), today());
		const before = await shown();
		expect((await summary()).views).toBe(81);
		await evictDurableObject(book());
		expect(sortedCells(await shown())).toEqual(sortedCells(before));
		await book().foldOver(later());
		await evictDurableObject(book());
		expect(sortedCells(await shown())).toEqual(sortedCells(before));
	});

	test("cells that an earlier version packed by tree are read, and go on counting", async () => {
		await send(makeVisit(policy, ["/", "/priser"]));
		await book().foldOver(later());
		const before = await book().read(wholeTrees, today(), today());
		await runInDurableObject(book(), (_, { storage: { sql } }) => {
			const cells = sql
				.exec<{ cells: string }>("SELECT cells FROM pack")
				.toArray()
				.flatMap((row) => JSON.parse(row.cells));
			sql.exec("DELETE FROM pack");
			for (const [i, cell] of cells.entries())
				sql.exec("INSERT INTO pack VALUES (?, ?, ?, ?)", today(), cell[0], i, JSON.stringify([cell]));
		});
		await evictDurableObject(book());
		expect(sortedCells(await book().read(wholeTrees, today(), today()))).toEqual(sortedCells(before));
		await send(makeVisit(policy, ["/"]));
		await book().foldOver(later());
		await evictDurableObject(book());
		expect(await summary()).toMatchObject({ views: 3, visits: 2 });
	});

	test("what is counted for a release is kept in the book, shown to nobody, and gone once the period is closed", async () => {
		const report = { ...makeReport(policy, { page: "/priser" }), bounded: ["site", "page"] };
		await send([report, ...Array.from({ length: 5 }, () => makeReport(policy))]);
		await book().foldOver(later());
		const kept = () =>
			runInDurableObject(book(), (_, { storage: { sql } }) =>
				sql
					.exec<{ cells: string }>("SELECT cells FROM pack")
					.toArray()
					.flatMap((row) => JSON.parse(row.cells) as CellRow[]),
			);
		expect((await kept()).filter(([tree]) => tree === "bounded").map(([, key]) => key)).toEqual([
			"site",
			"page\t/priser",
			"dwell\t/priser",
		]);
		const shown = toldCells(await book().read(wholeTrees, today(), today()));
		expect(shown.map(({ tree }) => String(tree))).not.toContain("bounded");
		expect(await book().close({ site: "shop", period: today(), k: 5, books: 1, shard: 0 })).toBe("sealed");
		expect(await kept()).toEqual([]);
		const inD1 = await testEnv.DB.prepare("SELECT DISTINCT tree FROM cell").all<{ tree: string }>();
		expect(inD1.results.map(({ tree }) => tree)).not.toContain("bounded");
	});
});
