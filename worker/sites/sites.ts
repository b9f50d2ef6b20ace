/** A site's settings as every request needs them, read from D1 and kept in the isolate for a short while. */
import { asc, eq } from "drizzle-orm";
import { drizzle } from "drizzle-orm/d1";
import { policy, site } from "../../schema/tables.ts";
import type { Env } from "../env.ts";
import { Problem } from "../problem.ts";
import type { SiteSettings } from "./create.ts";

export interface Site extends Required<SiteSettings> {
	/** The current policy version. */
	policy: string;
	/** Versions whose consents still count, and those that a material version has superseded. */
	valid: Set<string>;
	superseded: Set<string>;
}

/** How long an isolate may answer from memory: a new notice takes effect within this time. */
const keepMs = 15_000;
const kept = new Map<string, { site: Site; until: number }>();

/** The site of an id. Throws `unknown-site`. */
export async function siteOf(env: Env, id: string, now = Date.now()): Promise<Site> {
	const known = kept.get(id);
	if (known && known.until > now) return known.site;
	const found = /^[a-z0-9-]{1,40}$/.test(id) ? await readSite(env, id) : undefined;
	if (!found) throw new Problem("unknown-site");
	kept.set(id, { site: found, until: now + keepMs });
	return found;
}

async function readSite(env: Env, id: string): Promise<Site | undefined> {
	const db = drizzle(env.DB);
	const [[row], versions] = await db.batch([
		db.select().from(site).where(eq(site.id, id)),
		db.select().from(policy).where(eq(policy.site, id)).orderBy(asc(policy.published)),
	]);
	const current = versions.at(-1);
	if (!row || !current) return undefined;
	const lastMaterial = versions.findLastIndex((version) => version.material);
	return {
		id: row.id,
		name: row.name,
		origins: row.origins,
		timeZone: row.timeZone,
		grain: row.grain,
		k: row.k,
		retentionMonths: row.retentionMonths,
		notice: current.notice,
		policy: current.version,
		valid: new Set(versions.slice(lastMaterial).map(({ version }) => version)),
		superseded: new Set(versions.slice(0, lastMaterial).map(({ version }) => version)),
	};
}

/** Ids of all sites. */
export async function allSites(env: Env): Promise<string[]> {
	return (await drizzle(env.DB).select({ id: site.id }).from(site)).map(({ id }) => id);
}
