/**
 * A backup read once before anything is written: refused, in words, where it is not whole, not a backup, of a later version, or
 * names tables and columns that are not ours. Leaves out writing (restore.ts).
 */
import {
	backupVersion,
	type Databases,
	type End,
	type Head,
	nextSum,
	periodTables,
	type Rows,
	wholeTables,
} from "./backup.ts";

/** Gives the file's lines from the beginning, as often as asked. */
export type Lines = () => AsyncIterable<string>;

/** Reads everything once, and refuses what is not whole, not ours, or not for this version. */
export async function check(
	databases: Databases,
	lines: Lines,
): Promise<{ head: Head; site: Record<string, unknown> }> {
	let head: Head | undefined;
	let site: Record<string, unknown> | undefined;
	let end: End | undefined;
	let count = 0;
	let sum = "";
	const columns = new Map<string, Set<string>>();
	for await (const line of lines()) {
		if (end) throw new RangeError("Something follows after the end of the backup.");
		const part = parse(line);
		if ("end" in part) {
			end = part;
			continue;
		}
		count++;
		sum = await nextSum(sum, line);
		if (!head) {
			head = headOf(part);
			continue;
		}
		if (!("table" in part)) throw new RangeError(`Line ${count} is not one of a backup.`);
		await checkRows(databases[0], part, head.site, columns, count);
		if (part.table === "site") site = Object.fromEntries(part.columns.map((name, at) => [name, part.rows[0]?.[at]]));
	}
	if (!end || end.lines !== count || end.sum !== sum)
		throw new RangeError("The file is cut off or changed: its checksum does not fit. Nothing was written.");
	if (!head || !site) throw new RangeError("The backup holds no site.");
	return { head, site };
}

function parse(line: string): Head | Rows | End {
	try {
		const part: unknown = JSON.parse(line);
		if (typeof part === "object" && part !== null) return part as Head | Rows | End;
	} catch {
		// said below
	}
	throw new RangeError("This is not a backup: a line is not JSON.");
}

function headOf(part: Head | Rows): Head {
	if (!("sporlos" in part) || part.sporlos !== "backup") throw new RangeError("This is not a backup made by export.");
	if (part.version > backupVersion) throw new RangeError("The backup was made by a later version of Sporløs.");
	if (!/^[a-z0-9-]{1,40}$/.test(part.site)) throw new RangeError("The backup names no site.");
	return part;
}

/** Names of tables and columns go into SQL: only those that are known do. Values are bound. */
async function checkRows(
	db: D1Database,
	{ table, period, columns, rows }: Rows,
	site: string,
	known: Map<string, Set<string>>,
	line: number,
): Promise<void> {
	const isKnown = (period === undefined ? wholeTables : periodTables).includes(table);
	if (!isKnown) throw new RangeError(`Line ${line} is of a table that this version does not have.`);
	if (!known.has(table)) {
		const { results } = await db.prepare(`PRAGMA table_info(${table})`).all<{ name: string }>();
		known.set(table, new Set(results.map(({ name }) => name)));
	}
	if (!columns.every((column) => known.get(table)?.has(column)))
		throw new RangeError(`The backup was made by a later version of Sporløs: ${table} has more columns there.`);
	const siteAt = columns.indexOf(table === "site" ? "id" : "site");
	const periodAt = columns.indexOf("period");
	const fits = rows.every(
		(row) =>
			row.length === columns.length &&
			row[siteAt] === site &&
			(period === undefined || row[periodAt] === period) &&
			row.every((value) => value === null || typeof value === "string" || typeof value === "number"),
	);
	if (!fits) throw new RangeError(`Line ${line} does not fit the rest of the backup.`);
}
