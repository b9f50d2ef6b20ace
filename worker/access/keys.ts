/** API keys: issued once, kept as hashes, looked up on every request so that ending one takes effect at once. */
import { and, asc, eq } from "drizzle-orm";
import { drizzle } from "drizzle-orm/d1";
import { accessKey } from "../../schema/tables.ts";
import { hashSecret, makeSecret } from "./secrets.ts";

export type Role = "owner" | "viewer";

/** Issues a key and ends the earlier one of the same name. Returns the key itself, which is kept nowhere. */
export async function issueKey(
	d1: D1Database,
	{ site, role, name, key = makeSecret() }: { site: string; role: Role; name: string; key?: string },
): Promise<string> {
	if (key.length < 8) throw new Error("A key has at least 8 characters.");
	const db = drizzle(d1);
	await db.batch([
		db.delete(accessKey).where(and(eq(accessKey.site, site), eq(accessKey.name, name))),
		db
			.insert(accessKey)
			.values({ hash: await hashSecret(key), site, role, name, created: Date.now() })
			.onConflictDoUpdate({ target: accessKey.hash, set: { site, role, name } }),
	]);
	return key;
}

/** What a key gives access to, or undefined for an unknown one. */
export async function keyHolder(d1: D1Database, key: string): Promise<{ site: string; role: Role } | undefined> {
	const [row] = await drizzle(d1)
		.select({ site: accessKey.site, role: accessKey.role })
		.from(accessKey)
		.where(eq(accessKey.hash, await hashSecret(key)));
	return row;
}

/** A site's keys without the keys themselves, oldest first. */
export async function listKeys(d1: D1Database, site: string): Promise<{ name: string; role: Role; created: number }[]> {
	return drizzle(d1)
		.select({ name: accessKey.name, role: accessKey.role, created: accessKey.created })
		.from(accessKey)
		.where(eq(accessKey.site, site))
		.orderBy(asc(accessKey.created));
}

/** Ends the key of a name at once. False where there is none. */
export async function endKey(d1: D1Database, site: string, name: string): Promise<boolean> {
	const ended = await drizzle(d1)
		.delete(accessKey)
		.where(and(eq(accessKey.site, site), eq(accessKey.name, name)))
		.returning({ name: accessKey.name });
	return ended.length > 0;
}
