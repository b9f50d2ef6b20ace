/**
 * A site as lines of JSON: what D1 keeps of it, table by table, then period by period, with a checksum at the end. Leaves out
 * what is derived (sums of months and usual ranges) or can be made again (pictures of pages), what lets people in (sign-in links and
 * logins never, hashes of keys unless asked), what is about this place only (alerts, messages under way, addresses nobody has
 * confirmed, what is noted during set-up), and the open book. Reading the lines back is restore.ts.
 */
import { getTableConfig } from "drizzle-orm/sqlite-core";
import * as tables from "../../schema/tables.ts";
import { treeNames } from "../../schema/tree-rules.ts";
import { hashSecret } from "../access/secrets.ts";

export const backupVersion = 1;

/** DB, and after it the databases of the other shards. */
export type Databases = readonly [central: D1Database, ...shards: D1Database[]];

/** Tables that are no part of a backup, each for its reason above. */
export const leftOut = new Set([
	...["month", "month_cell", "span", "span_cell"],
	...["picture", "picture_link"],
	...["sign_in", "login", "account", "account_right", "invitation", "passkey", "recovery_code", "challenge"],
	...["alert", "refusal", "release_secret", "access_log", "setup", "sighting", "deleted_site"],
	...["subscription_request", "subscription_secret", "outgoing", "site_alert"],
]);
export const keyTable = "access_key";

/** The site itself comes first, and a period's closing before its cells: so they are written back. */
const names = ["site", "closing", ...Object.values(tables).map((table) => getTableConfig(table).name)];
const kept = [...new Set(names)].filter((name) => !leftOut.has(name));
/** Tables whose rows belong to a closed period, kept in the site's shard and written together with its closing. */
export const periodTables = kept.filter((name) => ["closing", "cell", "erasure", "imported"].includes(name));
/** Tables whose rows belong to the site as a whole, kept in DB. */
export const wholeTables = kept.filter((name) => !periodTables.includes(name));

export type Value = string | number | null;
export interface Head {
	sporlos: "backup";
	version: number;
	site: string;
	/** When it was made, ISO 8601. */
	made: string;
}
export interface Rows {
	table: string;
	/** Of tables whose rows belong to one. */
	period?: string;
	columns: string[];
	rows: Value[][];
}
/** `sum`: each line's hash is that of the hash before it and the line. */
export interface End {
	end: true;
	lines: number;
	sum: string;
}

export const nextSum = (sum: string, line: string) => hashSecret(`${sum}\n${line}`);

const rowsPerLine = 500;
/** Cells asked for at once: about as much as D1 hands over gladly. */
const cellsPerRead = 5_000;

/** Every line of a site's backup. Throws a RangeError where there is no such site, or it changed meanwhile. */
export async function* backUp(
	databases: Databases,
	id: string,
	{ keys, now }: { keys: boolean; now: number },
): AsyncGenerator<string> {
	let lines = 0;
	let sum = "";
	const write = async (content: Head | Rows) => {
		const line = JSON.stringify(content);
		lines++;
		sum = await nextSum(sum, line);
		return line;
	};
	const [site] = await rowsOf(databases[0], "site", id);
	if (!site) throw new RangeError(`There is no site "${id}".`);
	const shard = databases[Number(site.shard ?? 0)];
	if (!shard) throw new RangeError(`The database of shard ${site.shard} is not among those of wrangler.toml.`);
	yield write({ sporlos: "backup", version: backupVersion, site: id, made: new Date(now).toISOString() });
	for (const table of wholeTables) {
		if (table === keyTable && !keys) continue;
		for (const part of linesOf(table, await rowsOf(databases[0], table, id))) yield write(part);
	}
	const before = await changesOf(shard, id);
	const closed = new Map<string, Record<string, Value>[]>();
	for (const table of periodTables) if (table !== "cell") closed.set(table, await rowsOf(shard, table, id));
	for (const { period } of closed.get("closing") ?? []) {
		const label = String(period);
		for (const table of periodTables) {
			const found =
				table === "cell" ? cellsOf(shard, id, label) : [closed.get(table)?.filter((row) => row.period === period)];
			for await (const rows of found) for (const part of linesOf(table, rows ?? [], label)) yield write(part);
		}
	}
	if ((await changesOf(shard, id)) !== before)
		throw new RangeError("Something was closed, erased or deleted meanwhile: this file is of no use, export again.");
	yield JSON.stringify({ end: true, lines, sum } satisfies End);
}

async function rowsOf(db: D1Database, table: string, site: string): Promise<Record<string, Value>[]> {
	const column = table === "site" ? "id" : "site";
	const order = periodTables.includes(table) ? " ORDER BY period" : "";
	const { results } = await db
		.prepare(`SELECT * FROM ${table} WHERE ${column} = ?1${order}`)
		.bind(site)
		.all<Record<string, Value>>();
	return results;
}

/** Tree by tree, because that is the primary key's order. */
async function* cellsOf(db: D1Database, site: string, period: string): AsyncGenerator<Record<string, Value>[]> {
	const select = db.prepare(
		`SELECT * FROM cell WHERE site = ?1 AND tree IN (SELECT value FROM json_each(?2)) AND period = ?3
		ORDER BY tree, key LIMIT CAST(?4 AS INTEGER) OFFSET CAST(?5 AS INTEGER)`,
	);
	for (let from = 0; ; from += cellsPerRead) {
		const { results } = await select
			.bind(site, JSON.stringify(treeNames), period, cellsPerRead, from)
			.all<Record<string, Value>>();
		yield results;
		if (results.length < cellsPerRead) return;
	}
}

function* linesOf(table: string, rows: Record<string, Value>[], period?: string): Generator<Rows> {
	const columns = Object.keys(rows[0] ?? {});
	for (let from = 0; from < rows.length; from += rowsPerLine) {
		const part = rows.slice(from, from + rowsPerLine).map((row) => columns.map((column) => row[column] ?? null));
		yield { table, ...(period === undefined ? {} : { period }), columns, rows: part };
	}
}

/** What every change of sealed cells counts up, deletions too. */
async function changesOf(db: D1Database, site: string): Promise<string> {
	const { results } = await db
		.prepare("SELECT month, changes FROM month WHERE site = ?1 ORDER BY month")
		.bind(site)
		.all();
	return JSON.stringify(results);
}
