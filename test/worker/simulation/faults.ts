/** Ways to make the book's storage, D1 and other books fail: at a chosen row, by triggers inside SQLite, or on the way there. */
import type { Book } from "../../../worker/book/book.ts";
import type { Env } from "../../../worker/env.ts";
import type { Trouble } from "./schedule.ts";

/** A table with the number of rows that may still be written; null is no limit. Every write of the others counts down. */
function fuseOf(tables: string[]): string[] {
	const left = "(SELECT rows FROM fuse)";
	return [
		"CREATE TABLE fuse (rows INTEGER)",
		"INSERT INTO fuse VALUES (NULL)",
		...tables.flatMap((table) =>
			["INSERT", "UPDATE", "DELETE"].map(
				(change) =>
					`CREATE TRIGGER fuse_${table}_${change} BEFORE ${change} ON ${table} WHEN ${left} IS NOT NULL BEGIN
						SELECT RAISE(ABORT, 'out of rows') WHERE ${left} <= 0;
						UPDATE fuse SET rows = rows - 1;
					END`,
			),
		),
	];
}

/** The statement that lets so many rows be written and no more. */
const lightFuse = "UPDATE fuse SET rows = CAST(? AS INTEGER)";

export function putFuseInBook(sql: SqlStorage): void {
	for (const statement of fuseOf(["inbox", "receipt", "pack", "name", "period", "mark", "erasure", "joined"]))
		sql.exec(statement);
}

export function limitBook(sql: SqlStorage, rows: number | null): void {
	sql.exec(lightFuse, rows);
}

export async function putFuseInD1(db: D1Database): Promise<void> {
	await db.batch(fuseOf(["cell", "closing", "erasure"]).map((statement) => db.prepare(statement)));
}

export async function limitD1(db: D1Database, rows: number | null): Promise<void> {
	await db.prepare(lightFuse).bind(rows).run();
}

/** The same D1 behind a connection that fails; `during` happens before a batch gets there. */
export function troubledD1(db: D1Database, trouble: Trouble, during: () => Promise<void>): D1Database {
	let isCut = trouble === "unreachable";
	let isLost = trouble === "answer lost" || trouble === "cut off";
	const reach = () => {
		if (isCut) throw new Error("D1 cannot be reached");
	};
	const connection: Pick<D1Database, "prepare" | "batch"> = {
		prepare: (query) => {
			reach();
			return db.prepare(query);
		},
		batch: async <T>(statements: D1PreparedStatement[]) => {
			reach();
			await during();
			const results = await db.batch<T>(statements);
			if (!isLost) return results;
			isLost = false;
			isCut = trouble === "cut off";
			throw new Error("the answer of D1 was lost");
		},
	};
	return Object.assign(Object.create(db) as D1Database, connection);
}

/**
 * The same books behind a connection that fails at one call, counted from 0 over all of them: `unreachable` before it gets there,
 * `answer lost` after it was carried out.
 */
export function troubledBooks(
	books: Env["BOOK"],
	trouble: { at: number; how: "unreachable" | "answer lost" } | undefined,
): Env["BOOK"] {
	let calls = 0;
	async function reach<T>(call: () => Promise<T>): Promise<T> {
		const isTrouble = calls++ === trouble?.at;
		if (isTrouble && trouble?.how === "unreachable") throw new Error("a book cannot be reached");
		const answer = await call();
		if (isTrouble) throw new Error("the answer of a book was lost");
		return answer;
	}
	const connection = {
		idFromName: (name: string) => books.idFromName(name),
		get: (id: DurableObjectId) => {
			const stub = books.get(id) as unknown as Book;
			return {
				handOver: (...args: Parameters<Book["handOver"]>) => reach(async () => stub.handOver(...args)),
				settle: (...args: Parameters<Book["settle"]>) => reach(async () => stub.settle(...args)),
			};
		},
	};
	return connection as unknown as Env["BOOK"];
}
