/** A site as it is stored in D1, with the versions of its notice. Leaves out keeping it in memory (sites.ts). */
import { asc, eq } from "drizzle-orm";
import { drizzle } from "drizzle-orm/d1";
import * as v from "valibot";
import { type MeasuringSettings, measuringSchema } from "../../schema/settings.ts";
import { policy, setup, site } from "../../schema/tables.ts";
import type { PolicyRow } from "../policies/publish.ts";
import type { SiteSettings } from "./create.ts";

export interface Site extends Required<Omit<SiteSettings, "settings">> {
	settings: MeasuringSettings;
	/** The D1 database of its closed books; see shards.ts. */
	shard: number;
	/** The current policy version. */
	policy: string;
	/** Versions whose consents still count, and those that a material version has superseded. */
	valid: Set<string>;
	superseded: Set<string>;
	/** The versions themselves, oldest first. */
	policies: PolicyRow[];
	/** What its pages ask for is noted until then (ms since 1970), because its owner looks at the set-up; 0 where nobody does. */
	watchedUntil: number;
}

/** The site as it is stored, or undefined. */
export async function readSite(d1: D1Database, id: string): Promise<Site | undefined> {
	const db = drizzle(d1);
	const [[row], policies, [watch]] = await db.batch([
		db.select().from(site).where(eq(site.id, id)),
		db.select().from(policy).where(eq(policy.site, id)).orderBy(asc(policy.published)),
		db.select({ until: setup.until }).from(setup).where(eq(setup.site, id)),
	]);
	const current = policies.at(-1);
	if (!row || !current) return undefined;
	const lastMaterial = policies.findLastIndex(({ material }) => material);
	return {
		id: row.id,
		name: row.name,
		origins: row.origins,
		timeZone: row.timeZone,
		grain: row.grain,
		k: row.k,
		retentionMonths: row.retentionMonths,
		books: row.books,
		shard: row.shard,
		settings: v.parse(measuringSchema, row.settings),
		notice: current.notice,
		policy: current.version,
		valid: new Set(policies.slice(lastMaterial).map(({ version }) => version)),
		superseded: new Set(policies.slice(0, lastMaterial).map(({ version }) => version)),
		policies,
		watchedUntil: watch?.until ?? 0,
	};
}
