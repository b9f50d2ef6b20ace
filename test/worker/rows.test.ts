import { runInDurableObject } from "cloudflare:test";
import { beforeEach, describe, expect, test, vi } from "vitest";
import { viewSilentMs } from "../../schema/limits.ts";
import { bookOf } from "../../worker/book/books.ts";
import { makeEntries } from "../../worker/ingest/entries.ts";
import { startFresh } from "./migrations.ts";
import { makeVisit, testEnv, today } from "./support.ts";

let policy = "";
const book = () => bookOf(testEnv, "shop");
const later = () => Date.now() + viewSilentMs + 60_000;

beforeEach(async () => {
	({ policy } = await startFresh());
});

describe("what a page view costs", () => {
	/** Rows written to the book's tables from here on, counted by SQLite itself. */
	const countRows = () =>
		runInDurableObject(book(), (_, { storage: { sql } }) => {
			sql.exec("CREATE TABLE written (rows INTEGER)");
			sql.exec("INSERT INTO written VALUES (0)");
			for (const table of ["inbox", "receipt", "pack", "name", "period", "mark"]) {
				for (const change of ["INSERT", "UPDATE", "DELETE"])
					sql.exec(
						`CREATE TRIGGER written_${table}_${change} AFTER ${change} ON ${table} BEGIN UPDATE written SET rows = rows + 1; END`,
					);
			}
		});
	const written = () =>
		runInDurableObject(
			book(),
			(_, { storage: { sql } }) => sql.exec<{ rows: number }>("SELECT rows FROM written").one().rows,
		);

	/** The object's alarm, as if it were later. */
	const ringAt = (instant: number) =>
		runInDurableObject(book(), async (instance) => {
			vi.setSystemTime(instant);
			await instance.alarm().finally(() => vi.useRealTimers());
		});

	test.each([
		["busy", 1],
		["quiet", 25],
	])(
		"a %s day of 1,500 views with every part costs two rows a view and little more, whatever number of trees",
		{ timeout: 60_000 },
		async (how, batches) => {
			await countRows();
			const visits = Array.from({ length: 500 }, (_, i) =>
				makeVisit(policy, ["/", `/side-${i % 40}`, "/bestill"], { parts: 10 * i, how: "closed", gap: 31 }),
			);
			for (let batch = 0; batch < batches; batch++) {
				for (const visit of visits.filter((_, i) => i % batches === batch))
					await book().accept(await makeEntries(visit));
				await book().foldOver(later());
			}
			await book().close({ site: "shop", period: today(), k: 5, books: 1, shard: 0 });
			await ringAt(Date.now() + 40 * 86_400_000);
			const perView = (await written()) / 1500;
			console.info(
				`${how} day: ${perView.toFixed(2)} rows a view, of which 2 are its report, and taking that away for a receipt that shares its row`,
			);
			expect(perView).toBeLessThan(2.4);
		},
	);
});
