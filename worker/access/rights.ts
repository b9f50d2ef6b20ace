/** What accounts may see: granted, listed, ended. Read on every request, so that ending a right takes effect at once. */
import { and, asc, eq } from "drizzle-orm";
import { drizzle } from "drizzle-orm/d1";
import type { Role } from "../../schema/access.ts";
import { account, accountRight, login, passkey, recoveryCode } from "../../schema/tables.ts";
import { note } from "./log.ts";
import { makeSecret } from "./secrets.ts";

export interface Right {
	site: string;
	role: Role;
	/** Empty but for partners. */
	release: string;
}

export interface Person extends Right {
	account: string;
	name: string;
	granted: number;
	/** Day (UTC) on which they were last here, as far as their logins still tell. */
	seen: string | null;
}

/** A new account. Returns its id. */
export async function openAccount(
	d1: D1Database,
	{ name, email }: { name: string; email: string | null },
	now: number,
): Promise<string> {
	const id = makeSecret().slice(0, 22);
	await drizzle(d1).insert(account).values({ id, name, email, created: now });
	return id;
}

/** The account whose owner opens a site's sign-in links. */
export async function firstOwner(d1: D1Database, site: string, now: number): Promise<string> {
	const id = `owner:${site}`;
	const db = drizzle(d1);
	await db.batch([
		db.insert(account).values({ id, name: "owner", created: now }).onConflictDoNothing(),
		db.insert(accountRight).values({ account: id, site, role: "owner", granted: now }).onConflictDoNothing(),
	]);
	return id;
}

export async function grantRight(d1: D1Database, id: string, right: Right, now: number): Promise<void> {
	await drizzle(d1)
		.insert(accountRight)
		.values({ account: id, ...right, granted: now })
		.onConflictDoNothing();
}

/** Everybody who may see something of a site, in the order in which they came. */
export async function listPeople(d1: D1Database, site: string): Promise<Person[]> {
	const db = drizzle(d1);
	const rows = await db
		.select({
			account: account.id,
			name: account.name,
			site: accountRight.site,
			role: accountRight.role,
			release: accountRight.release,
			granted: accountRight.granted,
			seen: login.seen,
		})
		.from(accountRight)
		.innerJoin(account, eq(account.id, accountRight.account))
		.leftJoin(login, eq(login.account, account.id))
		.where(eq(accountRight.site, site))
		.orderBy(asc(accountRight.granted), asc(account.id), asc(login.seen));
	// The last of a right's logins, which is its newest.
	return [...new Map(rows.map((row) => [`${row.account} ${row.role} ${row.release}`, row])).values()];
}

/** Ends a right at once, and says so in the site's log. False where there was none. An account that may see nothing any more goes altogether. */
export async function endRight(
	d1: D1Database,
	{ account: id, site, role, release, by }: Right & { account: string; by: string },
	now = Date.now(),
): Promise<boolean> {
	const db = drizzle(d1);
	const isRight = and(
		eq(accountRight.account, id),
		eq(accountRight.site, site),
		eq(accountRight.role, role),
		eq(accountRight.release, release),
	);
	const [people, ended] = await db.batch([
		db.select({ name: account.name }).from(account).where(eq(account.id, id)),
		db.delete(accountRight).where(isRight).returning({ role: accountRight.role }),
	]);
	if (ended.length === 0) return false;
	const about = `${people[0]?.name ?? ""}: ${role} ${release}`.trim();
	await note(d1, [site], { at: now, who: by, what: "ended", about });
	if ((await db.$count(accountRight, eq(accountRight.account, id))) === 0)
		await db.batch([
			db.delete(login).where(eq(login.account, id)),
			db.delete(passkey).where(eq(passkey.account, id)),
			db.delete(recoveryCode).where(eq(recoveryCode.account, id)),
			db.delete(account).where(eq(account.id, id)),
		]);
	return true;
}
