/**
 * Closed periods that came from another tool, in D1: written with their closing and their mark, listed, and taken out again.
 * Leaves out which periods may come, and what their cells are (import-history.ts).
 */
import type { ImportSource } from "../../schema/imports.ts";
import { treeNames } from "../../schema/tree-rules.ts";
import { jsonChunks } from "../book/chunks.ts";
import { monthChanged } from "../closing/months.ts";
import type { SealedCell } from "../closing/seal.ts";
import { encode } from "../query/tally.ts";
import { readSite, type Site } from "../sites/stored.ts";
import type { Databases } from "./backup.ts";

/** The site, the database of its closed books, and when it was created. Throws a RangeError. */
export async function findSite(
	databases: Databases,
	id: string,
): Promise<{ site: Site; db: D1Database; created: number }> {
	const site = await readSite(databases[0], id);
	const db = site && databases[site.shard];
	if (!site || !db) throw new RangeError(`There is no site "${id}".`);
	const created = await databases[0]
		.prepare("SELECT created FROM site WHERE id = ?1")
		.bind(id)
		.first<number>("created");
	return { site, db, created: created ?? 0 };
}

export interface Closing {
	/** First of the periods it took in, and itself. */
	from: string;
	to: string;
	/** Null for our own. */
	source: ImportSource | null;
}

export async function closingsOf(db: D1Database, site: string): Promise<Closing[]> {
	const { results } = await db
		.prepare(
			`SELECT covers_from AS "from", closing.period AS "to", source FROM closing
			LEFT JOIN imported ON imported.site = closing.site AND imported.period = closing.period WHERE closing.site = ?1`,
		)
		.bind(site)
		.all<Closing>();
	return results;
}

interface Plan {
	site: Site;
	source: ImportSource;
	period: string;
	/** First of the periods it takes in. */
	from: string;
	now: number;
}

/** One batch, as a closing: everything of the period is there, or nothing. */
export async function write(
	db: D1Database,
	{ site, source, period, from, now }: Plan,
	cells: SealedCell[],
): Promise<void> {
	const rows = cells.map(({ tree, key, devices, tally }) => [tree, key, devices, encode(tally)]);
	const insert = db.prepare(
		`INSERT INTO cell (site, tree, period, key, devices, tally)
		SELECT ?1, value ->> 0, ?2, value ->> 1, value ->> 2, value ->> 3 FROM json_each(?3)`,
	);
	await db.batch([
		db
			.prepare(
				`INSERT INTO closing (site, period, covers_from, k, sample, closed)
				VALUES (?1, ?2, ?3, CAST(?4 AS INTEGER), 0, CAST(?5 AS INTEGER))`,
			)
			.bind(site.id, period, from, site.k, now),
		db.prepare("INSERT INTO imported (site, period, source) VALUES (?1, ?2, ?3)").bind(site.id, period, source),
		monthChanged(db, site.id, period, rows.length),
		...[...jsonChunks(rows)].map((json) => insert.bind(site.id, period, json)),
	]);
}

/** Takes out again what was imported from a tool. Returns the periods. */
export async function removeHistory(databases: Databases, id: string, source: ImportSource): Promise<string[]> {
	const { db } = await findSite(databases, id);
	const { results } = await db
		.prepare("SELECT period FROM imported WHERE site = ?1 AND source = ?2 ORDER BY period")
		.bind(id, source)
		.all<{ period: string }>();
	const ofPeriod = "site = ?1 AND tree IN (SELECT value FROM json_each(?3)) AND period = ?2";
	const trees = JSON.stringify(treeNames);
	for (const { period } of results) {
		const cells = await db
			.prepare(`SELECT count(*) AS n FROM cell WHERE ${ofPeriod}`)
			.bind(id, period, trees)
			.first<number>("n");
		await db.batch([
			db.prepare(`DELETE FROM cell WHERE ${ofPeriod}`).bind(id, period, trees),
			db.prepare("DELETE FROM closing WHERE site = ?1 AND period = ?2").bind(id, period),
			db.prepare("DELETE FROM imported WHERE site = ?1 AND period = ?2").bind(id, period),
			monthChanged(db, id, period, -(cells ?? 0)),
		]);
	}
	return results.map(({ period }) => period);
}

/** How many periods came from each tool, and from when to when. */
export async function listHistory(
	databases: Databases,
	id: string,
): Promise<{ source: ImportSource; periods: number; from: string; to: string }[]> {
	const { db } = await findSite(databases, id);
	const { results } = await db
		.prepare(
			`SELECT source, count(*) AS periods, min(period) AS "from", max(period) AS "to" FROM imported WHERE site = ?1 GROUP BY source`,
		)
		.bind(id)
		.all<{ source: ImportSource; periods: number; from: string; to: string }>();
	return results;
}
