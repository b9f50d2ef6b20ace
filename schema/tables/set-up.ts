/** What an owner sees of a new site, and pictures of its pages. */
import { integer, primaryKey, sqliteTable, text } from "drizzle-orm/sqlite-core";
import type { Drawn } from "../picture.ts";
import type { PictureDevice } from "../picture-limits.ts";
import type { Look, SightingKind } from "../setup.ts";

/** Sites whose owner looks at their set-up; see worker/setup. */
export const setup = sqliteTable("setup", {
	site: text().primaryKey().notNull(),
	/** What the site's pages ask for is noted until then. */
	until: integer().notNull(),
	/** What the last look at the owner's own page found. */
	look: text({ mode: "json" }).$type<Look>(),
});

/** What a site's pages asked for while its owner looked: that it was, and in which hour. */
export const sighting = sqliteTable(
	"sighting",
	{
		site: text().notNull(),
		kind: text().$type<SightingKind>().notNull(),
		/** The file or origin. */
		about: text().notNull(),
		/** Its first instant. */
		hour: integer().notNull(),
	},
	(table) => [primaryKey({ columns: [table.site, table.kind, table.about] })],
);

/** Pictures of pages under a click map, one a page and class of device. */
export const picture = sqliteTable(
	"picture",
	{
		site: text().notNull(),
		page: text().notNull(),
		device: text().$type<PictureDevice>().notNull(),
		taken: integer().notNull(),
		drawn: text({ mode: "json" }).$type<Drawn>().notNull(),
	},
	(table) => [primaryKey({ columns: [table.site, table.page, table.device] })],
);

/** A link that lets one picture in; the row goes when it is used. */
export const pictureLink = sqliteTable("picture_link", {
	hash: text().primaryKey().notNull(),
	site: text().notNull(),
	page: text().notNull(),
	device: text().$type<PictureDevice>().notNull(),
	expires: integer().notNull(),
});
