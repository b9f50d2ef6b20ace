/**
 * A site's backup back into D1. The whole file is checked before anything is written; a closed period comes in one batch with
 * its closing, and only where nothing of it is there: an import that was broken off goes on where it stopped, and a second one
 * changes nothing. But where visitors have erased more from the period as the backup has it, that one replaces what is there, so
 * that going back in time brings nobody back. Month sums are made anew by the scheduled work. Leaves out the open book, which is
 * in no backup.
 */
import { treeNames } from "../../schema/tree-rules.ts";
import { jsonChunks } from "../book/chunks.ts";
import { monthChanged } from "../closing/months.ts";
import { wasDeleted, wasDeletedHere } from "../sites/delete.ts";
import { type Databases, type End, type Head, keyTable, periodTables, type Rows } from "./backup.ts";
import { check, type Lines } from "./check-backup.ts";

export interface Restored {
	site: string;
	made: string;
	/** False where the site was there already: then its settings stay as they are. */
	isNew: boolean;
	/** Closed periods written, those left out because something of them was there, and those replaced for more erasures. */
	periods: number;
	there: number;
	replaced: number;
	keys: number;
}

/** `lines` gives the file's lines from the beginning, twice. Throws a RangeError, in words, for what cannot be. */
export async function restore(databases: Databases, lines: Lines): Promise<Restored> {
	const { head, site } = await check(databases, lines);
	const [central] = databases;
	const id = head.site;
	// What was released of it must not be drawn a second time, and its visitors were told that it is gone.
	if (await wasDeleted(central, id)) throw new RangeError(wasDeletedHere(id));
	const there = await siteThere(central, id);
	for (const column of ["time_zone", "grain"])
		if (there && there[column] !== site[column])
			throw new RangeError(`There is a site "${id}" already, with another ${column.replace("_", " ")}.`);
	// A place with fewer databases keeps it in the first one.
	const wanted = Number((there ?? site).shard ?? 0);
	const shard = databases[wanted] ? wanted : 0;
	const db = databases[shard] as D1Database;
	const result: Restored = { site: id, made: head.made, isNew: !there, periods: 0, there: 0, replaced: 0, keys: 0 };
	const closings = await closingsThere(db, id);
	let pending: Rows[] = [];
	const writePeriod = async () => {
		const [first] = pending;
		if (first) {
			const fate = fateOf(pending, closings);
			if (fate !== "there") await db.batch(periodStatements(db, id, pending, fate === "replaced"));
			result[fate]++;
		}
		pending = [];
	};
	for await (const line of lines()) {
		const part = JSON.parse(line) as Rows | Head | End;
		if (!("table" in part)) continue;
		if (part.period === undefined) {
			const moved = part.table === "site" ? withShard(part, shard) : part;
			await central.batch(insert(central, moved, "INSERT OR IGNORE"));
			if (part.table === keyTable) result.keys += part.rows.length;
		} else {
			if (part.period !== pending[0]?.period) await writePeriod();
			pending.push(part);
		}
	}
	await writePeriod();
	return result;
}

async function siteThere(db: D1Database, id: string): Promise<Record<string, unknown> | null> {
	return db.prepare("SELECT * FROM site WHERE id = ?1").bind(id).first();
}

interface Closing {
	from: string;
	to: string;
	/** Batches of erasures in it. */
	erasures: number;
}

async function closingsThere(db: D1Database, site: string): Promise<Closing[]> {
	const { results } = await db
		.prepare(
			`SELECT covers_from AS "from", period AS "to",
				(SELECT count(*) FROM erasure WHERE erasure.site = closing.site AND erasure.period = closing.period) AS erasures
			FROM closing WHERE site = ?1`,
		)
		.bind(site)
		.all<Closing>();
	return results;
}

/** A closing's line names the first of the periods that were joined into it. */
function fateOf(parts: Rows[], closings: Closing[]): "periods" | "there" | "replaced" {
	const { period = "", columns = [], rows = [] } = parts[0] ?? {};
	const from = String(rows[0]?.[columns.indexOf("covers_from")] ?? period);
	const found = closings.filter((other) => other.from <= period && from <= other.to);
	if (found.length === 0) return "periods";
	const erasures = parts.reduce((sum, { table, rows: some }) => (table === "erasure" ? sum + some.length : sum), 0);
	const isSame = found.every((other) => other.from === from && other.to === period);
	return isSame && erasures > (found[0]?.erasures ?? 0) ? "replaced" : "there";
}

function withShard(part: Rows, shard: number): Rows {
	const at = part.columns.indexOf("shard");
	return at < 0 ? part : { ...part, rows: part.rows.map((row) => row.with(at, shard)) };
}

function periodStatements(db: D1Database, site: string, parts: Rows[], isThere: boolean): D1PreparedStatement[] {
	const period = parts[0]?.period ?? "";
	const cells = parts.reduce((sum, { table, rows }) => (table === "cell" ? sum + rows.length : sum), 0);
	const ofTrees = " AND tree IN (SELECT value FROM json_each(?3))";
	const removals = periodTables.map((table) => {
		const remove = `DELETE FROM ${table} WHERE site = ?1 AND period = ?2`;
		return table === "cell"
			? db.prepare(remove + ofTrees).bind(site, period, JSON.stringify(treeNames))
			: db.prepare(remove).bind(site, period);
	});
	return [
		...(isThere ? removals : []),
		...parts.flatMap((part) => insert(db, part, "INSERT")),
		monthChanged(db, site, period, isThere ? 0 : cells),
	];
}

function insert(
	db: D1Database,
	{ table, columns, rows }: Rows,
	verb: "INSERT" | "INSERT OR IGNORE",
): D1PreparedStatement[] {
	const names = columns.map((column) => `"${column}"`).join(", ");
	const values = columns.map((_, at) => `value ->> ${at}`).join(", ");
	const statement = db.prepare(`${verb} INTO ${table} (${names}) SELECT ${values} FROM json_each(?1)`);
	return [...jsonChunks(rows)].map((json) => statement.bind(json));
}
