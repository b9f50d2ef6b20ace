/** Sites, the versions of their notices, and loads of their gate files. */
import { integer, primaryKey, sqliteTable, text } from "drizzle-orm/sqlite-core";
import { defaultRetentionMonths } from "../limits.ts";
import type { Grain } from "../period.ts";
import type { MeasuringSettings } from "../settings.ts";
import type { Notice } from "../site.ts";

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
	/** Its visits are spread over this many books. */
	books: integer().notNull().default(1),
	/** The D1 database that holds its closed books: 0 is DB, 1 is DB_1, … */
	shard: integer().notNull().default(0),
});

/** Sites that were deleted: their ids are never given to another. See worker/sites/delete.ts. */
export const deletedSite = sqliteTable("deleted_site", {
	id: text().primaryKey().notNull(),
	books: integer().notNull(),
	shard: integer().notNull(),
	/** Name of the person, as the log had it; empty after twelve months. */
	who: text().notNull(),
	deleted: integer().notNull(),
	/** Since then nothing of it is here any more. */
	ended: integer(),
});

/** Every version of a site's notice as published, never changed, and deleted with the site alone; `version` is made from the hash of the rest. */
export const policy = sqliteTable(
	"policy",
	{
		site: text().notNull(),
		version: text().notNull(),
		notice: text({ mode: "json" }).$type<Notice>().notNull(),
		/** A material version supersedes every earlier one; an editorial one does not. */
		material: integer({ mode: "boolean" }).notNull(),
		published: integer().notNull(),
		/** The version before it; null for the first, and for those that were published before there was a chain. */
		follows: text(),
	},
	(table) => [primaryKey({ columns: [table.site, table.version] })],
);

/** How often the gate file was loaded in a period that has ended, on sites that count it. */
export const gateLoads = sqliteTable(
	"gate_loads",
	{
		site: text().notNull(),
		period: text().notNull(),
		loads: integer().notNull(),
	},
	(table) => [primaryKey({ columns: [table.site, table.period] })],
);
