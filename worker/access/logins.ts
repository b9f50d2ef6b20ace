/** Logins: browsers that somebody is signed in with. Kept as hashes of what their cookies hold; listed, and ended at once. */
import { and, desc, eq, gt, lt } from "drizzle-orm";
import { drizzle } from "drizzle-orm/d1";
import type { LoginWay } from "../../schema/access.ts";
import { dayOf } from "../../schema/period.ts";
import { account, accountRight, login } from "../../schema/tables.ts";
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

/** Whose login a cookie's secret stands for, and what they may see now; undefined for an unknown or old one. */
export async function loginHolder(d1: D1Database, secret: string, now = Date.now()): Promise<Login | undefined> {
	const db = drizzle(d1);
	const id = await hashSecret(secret);
	const rows = await db
		.select({ account: account.id, name: account.name, seen: login.seen, right: accountRight })
		.from(login)
		.innerJoin(account, eq(account.id, login.account))
		.leftJoin(accountRight, eq(accountRight.account, account.id))
		.where(and(eq(login.hash, id), gt(login.expires, now)));
	const [first] = rows;
	if (!first) return undefined;
	const today = dayOf(now);
	if (first.seen !== today) await db.update(login).set({ seen: today }).where(eq(login.hash, id));
	return { id, account: first.account, name: first.name, rights: rows.flatMap(({ right }) => right ?? []) };
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
