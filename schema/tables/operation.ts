/** How the place is doing: what fails, and what was refused. */
import { integer, primaryKey, sqliteTable, text } from "drizzle-orm/sqlite-core";

/** Scheduled work that failed; see worker/operator/alerts.ts. */
export const alert = sqliteTable(
	"alert",
	{
		site: text().notNull(),
		kind: text().$type<"closing" | "upkeep" | "release">().notNull(),
		/** The period that could not be closed, or the release that is not complete; empty for upkeep. */
		subject: text().notNull(),
		failures: integer().notNull(),
		first: integer().notNull(),
		last: integer().notNull(),
		/** When it had failed twice. */
		raised: integer(),
		/** When ALERT_URL had taken the event. */
		told: integer(),
		ended: integer(),
	},
	(table) => [primaryKey({ columns: [table.site, table.kind, table.subject] })],
);

/** Refused requests of collectors by day (UTC) and kind, over all sites. */
export const refusal = sqliteTable(
	"refusal",
	{
		day: text().notNull(),
		kind: text().notNull(),
		n: integer().notNull(),
	},
	(table) => [primaryKey({ columns: [table.day, table.kind] })],
);
