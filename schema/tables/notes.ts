/** What people keep about a site for themselves: notes and saved views. */
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

/** Views of the pages of figures that were saved under a name, for all who read the site. */
export const savedView = sqliteTable(
	"saved_view",
	{
		site: text().notNull(),
		id: text().notNull(),
		name: text().notNull(),
		/** Name of the page of figures. */
		section: text().notNull(),
		/** Its canonical query without the question mark and the language: `p=7d&side=/priser`. */
		query: text().notNull(),
		/** Who made it; the account may be gone. */
		account: text().notNull(),
	},
	(table) => [
		primaryKey({ columns: [table.site, table.id] }),
		uniqueIndex("saved_view_name").on(table.site, table.name),
	],
);
