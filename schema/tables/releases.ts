/** Releases to partners: their terms, what they have spent, and what was drawn. */
import { index, integer, primaryKey, real, sqliteTable, text } from "drizzle-orm/sqlite-core";
import type { Grain } from "../period.ts";
import type { ReleaseGroup, ReleaseTerms } from "../release.ts";

/** What owners promised partners beforehand; see worker/release. */
export const release = sqliteTable(
	"release",
	{
		id: text().primaryKey().notNull(),
		site: text().notNull(),
		name: text().notNull(),
		audience: text().notNull(),
		grain: text().$type<Grain>().notNull(),
		/** Label of the first period that is released. */
		starts: text().notNull(),
		terms: text({ mode: "json" }).$type<ReleaseTerms>().notNull(),
		/** Of one period. */
		rho: real().notNull(),
		/** Origins whose pages may embed it. */
		frames: text({ mode: "json" }).$type<string[]>().notNull(),
		webhook: text(),
		created: integer().notNull(),
		ended: integer(),
	},
	(table) => [index("release_site").on(table.site)],
);

export const releaseSecret = sqliteTable("release_secret", {
	release: text().primaryKey().notNull(),
	site: text().notNull(),
	secret: text().notNull(),
});

/** One row a release and period: read only where it is final. */
export const releaseLedger = sqliteTable(
	"release_ledger",
	{
		site: text().notNull(),
		release: text().notNull(),
		period: text().notNull(),
		/** The drawing it is of: the same in its cells. */
		attempt: text().notNull(),
		state: text().$type<"draft" | "final">().notNull(),
		rho: real().notNull(),
		delta: real().notNull(),
		sample: integer({ mode: "boolean" }).notNull(),
		drawn: integer().notNull(),
		/** When the webhook had taken it. */
		told: integer(),
	},
	(table) => [primaryKey({ columns: [table.site, table.release, table.period] })],
);

/** Released figures of a group: by key, the values of its parts. */
export const releasedCell = sqliteTable(
	"released_cell",
	{
		site: text().notNull(),
		release: text().notNull(),
		period: text().notNull(),
		kind: text().$type<ReleaseGroup>().notNull(),
		attempt: text().notNull(),
		/** Variance of the noise in each value. */
		sigma2: integer().notNull(),
		cells: text({ mode: "json" }).$type<Record<string, number[]>>().notNull(),
	},
	(table) => [primaryKey({ columns: [table.site, table.release, table.period, table.kind] })],
);
