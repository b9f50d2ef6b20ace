/** The owner's sign-in by a link that works once, which whoever runs the place can always make. Leaves out the ways in of an account: passkeys, codes, invitations. */
import { and, eq, gt, isNull, lt } from "drizzle-orm";
import { drizzle } from "drizzle-orm/d1";
import { signIn } from "../../schema/tables.ts";
import { firstOwner } from "./rights.ts";
import { hashSecret, makeSecret } from "./secrets.ts";

/** A link that nobody opened stops working after a day. */
const linkMs = 86_400_000;

/** Issues a sign-in token; the link is `/sign-in/<token>`. */
export async function issueSignIn(d1: D1Database, { site }: { site: string }, now = Date.now()): Promise<string> {
	const token = makeSecret();
	const db = drizzle(d1);
	await db.delete(signIn).where(lt(signIn.expires, now));
	await db.insert(signIn).values({ hash: await hashSecret(token), site, expires: now + linkMs });
	return token;
}

/** Uses up a token. Returns its site and the account of its first owner, or undefined when the token is used, old or unknown. */
export async function redeemSignIn(
	d1: D1Database,
	token: string,
	now = Date.now(),
): Promise<{ account: string; site: string } | undefined> {
	const [row] = await drizzle(d1)
		.update(signIn)
		.set({ used: now })
		.where(and(eq(signIn.hash, await hashSecret(token)), isNull(signIn.used), gt(signIn.expires, now)))
		.returning({ site: signIn.site });
	return row && { account: await firstOwner(d1, row.site, now), site: row.site };
}
