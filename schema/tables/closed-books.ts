/** Closed periods: sealed cells, their sums, erasures to come, and what other tools had counted. */
import { integer, primaryKey, sqliteTable, text } from "drizzle-orm/sqlite-core";
import type { ImportSource } from "../imports.ts";

/** Sealed statistics: `tally` as worker/query/tally.ts encodes it. */
export const cell = sqliteTable(
	"cell",
	{
		site: text().notNull(),
		tree: text().notNull(),
		period: text().notNull(),
		key: text().notNull(),
		devices: integer().notNull(),
		tally: text().notNull(),
	},
	(table) => [primaryKey({ columns: [table.site, table.tree, table.period, table.key] })],
);

/** One row per sealed period: its presence says that the period's cells are all there. */
export const closing = sqliteTable(
	"closing",
	{
		site: text().notNull(),
		period: text().notNull(),
		/** First of the too small periods that were joined into this one; itself where none was. */
		coversFrom: text("covers_from").notNull(),
		k: integer().notNull(),
		sample: integer({ mode: "boolean" }).notNull(),
		closed: integer().notNull(),
	},
	(table) => [primaryKey({ columns: [table.site, table.period] })],
);

/** Sums of a month's sealed cells: derived, and made anew at will (worker/closing/months.ts). */
export const monthCell = sqliteTable(
	"month_cell",
	{
		site: text().notNull(),
		tree: text().notNull(),
		/** yyyy-mm; a week belongs to the month of its Monday. */
		month: text().notNull(),
		key: text().notNull(),
		/** Counts of the measures that nearly every figure needs; `rest` holds the others. */
		tally: text().notNull(),
		rest: text().notNull(),
		/** Views of each period of the month, where a figure shows them. */
		trend: text().notNull(),
	},
	(table) => [primaryKey({ columns: [table.site, table.tree, table.month, table.key] })],
);

/** Every month that has a closing, and how much of it is summed. */
export const month = sqliteTable(
	"month",
	{
		site: text().notNull(),
		month: text().notNull(),
		/** Counted up by every change of the month's cells, so that sums of what was before are not taken for new ones. */
		changes: integer().notNull(),
		/** Cells its closings wrote: only large months are summed before they end. */
		cells: integer().notNull(),
		/** Trees summed since the last change. */
		trees: integer().notNull(),
		/** Rules by which they were summed. */
		version: integer().notNull(),
	},
	(table) => [primaryKey({ columns: [table.site, table.month] })],
);

/** Sums of the closed periods of usual ranges: derived, and made anew at will (worker/closing/spans.ts). */
export const span = sqliteTable(
	"span",
	{
		site: text().notNull(),
		/** See worker/query/spans.ts. */
		name: text().notNull(),
		/** Labels of the first and the last closed period in it. */
		first: text().notNull(),
		last: text().notNull(),
		/** Changes its months had had: with another number it is not read any more. */
		changes: integer().notNull(),
		/** Rules by which it was summed. */
		version: integer().notNull(),
		/** The same in its cells: when, and at random. */
		made: text().notNull(),
	},
	(table) => [primaryKey({ columns: [table.site, table.name] })],
);

/** The cells of a span, many to a row. */
export const spanCell = sqliteTable(
	"span_cell",
	{
		site: text().notNull(),
		tree: text().notNull(),
		made: text().notNull(),
		/** 0: the measures that nearly every figure needs; 1: the others. */
		half: integer().notNull(),
		part: integer().notNull(),
		/** JSON: key, tally and, in the first half, views of each period where a figure shows them. */
		body: text().notNull(),
	},
	(table) => [primaryKey({ columns: [table.site, table.tree, table.made, table.half, table.part] })],
);

/** One row per batch of erasures in a closed period. */
export const erasure = sqliteTable(
	"erasure",
	{
		site: text().notNull(),
		period: text().notNull(),
		/** Of the batch among those of its period. */
		number: integer().notNull(),
		batch: text().notNull(),
		applied: integer().notNull(),
	},
	(table) => [primaryKey({ columns: [table.site, table.period, table.number] })],
);

/** Closed periods whose figures another tool counted. */
export const imported = sqliteTable(
	"imported",
	{
		site: text().notNull(),
		period: text().notNull(),
		source: text().$type<ImportSource>().notNull(),
	},
	(table) => [primaryKey({ columns: [table.site, table.period] })],
);
