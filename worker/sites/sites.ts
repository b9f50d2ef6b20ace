/** A site's settings as every request needs them, read from D1 and kept in the isolate for a short while. */
import { drizzle } from "drizzle-orm/d1";
import { site } from "../../schema/tables.ts";
import type { Env } from "../env.ts";
import { Problem } from "../problem.ts";
import { wasDeleted } from "./delete.ts";
import { readSite, type Site } from "./stored.ts";

export type { Site };

/** How long an isolate may answer from memory: a new notice takes effect within this time. */
const keepMs = 15_000;
/** Books that a site got less than this ago are not drawn yet: a visit takes longer to report. */
const newMs = 1_000;
const kept = new Map<string, { site: Site; until: number }>();

/** The site of an id. Throws `unknown-site`, or `deleted-site` for one that was. */
export async function siteOf(env: Env, id: string, now = Date.now()): Promise<Site> {
	const known = kept.get(id);
	if (known && known.until > now) return known.site;
	if (!/^[a-z0-9-]{1,40}$/.test(id)) throw new Problem("unknown-site");
	const found = await readSite(env.DB, id);
	if (!found) throw new Problem((await wasDeleted(env.DB, id)) ? "deleted-site" : "unknown-site");
	kept.set(id, { site: found, until: now + keepMs });
	return found;
}

/** The same, and undefined for one that was deleted. Throws `unknown-site`. */
export async function siteOrDeleted(env: Env, id: string, now = Date.now()): Promise<Site | undefined> {
	try {
		return await siteOf(env, id, now);
	} catch (error) {
		if (error instanceof Problem && error.kind === "deleted-site") return undefined;
		throw error;
	}
}

/** The site with at least so many books, should it have got more since this isolate read it; else as it is. */
export async function siteWithBooks(env: Env, site: Site, books: number, now = Date.now()): Promise<Site> {
	const readAt = (kept.get(site.id)?.until ?? 0) - keepMs;
	if (books <= site.books || now - readAt < newMs) return site;
	forgetSite(site.id);
	return siteOf(env, site.id, now);
}

/** Lets this isolate see a change at once; others see it when their copy is old. */
export function forgetSite(id: string): void {
	kept.delete(id);
}

/** Ids of all sites. */
export async function allSites(env: Env): Promise<string[]> {
	return (await drizzle(env.DB).select({ id: site.id }).from(site)).map(({ id }) => id);
}
