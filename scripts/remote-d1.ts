/**
 * A D1 database in somebody's Cloudflare account, spoken to over Cloudflare's REST API, with as much of the binding's interface
 * as our code and Drizzle use: so that commands run the same functions against it as the Worker does. Leaves out sessions.
 * Source: https://developers.cloudflare.com/api/resources/d1/subresources/database/methods/query (2026-11).
 */
import { Failure } from "./failure.ts";

export interface Account {
	/** Address of the API, without a trailing slash. */
	api: string;
	token: string;
	/** The account's id. */
	id: string;
}

interface Envelope<T> {
	success: boolean;
	result: T;
	errors?: { code: number; message: string }[];
}

/** One call to Cloudflare's API. Throws a Failure with Cloudflare's own words. */
export async function callCloudflare<T>(
	{ api, token }: Pick<Account, "api" | "token">,
	path: string,
	body?: unknown,
): Promise<T> {
	const response = await fetch(api + path, {
		method: body === undefined ? "GET" : "POST",
		headers: { authorization: `Bearer ${token}`, "content-type": "application/json" },
		...(body === undefined ? {} : { body: JSON.stringify(body) }),
	}).catch((error: Error) => {
		throw new Failure(
			`Cloudflare could not be reached: ${(error.cause as Error | undefined)?.message ?? error.message}.`,
		);
	});
	const envelope = (await response.json().catch(() => undefined)) as Envelope<T> | undefined;
	if (envelope?.success) return envelope.result;
	const words = envelope?.errors?.map(({ code, message }) => `${message} (${code})`).join("; ");
	throw new Failure(`Cloudflare refused ${path.replace(/\?.*/, "")}: ${words || `status ${response.status}`}.`);
}

/** Numbers travel as strings, as the API wants them; a column's affinity makes numbers of them again. */
const asParameter = (value: unknown) => (typeof value === "number" ? String(value) : value);

type Run = (kind: "query" | "raw", body: unknown) => Promise<unknown[]>;

interface Statement {
	sql: string;
	params: unknown[];
	bind(...values: unknown[]): Statement;
	all(): Promise<unknown>;
	run(): Promise<unknown>;
	first(): Promise<unknown>;
	raw(): Promise<unknown[][]>;
}

function statement(run: Run, sql: string, params: unknown[] = []): Statement {
	const all = async () => (await run("query", { sql, params }))[0];
	return {
		sql,
		params,
		bind: (...values) => statement(run, sql, values.map(asParameter)),
		all,
		run: all,
		first: async () => ((await all()) as { results: unknown[] }).results[0] ?? null,
		raw: async () => {
			const [result] = (await run("raw", { sql, params })) as { results: { rows: unknown[][] } }[];
			return result?.results.rows ?? [];
		},
	};
}

/** The database with this id as a D1 binding. */
export function remoteD1(account: Account, database: string): D1Database {
	const run: Run = (kind, body) =>
		callCloudflare(account, `/accounts/${account.id}/d1/database/${database}/${kind}`, body);
	const binding = {
		prepare: (sql: string) => statement(run, sql),
		batch: (statements: Statement[]) => run("query", { batch: statements.map(({ sql, params }) => ({ sql, params })) }),
	};
	return binding as unknown as D1Database;
}
