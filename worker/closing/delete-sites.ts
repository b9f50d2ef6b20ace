/**
 * What is left of deleted sites, part of the scheduled work: the books forget everything, and every row of a table with a column
 * `site` goes, so many at a time. Done twice, or broken off anywhere, it comes to the same. Leaves out the first step, by which the
 * site is gone for everybody (worker/sites/delete.ts).
 */
import { and, eq, isNull } from "drizzle-orm";
import { drizzle } from "drizzle-orm/d1";
import { getTableConfig } from "drizzle-orm/sqlite-core";
import * as tables from "../../schema/tables.ts";
import { booksOf } from "../book/books.ts";
import type { Env } from "../env.ts";
import type { Step } from "../operator/alerts.ts";
import { type DeletedSite, endAccounts } from "../sites/delete.ts";
import { shardOf } from "../sites/shards.ts";

/**
 * For this long something may still be on its way: other isolates know the site for some seconds, and work that had begun goes on.
 * What it leaves is deleted by a last run after that.
 */
const settleMs = 3_600_000;
/** Of each table in one batch, so that D1 answers in time. */
const rowsAtOnce = 2_000;
/** In one run, so that the other sites need not wait long. */
const batchesInRun = 40;

/** Failures of the deletion itself are kept until it works. */
export const deletionStep = (site: string): Step => ({ site, kind: "upkeep", subject: "deletion" });
const conditions: Record<string, string> = { alert: " AND subject <> 'deletion'" };

/** One statement for each table that holds something of sites. */
export const deletions: readonly string[] = Object.values(tables).flatMap((table) => {
	const { name, columns, primaryKeys } = getTableConfig(table);
	if (!columns.some((column) => column.name === "site")) return [];
	const key = (primaryKeys[0]?.columns ?? columns.filter(({ primary }) => primary)).map((column) => `"${column.name}"`);
	const some = `SELECT ${key} FROM ${name} WHERE site = ?1${conditions[name] ?? ""} LIMIT ${rowsAtOnce}`;
	return [`DELETE FROM ${name} WHERE (${key}) IN (${some})`];
});

/** Deletes rows of the site until there are none. False where that takes another run. */
async function deleteRows(db: D1Database, site: string, mostBatches: number): Promise<boolean> {
	for (let batches = 0; batches < mostBatches; batches++) {
		const results = await db.batch(deletions.map((sql) => db.prepare(sql).bind(site)));
		if (results.every(({ meta }) => meta.changes < rowsAtOnce)) return true;
	}
	return false;
}

/** Deletes what there is of a deleted site. True once nothing is left, and nothing can come any more. */
export async function deleteRest(
	env: Env,
	{ id, books, shard, deleted }: DeletedSite,
	now: number,
	mostBatches = batchesInRun,
): Promise<boolean> {
	const isSettled = now >= deleted + settleMs;
	// The first one first: a closing that is under way there asks the others.
	for (const book of booksOf(env, { id, books })) await book.forgetAll(Math.max(now, deleted) + settleMs);
	await env.DB.batch(endAccounts(env.DB, id));
	let isEmpty = true;
	for (const db of new Set([env.DB, shardOf(env, { shard })]))
		isEmpty = (await deleteRows(db, id, mostBatches)) && isEmpty;
	if (!isEmpty || !isSettled) return false;
	for (const book of booksOf(env, { id, books })) await book.forgetAll(0);
	await drizzle(env.DB)
		.update(tables.deletedSite)
		.set({ ended: now })
		.where(and(eq(tables.deletedSite.id, id), isNull(tables.deletedSite.ended)));
	return true;
}
