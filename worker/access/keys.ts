/**
 * API keys: issued once, kept as hashes, looked up on every request so that ending one takes effect at once. What a key may do is its
 * role: everything on a site, its figures, its operation, or one release.
 */
import { and, asc, eq } from "drizzle-orm";
import { drizzle } from "drizzle-orm/d1";
import type { Role } from "../../schema/access.ts";
import { dayOf } from "../../schema/period.ts";
import { accessKey } from "../../schema/tables.ts";
import type { Right } from "./rights.ts";
import { hashSecret, makeSecret } from "./secrets.ts";

export interface KeyHolder extends Right {
	/** Hash of the key. */
	id: string;
	name: string;
}

/** Issues a key and ends the earlier one of the same name. Returns the key itself, which is kept nowhere. */
export async function issueKey(
	d1: D1Database,
	wanted: { site: string; role: Role; name: string; release?: string; key?: string },
): Promise<string> {
	const { site, role, name, release = "", key = makeSecret() } = wanted;
	if (key.length < 8) throw new Error("A key has at least 8 characters.");
	if ((role === "partner") !== (release !== ""))
		throw new Error("A partner's key is for one release, any other for none.");
	const db = drizzle(d1);
	await db.batch([
		db.delete(accessKey).where(and(eq(accessKey.site, site), eq(accessKey.name, name))),
		db
			.insert(accessKey)
			.values({ hash: await hashSecret(key), site, role, name, release, created: Date.now() })
			.onConflictDoUpdate({ target: accessKey.hash, set: { site, role, name, release } }),
	]);
	return key;
}

/** What a key gives access to, or undefined for an unknown one. */
export async function keyHolder(d1: D1Database, key: string, now = Date.now()): Promise<KeyHolder | undefined> {
	const db = drizzle(d1);
	const id = await hashSecret(key);
	const [row] = await db.select().from(accessKey).where(eq(accessKey.hash, id));
	if (!row) return undefined;
	const { site, role, release, name } = row;
	const today = dayOf(now);
	if (row.seen !== today) await db.update(accessKey).set({ seen: today }).where(eq(accessKey.hash, id));
	return { id, name, site, role, release };
}

/** A site's keys without the keys themselves, oldest first. `seen`: day (UTC) of the last use. */
export async function listKeys(
	d1: D1Database,
	site: string,
): Promise<{ name: string; role: Role; release: string; created: number; seen: string | null }[]> {
	return drizzle(d1)
		.select({
			name: accessKey.name,
			role: accessKey.role,
			release: accessKey.release,
			created: accessKey.created,
			seen: accessKey.seen,
		})
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
