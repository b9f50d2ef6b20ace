/** For whom sightings are noted: a site whose owner has looked at its set-up less than a day ago. What was noted goes with it. */
import { eq } from "drizzle-orm";
import { drizzle } from "drizzle-orm/d1";
import type { Look } from "../../schema/setup.ts";
import { setup, sighting } from "../../schema/tables.ts";
import type { Env } from "../env.ts";
import { forgetSite, type Site } from "../sites/sites.ts";

const watchMs = 24 * 3_600_000;
/** Written anew only when this much of it has gone. */
const renewMs = watchMs / 2;

type Watched = Pick<Site, "id" | "watchedUntil">;

/**
 * The owner looks: notes are made from now on, in other isolates as soon as their copy of the site is old. What a watch that was
 * over has left is not for this one; whether it was over is asked of D1, because this isolate's copy of the site may be old too.
 */
export async function watchSite(env: Env, { id, watchedUntil }: Watched, now: number): Promise<void> {
	if (watchedUntil - now > renewMs) return;
	await env.DB.batch([
		env.DB.prepare(
			"DELETE FROM sighting WHERE site = ?1 AND EXISTS (SELECT 1 FROM setup WHERE site = ?1 AND until <= ?2)",
		).bind(id, now),
		env.DB.prepare(
			`INSERT INTO setup VALUES (?1, CAST(?2 AS INTEGER), NULL)
			ON CONFLICT DO UPDATE SET look = CASE WHEN until <= ?3 THEN NULL ELSE look END, until = excluded.until`,
		).bind(id, now + watchMs, now),
	]);
	forgetSite(id);
}

/** Part of the scheduled work: once a watch is over, what was noted is deleted. */
export async function endWatch(d1: D1Database, { id, watchedUntil }: Watched, now: number): Promise<void> {
	if (watchedUntil === 0 || watchedUntil > now) return;
	const db = drizzle(d1);
	await db.batch([db.delete(sighting).where(eq(sighting.site, id)), db.delete(setup).where(eq(setup.site, id))]);
}

export async function keepLook(db: D1Database, site: string, look: Look): Promise<void> {
	await drizzle(db).update(setup).set({ look }).where(eq(setup.site, site));
}

export async function lookOf(db: D1Database, site: string): Promise<Look | null> {
	const [row] = await drizzle(db).select({ look: setup.look }).from(setup).where(eq(setup.site, site));
	return row?.look ?? null;
}
