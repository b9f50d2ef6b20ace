/**
 * Closing a period in D1: seal, then write every cell in one batch with the row that says so. If that row is there
 * already, an earlier attempt had succeeded and nothing is written. Leaves out the book's side (book.ts).
 */

import { and, eq } from "drizzle-orm";
import { drizzle } from "drizzle-orm/d1";
import { closing } from "../../schema/tables.ts";
import { Cells, type PeriodCells } from "../book/cells.ts";
import { jsonChunks } from "../book/chunks.ts";
import { encode } from "../query/tally.ts";
import type { Site } from "../sites/stored.ts";
import { monthChanged } from "./months.ts";
import { seal } from "./seal.ts";

export interface ClosingPlan {
	site: string;
	period: string;
	k: number;
	/** Number of the site's books, and of the database for what they are closed into. */
	books: number;
	shard: number;
}

export function planFor({ id, k, books, shard }: Site, period: string): ClosingPlan {
	return { site: id, period, k, books, shard };
}

export interface PeriodToSeal {
	period: string;
	sample: boolean;
	cells: PeriodCells;
}

/**
 * Seals what is gathered (the period that closes, then the too small ones before it) as one. "joining" when even together they are
 * too small.
 */
export async function sealPeriod(
	db: D1Database,
	{ site, period, k }: ClosingPlan,
	gather: () => Promise<PeriodToSeal[]>,
	now: number,
): Promise<"sealed" | "joining"> {
	if (await isClosed(db, site, period)) return "sealed";
	const periods = await gather();
	const sum = joinPeriods(periods);
	const cells = sum.get("site")?.size ? seal(sum, k) : []; // nothing came: closed, and empty
	if (!cells) return "joining";
	const coversFrom = periods.map((row) => row.period).sort()[0] ?? period;
	const sample = periods.some((row) => row.sample);
	const rows = cells.map(({ tree, key, devices, tally }) => [tree, key, devices, encode(tally)]);
	const insert = db.prepare(
		`INSERT INTO cell SELECT ?1, value ->> 0, ?2, value ->> 1, CAST(value ->> 2 AS INTEGER), value ->> 3 FROM json_each(?3)`,
	);
	const mark = db.prepare(
		"INSERT INTO closing VALUES (?1, ?2, ?3, CAST(?4 AS INTEGER), CAST(?5 AS INTEGER), CAST(?6 AS INTEGER))",
	);
	try {
		await db.batch([
			mark.bind(site, period, coversFrom, k, sample ? 1 : 0, now),
			monthChanged(db, site, period, rows.length),
			...[...jsonChunks(rows)].map((json) => insert.bind(site, period, json)),
		]);
	} catch (error) {
		// The batch may have been taken although its answer was lost, or another attempt may have won.
		if (!(await isClosed(db, site, period))) throw error;
	}
	return "sealed";
}

/** Whether D1 has a closing of the period itself. */
export async function isClosed(db: D1Database, site: string, period: string): Promise<boolean> {
	const rows = await drizzle(db)
		.select({ period: closing.period })
		.from(closing)
		.where(and(eq(closing.site, site), eq(closing.period, period)));
	return rows.length > 0;
}

/** Periods added up; a cell's devices are the largest of them, because the same browser may be in several. */
export function joinPeriods(periods: PeriodToSeal[]): PeriodCells {
	const [only] = periods;
	if (only && periods.length === 1) return only.cells;
	const sum = new Cells();
	for (const { cells } of periods) {
		for (const [tree, keys] of cells) {
			for (const [key, { devices, tally }] of keys) {
				const before = sum.periods.get("")?.get(tree)?.get(key)?.devices ?? 0;
				sum.addCell("", tree, key, { devices: Math.max(before, devices) - before, tally });
			}
		}
	}
	return sum.periods.get("") ?? new Map();
}
