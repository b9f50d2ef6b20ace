/**
 * Erasure in D1: what waited in the book is taken out of a closed period's cells, which are sealed again, in one batch with the row
 * that says so. If that row is there already, an earlier attempt had succeeded and nothing is written. Leaves out the arithmetic
 * (reseal.ts) and what waits (worker/book/erasures.ts).
 */
import { and, eq, inArray } from "drizzle-orm";
import { drizzle } from "drizzle-orm/d1";
import { cell, closing, erasure } from "../../schema/tables.ts";
import { treeNames } from "../../schema/tree-rules.ts";
import { Cells, type PeriodCells } from "../book/cells.ts";
import { jsonChunks } from "../book/chunks.ts";
import { encode } from "../query/tally.ts";
import { monthChanged } from "./months.ts";
import { reseal } from "./reseal.ts";

interface ErasurePlan {
	site: string;
	period: string;
	/** The batch's own name: the same when it is tried again. */
	batch: string;
}

/** Takes `erased` out of a closed period, once. A period that D1 does not have, or no longer, has nothing to take from. */
export async function eraseSealed(
	d1: D1Database,
	{ site, period, batch }: ErasurePlan,
	erased: PeriodCells,
	now: number,
): Promise<void> {
	const db = drizzle(d1);
	const [closings, done, rows] = await db.batch([
		db
			.select()
			.from(closing)
			.where(and(eq(closing.site, site), eq(closing.period, period))),
		db
			.select()
			.from(erasure)
			.where(and(eq(erasure.site, site), eq(erasure.period, period))),
		db
			.select()
			.from(cell)
			.where(and(eq(cell.site, site), inArray(cell.tree, treeNames), eq(cell.period, period))),
	]);
	const [sealing] = closings;
	if (!sealing || done.some((row) => row.batch === batch)) return;

	const before = new Map(rows.map((row) => [`${row.tree}\n${row.key}`, row]));
	const cells = new Cells();
	cells.load(
		period,
		rows.map(({ tree, key, devices, tally }) => [tree as (typeof treeNames)[number], key, devices, tally]),
	);
	const kept = new Set<string>();
	const changed: unknown[] = [];
	for (const { tree, key, devices, tally } of reseal(cells.periods.get(period) ?? new Map(), erased, sealing.k)) {
		const id = `${tree}\n${key}`;
		const [text, old] = [encode(tally), before.get(id)];
		kept.add(id);
		if (old?.devices !== devices || old.tally !== text) changed.push([tree, key, devices, text]);
	}
	const gone = treeNames.flatMap((tree) => {
		const keys = rows.filter((row) => row.tree === tree && !kept.has(`${tree}\n${row.key}`)).map(({ key }) => key);
		return keys.length > 0 ? [[tree, keys] as const] : [];
	});

	const mark = d1.prepare("INSERT INTO erasure VALUES (?1, ?2, CAST(?3 AS INTEGER), ?4, CAST(?5 AS INTEGER))");
	const remove = d1.prepare(
		"DELETE FROM cell WHERE site = ?1 AND tree = ?2 AND period = ?3 AND key IN (SELECT value FROM json_each(?4))",
	);
	// The period may be deleted at the same time, because it is too old to keep.
	const write = d1.prepare(
		`INSERT INTO cell SELECT ?1, value ->> 0, ?2, value ->> 1, CAST(value ->> 2 AS INTEGER), value ->> 3 FROM json_each(?3)
		 WHERE EXISTS (SELECT 1 FROM closing WHERE site = ?1 AND period = ?2)
		 ON CONFLICT DO UPDATE SET devices = excluded.devices, tally = excluded.tally`,
	);
	await d1.batch([
		mark.bind(site, period, done.length + 1, batch, now),
		monthChanged(d1, site, period),
		...gone.map(([tree, keys]) => remove.bind(site, tree, period, JSON.stringify(keys))),
		...[...jsonChunks(changed)].map((json) => write.bind(site, period, json)),
	]);
}
