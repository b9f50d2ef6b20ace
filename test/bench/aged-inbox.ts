/**
 * Makes books what they are after a day's work: reports that a fixture has sent within a minute are hours old, except for the last half
 * hour's, and the book folds them when it wakes. Reaches into the files in which workerd keeps Durable Objects on this machine; only while
 * it is not running. Leaves out sending them.
 */
import { readdir } from "node:fs/promises";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { viewSilentMs } from "../../schema/limits.ts";

const nsPerMs = 1_000_000n;

const folderOf = (dataDir: string) => join(dataDir, "do/sporlos-Book");
const alarms = "metadata.sqlite";

async function openBooks(dataDir: string): Promise<DatabaseSync[]> {
	const files = (await readdir(folderOf(dataDir))).filter((name) => name.endsWith(".sqlite") && name !== alarms);
	return files.map((name) => new DatabaseSync(join(folderOf(dataDir), name)));
}

/** All reports but the newest of each book were received earlier by so much that they are over, and its alarm is due. */
export async function ageReports(dataDir: string, newest: number): Promise<void> {
	const due = BigInt(Date.now()) * nsPerMs;
	for (const book of await openBooks(dataDir)) {
		book
			.prepare(
				`UPDATE inbox SET received = received - ? WHERE received <=
				(SELECT received FROM inbox ORDER BY received DESC LIMIT 1 OFFSET ?)`,
			)
			.run(2 * viewSilentMs, newest);
		book.prepare("UPDATE _cf_METADATA SET value = ? WHERE key = 1").run(due);
		book.close();
	}
	const scheduled = new DatabaseSync(join(folderOf(dataDir), alarms));
	scheduled.prepare("UPDATE _cf_ALARM SET scheduled_time = ?").run(due);
	scheduled.close();
}

/** Reports that wait in all books for their views to be over. */
export async function pendingReports(dataDir: string): Promise<number> {
	let pending = 0;
	for (const book of await openBooks(dataDir)) {
		const folded = "(SELECT coalesce(max(value), 0) FROM mark WHERE name = 'folded')";
		pending += Number(book.prepare(`SELECT count(*) AS n FROM inbox WHERE received > ${folded}`).get()?.n);
		book.close();
	}
	return pending;
}
