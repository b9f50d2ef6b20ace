/**
 * Data as a release leaves it behind: a day of too few visitors, a sealed day that took it in, and an open day of which some
 * is folded and some is not. Run as a test inside that release by keep-data.ts, so it only uses what every release has.
 */
import { runInDurableObject } from "cloudflare:test";
import { test, vi } from "vitest";
import type { Report } from "../../../schema/report.ts";
import type { Book } from "../../../worker/book/book.ts";
import { bookOf } from "../../../worker/book/books.ts";
import { startFresh } from "../migrations.ts";
import { closePeriod, figures, makeVisit, send, testEnv } from "../support.ts";

const days = ["2026-11-08", "2026-11-09", "2026-11-10"] as const;
const [small, usual, open] = days;
const noon = (day: string) => vi.setSystemTime(`${day}T11:00:00Z`);
const paths = [["/"], ["/", "/priser"], ["/", "/priser", "/bestill"], ["/blogg", "/"], ["/priser"]];

/** Visits of browsers that were never here, or were here the day before. */
async function visit(policy: string, count: number): Promise<Report[]> {
	const visits = Array.from({ length: count }, (_, i) =>
		makeVisit(policy, paths[i % paths.length] as string[], {
			how: (["closed", "outbound", "away", "back"] as const)[(i % 4) as 0],
			device: i % 3 === 0 ? "mobile" : "desktop",
			channel: i % 4 === 0 ? "search" : "direct",
			gap: i % 5 === 0 ? 1 : 31,
			lcpMs: 600 + 137 * i,
			engagedMs: 3_000 + 900 * i,
			clicks: [["main a.bestill", 1 + (i % 2)]],
		}),
	);
	for (const reports of visits) if ((await send(reports)).status !== 204) throw new Error("a report was not taken");
	return visits.flat();
}

/** Table by table, the statements that make a database as it is. */
async function statementsOf(all: (sql: string) => Promise<Record<string, unknown>[]> | Record<string, unknown>[]) {
	const tables = await all(
		"SELECT name, sql FROM sqlite_master WHERE sql IS NOT NULL AND name NOT LIKE '\\_cf%' ESCAPE '\\' AND name NOT LIKE 'sqlite\\_%' ESCAPE '\\' ORDER BY type DESC, name",
	);
	const statements = tables.map(({ sql }) => String(sql));
	for (const { name, sql } of tables) {
		if (!String(sql).startsWith("CREATE TABLE")) continue;
		const columns = (await all(`SELECT name FROM pragma_table_info('${name}')`)).map((column) => String(column.name));
		const values = columns.map((column) => `quote("${column}")`).join(" || ',' || ");
		const rows = await all(`SELECT ${values} AS row FROM "${name}"`);
		statements.push(...rows.map(({ row }) => `INSERT INTO "${name}" VALUES (${row})`));
	}
	return statements;
}

test("writes data", { timeout: 60_000 }, async () => {
	vi.useFakeTimers({ toFake: ["Date"] });
	noon(small);
	const { key, policy } = await startFresh();
	await visit(policy, 3);
	noon(usual);
	const [sealed] = await visit(policy, 80);
	noon(open);
	for (const day of [small, usual]) if ((await closePeriod(key, day)).status !== 200) throw new Error("not closed");
	const [, , , , folded] = await visit(policy, 40);
	vi.setSystemTime(Date.now() + 3_600_000);
	const book = bookOf(testEnv, "shop");
	await runInDurableObject(book, (inside: Book) => inside.foldOver(Date.now()));
	const [pending] = await visit(policy, 10);
	await send({ ...sealed, seq: 9 }); // late

	const answers: Record<string, object> = {};
	for (const day of [usual, open])
		for (const route of [
			"summary",
			"timeline",
			"pages",
			"flows",
			"leaving",
			"channels",
			"devices",
			"elements",
			"vitals",
		])
			for (const page of route === "flows" ? ["/", "/priser"] : [undefined]) {
				const query = `?from=${day}&to=${day}${page ? `&page=${page}` : ""}`;
				answers[route + query] = await figures<object>(key, route, query);
			}
	const data = {
		now: new Date().toISOString(),
		key,
		d1: await statementsOf(async (sql) => (await testEnv.DB.prepare(sql).all()).results),
		book: await runInDurableObject(book, (_, state) => statementsOf((sql) => state.storage.sql.exec(sql).toArray())),
		answers,
	};
	console.log(`DATA ${JSON.stringify({ ...data, sealed, folded, pending })}`);
});
