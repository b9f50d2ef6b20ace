/** Retention: sealed statistics of a site older than it promises to keep are deleted, closings and sums included. */
import { and, eq, lt, sql } from "drizzle-orm";
import { drizzle } from "drizzle-orm/d1";
import { dateOf, periodOfDate } from "../../schema/period.ts";
import { cell, closing, erasure, imported, month, monthCell, span, spanCell } from "../../schema/tables.ts";
import { treeNames } from "../../schema/tree-rules.ts";
import { monthOf } from "../query/months.ts";
import type { Site } from "../sites/stored.ts";

/** First local date that is kept: the first of the month, `months` months back. */
export function keptFrom(today: string, months: number): string {
	const [year = 0, month = 1] = today.split("-").map(Number);
	return new Date(Date.UTC(year, month - 1 - months, 1)).toISOString().slice(0, 10);
}

/** Deletes every period of the site that ended before the first kept date. */
export async function forgetOld(d1: D1Database, site: Site, now: number): Promise<void> {
	// Labels of one grain sort by time; a period that reaches into the kept months stays whole.
	const oldest = periodOfDate(keptFrom(dateOf(now, site.timeZone), site.retentionMonths), site.grain);
	const db = drizzle(d1);
	const tooOld = and(eq(closing.site, site.id), lt(closing.period, oldest));
	// Asked every few minutes, true once a month. A period's cells and its closing come and go together.
	if ((await db.$count(closing, tooOld)) === 0) return;
	// The first kept period may belong to a month of which weeks are deleted: that one is summed anew.
	const keptMonth = monthOf(oldest);
	await db.batch([
		// Made anew, where they are usual, without what goes.
		db.delete(span).where(eq(span.site, site.id)),
		db.delete(spanCell).where(eq(spanCell.site, site.id)),
		db.delete(month).where(and(eq(month.site, site.id), lt(month.month, keptMonth))),
		...treeNames.map((tree) =>
			db
				.delete(monthCell)
				.where(and(eq(monthCell.site, site.id), eq(monthCell.tree, tree), lt(monthCell.month, keptMonth))),
		),
		db
			.update(month)
			.set({ changes: sql`changes + 1`, trees: 0 })
			.where(and(eq(month.site, site.id), eq(month.month, keptMonth))),
		// One statement a tree keeps to the primary key's order (site, tree, period).
		db.delete(closing).where(tooOld),
		db.delete(erasure).where(and(eq(erasure.site, site.id), lt(erasure.period, oldest))),
		db.delete(imported).where(and(eq(imported.site, site.id), lt(imported.period, oldest))),
		...treeNames.map((tree) =>
			db.delete(cell).where(and(eq(cell.site, site.id), eq(cell.tree, tree), lt(cell.period, oldest))),
		),
	]);
}
