/** The D1 tables for Drizzle. The migrations are written by hand, because drizzle-kit cannot emit WITHOUT ROWID; a test holds the two together. */
import { integer, primaryKey, sqliteTable, text } from "drizzle-orm/sqlite-core";
import { defaultRetentionMonths } from "./limits.ts";
import type { Grain } from "./period.ts";
import type { MeasuringSettings } from "./settings.ts";
import type { Notice } from "./site.ts";

export const site = sqliteTable("site", {
	id: text().primaryKey().notNull(),
	name: text().notNull(),
	origins: text({ mode: "json" }).$type<string[]>().notNull(),
	timeZone: text("time_zone").notNull(),
	grain: text().$type<Grain>().notNull(),
	k: integer().notNull(),
	/** ms since 1970, like every instant below. */
	created: integer().notNull(),
	/** Sealed statistics are kept this long. */
	retentionMonths: integer("retention_months").notNull().default(defaultRetentionMonths),
	/** Parts that were never set are left out. */
	settings: text({ mode: "json" }).$type<Partial<MeasuringSettings>>().notNull().default({}),
});

/** Every version of a site's notice as published; `version` is the hash of `notice`. */
export const policy = sqliteTable(
	"policy",
	{
		site: text().notNull(),
		version: text().notNull(),
		notice: text({ mode: "json" }).$type<Notice>().notNull(),
		/** A material version supersedes every earlier one; an editorial one does not. */
		material: integer({ mode: "boolean" }).notNull(),
		published: integer().notNull(),
	},
	(table) => [primaryKey({ columns: [table.site, table.version] })],
);

export const accessKey = sqliteTable("access_key", {
	hash: text().primaryKey().notNull(),
	site: text().notNull(),
	role: text().$type<"owner" | "viewer">().notNull(),
	name: text().notNull(),
	created: integer().notNull(),
});

export const signIn = sqliteTable("sign_in", {
	hash: text().primaryKey().notNull(),
	site: text().notNull(),
	expires: integer().notNull(),
	used: integer(),
});

export const login = sqliteTable("login", {
	hash: text().primaryKey().notNull(),
	site: text().notNull(),
	expires: integer().notNull(),
});

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
