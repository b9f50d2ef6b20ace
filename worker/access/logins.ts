/** Logins: browsers that somebody is signed in with. Kept as hashes of what their cookies hold; listed, and ended at once. */
import { and, desc, eq, gt, lt } from "drizzle-orm";
import { drizzle } from "drizzle-orm/d1";
import type { LoginWay } from "../../schema/access.ts";
import { dayOf } from "../../schema/period.ts";
import { login } from "../../schema/tables.ts";
import type { Right } from "./rights.ts";
import { hashSecret, makeSecret } from "./secrets.ts";

export const loginMs = 30 * 86_400_000;

export interface Login {
	/** Hash of what the cookie holds. */
	id: string;
	account: string;
	name: string;
	rights: Right[];
}

/** Starts a login. Returns what its cookie holds. */
export async function startLogin(
	d1: D1Database,
	{ account: id, how, browser }: { account: string; how: LoginWay; browser: string },
	now = Date.now(),
): Promise<string> {
	const secret = makeSecret();
	const db = drizzle(d1);
	const hash = await hashSecret(secret);
	await db.batch([
		db.delete(login).where(lt(login.expires, now)),
		db
			.insert(login)
			.values({ hash, account: id, how, browser, created: now, seen: dayOf(now), expires: now + loginMs }),
	]);
	return secret;
}

/** What else is to be read in the same call, and the rows each statement found. */
export interface Along {
	statements: D1PreparedStatement[];
	rows?: unknown[][];
}

type LoginRow = Pick<Login, "account" | "name"> & { seen: string } & { [Name in keyof Right]: Right[Name] | null };

/** Whose login a cookie's secret stands for, and what they may see now; undefined for an unknown or old one. */
export async function loginHolder(
	d1: D1Database,
	secret: string,
	now = Date.now(),
	along?: Along,
): Promise<Login | undefined> {
	const id = await hashSecret(secret);
	const holder = d1
		.prepare(
			`SELECT login.account, account.name, login.seen, one.site, one.role, one.release
			FROM login JOIN account ON account.id = login.account LEFT JOIN account_right AS one ON one.account = login.account
			WHERE login.hash = ?1 AND login.expires > ?2`,
		)
		.bind(id, now);
	const [found, ...more] = await d1.batch([holder, ...(along?.statements ?? [])]);
	if (along) along.rows = more.map(({ results }) => results);
	const rows = (found?.results ?? []) as LoginRow[];
	const [first] = rows;
	if (!first) return undefined;
	const today = dayOf(now);
	if (first.seen !== today) await drizzle(d1).update(login).set({ seen: today }).where(eq(login.hash, id));
	const rights = rows.flatMap(({ site, role, release }) =>
		site !== null && role !== null && release !== null ? [{ site, role, release }] : [],
	);
	return { id, account: first.account, name: first.name, rights };
}

/** An account's logins that still hold, newest first. */
export async function listLogins(d1: D1Database, id: string, now = Date.now()) {
	return drizzle(d1)
		.select({ id: login.hash, how: login.how, browser: login.browser, created: login.created, seen: login.seen })
		.from(login)
		.where(and(eq(login.account, id), gt(login.expires, now)))
		.orderBy(desc(login.created));
}

/** Ends one of an account's logins. */
export async function endLogin(d1: D1Database, { id, account: of }: Pick<Login, "id" | "account">): Promise<void> {
	await drizzle(d1)
		.delete(login)
		.where(and(eq(login.hash, id), eq(login.account, of)));
}
