/**
 * Applies schema/migrations to a D1 database, each file in one transaction with the row that says so, in the same table
 * that `wrangler d1 migrations apply` keeps. Running it twice is harmless. Leaves out remote databases: wrangler does those.
 */
import { readdir, readFile } from "node:fs/promises";
import { unstable_splitSqlQuery as splitSql } from "wrangler";

const bookkeeping = `CREATE TABLE IF NOT EXISTS d1_migrations(
	id INTEGER PRIMARY KEY AUTOINCREMENT,
	name TEXT UNIQUE,
	applied_at TIMESTAMP DEFAULT CURRENT_TIMESTAMP NOT NULL
)`;

export async function applyMigrations(db: D1Database, folder: string): Promise<void> {
	await db.prepare(bookkeeping).run();
	const { results } = await db.prepare("SELECT name FROM d1_migrations").all<{ name: string }>();
	const applied = new Set(results.map(({ name }) => name));
	const names = (await readdir(folder)).filter((name) => name.endsWith(".sql")).sort();
	for (const name of names.filter((name) => !applied.has(name))) {
		const statements = splitSql(await readFile(`${folder}/${name}`, "utf8"));
		const mark = db.prepare("INSERT INTO d1_migrations (name) VALUES (?)").bind(name);
		await db.batch([...statements.map((statement) => db.prepare(statement)), mark]);
	}
}
