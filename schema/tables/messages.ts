/** Summaries and alerts: who is told, what is under way, and what is wrong on a site. */
import { index, integer, primaryKey, sqliteTable, text, uniqueIndex } from "drizzle-orm/sqlite-core";
import type {
	AlertKind,
	AlertLimits,
	Finding,
	MessageLanguage,
	OutgoingContent,
	SummaryRhythm,
	Way,
} from "../subscription.ts";

/** Who is told about a site by e-mail or webhook; see worker/subscriptions. */
export const subscription = sqliteTable(
	"subscription",
	{
		id: text().primaryKey().notNull(),
		site: text().notNull(),
		way: text().$type<Way>().notNull(),
		/** Confirmed by whoever reads its mail, or a webhook's address. */
		address: text().notNull(),
		summary: text().$type<SummaryRhythm>().notNull(),
		alerts: integer({ mode: "boolean" }).notNull(),
		language: text().$type<MessageLanguage>().notNull(),
		/** Where links in messages lead to: the place it was made in. */
		origin: text().notNull(),
		created: integer().notNull(),
		/** Label of the latest week or month that was put among the outgoing. */
		summarised: text().notNull().default(""),
		/** When the latest message was taken. */
		sent: integer(),
	},
	(table) => [uniqueIndex("subscription_address").on(table.site, table.way, table.address)],
);

/** E-mail addresses that nobody has confirmed yet. */
export const subscriptionRequest = sqliteTable("subscription_request", {
	hash: text().primaryKey().notNull(),
	site: text().notNull(),
	address: text().notNull(),
	summary: text().$type<SummaryRhythm>().notNull(),
	alerts: integer({ mode: "boolean" }).notNull(),
	language: text().$type<MessageLanguage>().notNull(),
	created: integer().notNull(),
	expires: integer().notNull(),
});

export const subscriptionSecret = sqliteTable("subscription_secret", {
	subscription: text().primaryKey().notNull(),
	site: text().notNull(),
	secret: text().notNull(),
});

/** Messages that are not taken yet. */
export const outgoing = sqliteTable(
	"outgoing",
	{
		subscription: text().notNull(),
		/** What it is about: the same is never put here twice. */
		message: text().notNull(),
		site: text().notNull(),
		content: text({ mode: "json" }).$type<OutgoingContent>().notNull(),
		made: integer().notNull(),
		tries: integer().notNull().default(0),
		/** Null where sending was given up. */
		due: integer(),
		failure: text(),
	},
	(table) => [primaryKey({ columns: [table.subscription, table.message] }), index("outgoing_site").on(table.site)],
);

/** How a site's alerts are judged, and up to which closed period they have been. */
export const alertWatch = sqliteTable("alert_watch", {
	site: text().primaryKey().notNull(),
	/** Those that were never set are left out. */
	limits: text({ mode: "json" }).$type<Partial<AlertLimits>>().notNull().default({}),
	judged: text().notNull().default(""),
});

/** What is wrong on a site, or was: one row for each thing that can be. */
export const siteAlert = sqliteTable(
	"site_alert",
	{
		site: text().notNull(),
		kind: text().$type<AlertKind>().notNull(),
		/** What of it: low, high, lcp, inp, script, api; empty for silence. */
		subject: text().notNull(),
		raised: integer().notNull(),
		ended: integer(),
		/** The figures that were compared, the latest time something changed. */
		finding: text({ mode: "json" }).$type<Finding>().notNull(),
	},
	(table) => [primaryKey({ columns: [table.site, table.kind, table.subject] })],
);
