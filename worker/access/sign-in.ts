/** The owner's sign-in by a link that works once, and the login it starts. Leaves out passkeys and invitations. */
import { and, eq, gt, isNull, lt } from "drizzle-orm";
import { drizzle } from "drizzle-orm/d1";
import { login, signIn } from "../../schema/tables.ts";
import { hashSecret, makeSecret } from "./secrets.ts";

const dayMs = 86_400_000;
/** A link that nobody opened stops working after a day. */
const linkMs = dayMs;
export const loginMs = 30 * dayMs;

/** Issues a sign-in token; the link is `/sign-in/<token>`. */
export async function issueSignIn(d1: D1Database, { site }: { site: string }, now = Date.now()): Promise<string> {
	const token = makeSecret();
	const db = drizzle(d1);
	await db.delete(signIn).where(lt(signIn.expires, now));
	await db.insert(signIn).values({ hash: await hashSecret(token), site, expires: now + linkMs });
	return token;
}

/** Uses up a token. Returns the login's secret for the cookie and its site, or undefined when the token is used, old or unknown. */
export async function redeemSignIn(
	d1: D1Database,
	token: string,
	now = Date.now(),
): Promise<{ secret: string; site: string } | undefined> {
	const db = drizzle(d1);
	const [row] = await db
		.update(signIn)
		.set({ used: now })
		.where(and(eq(signIn.hash, await hashSecret(token)), isNull(signIn.used), gt(signIn.expires, now)))
		.returning({ site: signIn.site });
	if (!row) return undefined;
	const secret = makeSecret();
	await db.delete(login).where(lt(login.expires, now));
	await db.insert(login).values({ hash: await hashSecret(secret), site: row.site, expires: now + loginMs });
	return { secret, site: row.site };
}

/** The site a login's secret gives access to, or undefined. */
export async function loginHolder(d1: D1Database, secret: string, now = Date.now()): Promise<string | undefined> {
	const [row] = await drizzle(d1)
		.select({ site: login.site })
		.from(login)
		.where(and(eq(login.hash, await hashSecret(secret)), gt(login.expires, now)));
	return row?.site;
}

/** Ends a login. */
export async function endLogin(d1: D1Database, secret: string): Promise<void> {
	await drizzle(d1)
		.delete(login)
		.where(eq(login.hash, await hashSecret(secret)));
}
