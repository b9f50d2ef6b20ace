/** Creating a site and publishing a version of its notice; used by the command line and the local start. */
import { and, desc, eq } from "drizzle-orm";
import { drizzle } from "drizzle-orm/d1";
import { maxK, minK } from "../../schema/limits.ts";
import type { Grain } from "../../schema/period.ts";
import type { Notice } from "../../schema/site.ts";
import { policy, site } from "../../schema/tables.ts";

export interface SiteSettings {
	/** Lower-case letters, digits and hyphens. */
	id: string;
	name: string;
	/** Origins whose pages may report, e.g. https://www.example.no */
	origins: string[];
	timeZone: string;
	grain: Grain;
	k: number;
	/** 25 unless set; at most 60. */
	retentionMonths?: number;
	notice: Notice;
}

/** Policy version: the first 96 bits of the SHA-256 of the notice, base64url. */
export async function policyVersion(notice: Notice): Promise<string> {
	const digest = await crypto.subtle.digest("SHA-256", new TextEncoder().encode(JSON.stringify(notice)));
	const bytes = new Uint8Array(digest).slice(0, 12);
	return btoa(String.fromCharCode(...bytes))
		.replaceAll("+", "-")
		.replaceAll("/", "_");
}

function refuseBadSettings({ id, origins, timeZone, k, retentionMonths = 1 }: SiteSettings): void {
	if (!/^[a-z0-9-]{1,40}$/.test(id)) throw new Error("A site's id is 1–40 lower-case letters, digits or hyphens.");
	if (k < minK || k > maxK) throw new Error(`k lies between ${minK} and ${maxK}.`);
	if (!Number.isInteger(retentionMonths) || retentionMonths < 1 || retentionMonths > 60)
		throw new Error("Statistics are kept for 1 to 60 whole months.");
	for (const origin of origins) {
		if (new URL(origin).origin !== origin)
			throw new Error("An origin has a scheme and a host, and no path: https://www.example.no");
	}
	new Intl.DateTimeFormat("en", { timeZone }); // throws on an unknown zone
}

/** Creates the site or brings its settings up to date, and publishes the notice if this version is new. Throws on settings out of range. */
export async function createSite(d1: D1Database, settings: SiteSettings, now = Date.now()): Promise<void> {
	refuseBadSettings(settings);
	const db = drizzle(d1);
	const { notice, ...row } = settings;
	const version = await policyVersion(notice);
	const { id, ...changes } = row;
	await db
		.insert(site)
		.values({ ...row, created: now })
		.onConflictDoUpdate({ target: site.id, set: changes });
	const [latest] = await db.select().from(policy).where(eq(policy.site, id)).orderBy(desc(policy.published)).limit(1);
	if (latest?.version === version) return;
	await db.delete(policy).where(and(eq(policy.site, id), eq(policy.version, version)));
	await db.insert(policy).values({ site: id, version, notice, material: true, published: now });
}
