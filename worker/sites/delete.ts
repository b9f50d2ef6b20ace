/**
 * Deleting a site, its first step: in one transaction it is gone for everybody, with all that lets anybody in, and its id is taken
 * for good. Leaves out what there is much of, in D1 and in its books, which the scheduled work deletes (worker/closing/delete-sites.ts).
 */
import { and, desc, eq, exists, isNull } from "drizzle-orm";
import { drizzle } from "drizzle-orm/d1";
import { deletedSite, site } from "../../schema/tables.ts";
import { keptMs } from "../access/log.ts";

/** Tables that let somebody see something, or have something sent. */
const waysIn = ["account_right", "access_key", "sign_in", "invitation", "picture_link", "release"];
const messages = ["subscription", "subscription_request", "outgoing"];

/**
 * What goes of people together with a site: the accounts of those who could see nothing else, as when their right is ended. An
 * owner's stays, with its logins: an owner may add another site.
 */
export function endAccounts(d1: D1Database, id: string): D1PreparedStatement[] {
	const leaving = `SELECT account FROM account_right AS one WHERE site = ?1
		AND NOT EXISTS (SELECT 1 FROM account_right AS other WHERE other.account = one.account AND (other.site <> ?1 OR other.role = 'owner'))`;
	return [
		...["login", "passkey", "recovery_code"].map((table) => `DELETE FROM ${table} WHERE account IN (${leaving})`),
		`DELETE FROM account WHERE id IN (${leaving})`,
	].map((sql) => d1.prepare(sql).bind(id));
}

/** Deletes a site for good; `who` does it. False where there is none: a second time changes nothing. */
export async function deleteSite(d1: D1Database, id: string, who: string, now: number): Promise<boolean> {
	const [taken] = await d1.batch([
		d1
			.prepare(
				"INSERT INTO deleted_site SELECT id, books, shard, ?2, CAST(?3 AS INTEGER), NULL FROM site WHERE id = ?1",
			)
			.bind(id, who, now),
		...endAccounts(d1, id),
		...[...waysIn, ...messages].map((table) => d1.prepare(`DELETE FROM ${table} WHERE site = ?1`).bind(id)),
		d1.prepare("DELETE FROM site WHERE id = ?1").bind(id),
	]);
	return taken?.meta.changes === 1;
}

export async function wasDeleted(d1: D1Database, id: string): Promise<boolean> {
	return (await drizzle(d1).$count(deletedSite, eq(deletedSite.id, id))) > 0;
}

/** Goes into the batch that inserts a site: gives back a row where its id is a deleted site's, and then the site is not there. */
export function takeBackDeleted(d1: D1Database, id: string) {
	const db = drizzle(d1);
	const deleted = db.select().from(deletedSite).where(eq(deletedSite.id, id));
	return db
		.delete(site)
		.where(and(eq(site.id, id), exists(deleted)))
		.returning({ id: site.id });
}

export const wasDeletedHere = (id: string) => `The site "${id}" was deleted here, and its id is never used again.`;

export type DeletedSite = typeof deletedSite.$inferSelect;

/** All of them, the latest first. */
export function deletedSites(d1: D1Database): Promise<DeletedSite[]> {
	return drizzle(d1).select().from(deletedSite).orderBy(desc(deletedSite.deleted), desc(deletedSite.id));
}

/** Those of which something may be left. */
export function sitesToDelete(d1: D1Database): Promise<DeletedSite[]> {
	return drizzle(d1).select().from(deletedSite).where(isNull(deletedSite.ended));
}

/** Forgets who deleted sites when the log of access would. */
export async function forgetWho(d1: D1Database, now: number): Promise<void> {
	await d1
		.prepare("UPDATE deleted_site SET who = '' WHERE who <> '' AND deleted < CAST(?1 AS INTEGER)")
		.bind(now - keptMs)
		.run();
}
