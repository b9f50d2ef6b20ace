/** What owners write down about their site. */
import { primaryKey, sqliteTable, text, uniqueIndex } from "drizzle-orm/sqlite-core";

/** What owners write down about their site, shown on its trend lines. */
export const note = sqliteTable(
	"note",
	{
		site: text().notNull(),
		id: text().notNull(),
		/** Local dates, both included. */
		first: text().notNull(),
		last: text().notNull(),
		text: text().notNull(),
		/** Cleaned path of the page it is about. */
		page: text(),
	},
	(table) => [
		primaryKey({ columns: [table.site, table.id] }),
		uniqueIndex("note_once").on(table.site, table.first, table.last, table.text),
	],
);
