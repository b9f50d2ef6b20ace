/** Who may see and do what: keys, people, the ways they sign in, and the log of it. */
import { index, integer, primaryKey, sqliteTable, text, uniqueIndex } from "drizzle-orm/sqlite-core";
import type { AccessEvent, LoginWay, Role } from "../access.ts";

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
