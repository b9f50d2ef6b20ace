/**
 * The Worker itself, with a book that counts what Cloudflare bills for its storage: rows written by SQLite and alarms set. Only
 * for the benchmark, which asks at /bench/written. Leaves out D1, whose answers tell it themselves.
 */
import type { Env } from "../../worker/env.ts";
import worker, { Book as RealBook } from "../../worker/index.ts";
import type { Written } from "../bench/written.ts";

/** The same storage, counting. SQLite has written everything by the time a statement's first row is there. */
function counted(ctx: DurableObjectState, written: Written): DurableObjectState {
	const { storage } = ctx;
	const { sql } = storage;
	const exec = sql.exec.bind(sql);
	const setAlarm = storage.setAlarm.bind(storage);
	sql.exec = ((query: string, ...values: unknown[]) => {
		const cursor = exec(query, ...values);
		written.rows += cursor.rowsWritten;
		return cursor;
	}) as typeof sql.exec;
	storage.setAlarm = (...args) => {
		written.alarms++;
		return setAlarm(...args);
	};
	return ctx;
}

export class Book extends RealBook {
	readonly #written: Written;

	constructor(ctx: DurableObjectState, env: Env) {
		const written = { rows: 0, alarms: 0 };
		super(counted(ctx, written), env);
		this.#written = written;
	}

	written(): Written {
		return this.#written;
	}
}

export default {
	...worker,
	async fetch(request: Request, env: Env, ctx: ExecutionContext): Promise<Response> {
		const { pathname, searchParams } = new URL(request.url);
		if (pathname !== "/bench/written") return worker.fetch(request, env, ctx);
		const book = env.BOOK.getByName(`${searchParams.get("site")}#0`) as unknown as Book;
		return Response.json(await book.written());
	},
};
