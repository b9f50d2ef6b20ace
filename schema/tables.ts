/** The D1 tables for Drizzle. The migrations are written by hand, because drizzle-kit cannot emit WITHOUT ROWID; a test holds the two together. */
import { index, integer, primaryKey, real, sqliteTable, text, uniqueIndex } from "drizzle-orm/sqlite-core";
import type { AccessEvent, LoginWay, Role } from "./access.ts";
import type { ImportSource } from "./imports.ts";
import { defaultRetentionMonths } from "./limits.ts";
import type { Grain } from "./period.ts";
import type { ReleaseGroup, ReleaseTerms } from "./release.ts";
import type { MeasuringSettings } from "./settings.ts";
import type { Look, SightingKind } from "./setup.ts";
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
	/** Its visits are spread over this many books. */
	books: integer().notNull().default(1),
	/** The D1 database that holds its closed books: 0 is DB, 1 is DB_1, … */
	shard: integer().notNull().default(0),
});

/** Every version of a site's notice as published, never changed and never deleted; `version` is made from the hash of the rest. */
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

export const accessKey = sqliteTable("access_key", {
	hash: text().primaryKey().notNull(),
	site: text().notNull(),
	role: text().$type<Role>().notNull(),
	name: text().notNull(),
	created: integer().notNull(),
	/** Only of a partner's key. */
	release: text().notNull().default(""),
	/** Day (UTC) on which it was last used. */
	seen: text(),
});

export const signIn = sqliteTable("sign_in", {
	hash: text().primaryKey().notNull(),
	site: text().notNull(),
	expires: integer().notNull(),
	used: integer(),
});

export const login = sqliteTable("login", {
	hash: text().primaryKey().notNull(),
	account: text().notNull(),
	how: text().$type<LoginWay>().notNull(),
	/** Families only: Firefox, Linux. */
	browser: text().notNull(),
	created: integer().notNull(),
	/** Day (UTC) on which it was last used. */
	seen: text().notNull(),
	expires: integer().notNull(),
});

/** Somebody who can sign in. */
export const account = sqliteTable(
	"account",
	{
		id: text().primaryKey().notNull(),
		name: text().notNull(),
		/** In small letters; only where Cloudflare Access signs people in by it. */
		email: text(),
		created: integer().notNull(),
	},
	(table) => [uniqueIndex("account_email").on(table.email)],
);

/** What an account may see. Read on every request, so that deleting a row takes effect at once. */
export const accountRight = sqliteTable(
	"account_right",
	{
		account: text().notNull(),
		site: text().notNull(),
		role: text().$type<Role>().notNull(),
		/** Empty but for partners. */
		release: text().notNull().default(""),
		granted: integer().notNull(),
	},
	(table) => [
		primaryKey({ columns: [table.account, table.site, table.role, table.release] }),
		index("account_right_site").on(table.site),
	],
);

/** A link that lets one person in; the row goes when it is used. */
export const invitation = sqliteTable("invitation", {
	hash: text().primaryKey().notNull(),
	site: text().notNull(),
	role: text().$type<Role>().notNull(),
	release: text().notNull().default(""),
	/** Of the person, as the log shall name them. */
	name: text().notNull(),
	/** Then only whoever Cloudflare Access vouches for by it can use the link. */
	email: text(),
	created: integer().notNull(),
	expires: integer().notNull(),
});

export const passkey = sqliteTable("passkey", {
	/** The credential's id, base64url. */
	id: text().primaryKey().notNull(),
	account: text().notNull(),
	name: text().notNull(),
	/** SubjectPublicKeyInfo, base64url. */
	publicKey: text("public_key").notNull(),
	/** COSE number. */
	algorithm: integer().notNull(),
	/** Signatures it has made; 0 where it does not count. */
	counter: integer().notNull(),
	created: integer().notNull(),
	/** Day (UTC) on which it was last used. */
	seen: text(),
});

/** Codes that still work; a row goes when its code is used. */
export const recoveryCode = sqliteTable("recovery_code", {
	hash: text().primaryKey().notNull(),
	account: text().notNull(),
});

/** What a passkey has to sign, once. */
export const challenge = sqliteTable("challenge", {
	hash: text().primaryKey().notNull(),
	/** Whose passkey is to be added; empty where one is to sign somebody in. */
	account: text().notNull(),
	expires: integer().notNull(),
});

/** Who was let in, who looked, who took figures out. */
export const accessLog = sqliteTable(
	"access_log",
	{
		site: text().notNull(),
		/** UTC. */
		day: text().notNull(),
		id: text().notNull(),
		at: integer().notNull(),
		/** Name of the person or key. */
		who: text().notNull(),
		what: text().$type<AccessEvent>().notNull(),
		/** Role, release or file. */
		about: text().notNull(),
	},
	(table) => [primaryKey({ columns: [table.site, table.day, table.id] })],
);

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
