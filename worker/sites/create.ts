/** Creating a site and publishing a version of its notice; used by the command line and the local start. */
import { and, desc, eq, sql } from "drizzle-orm";
import { drizzle } from "drizzle-orm/d1";
import { maxK, minK } from "../../schema/limits.ts";
import { type Grain, grains } from "../../schema/period.ts";
import type { MeasuringSettings } from "../../schema/settings.ts";
import type { Notice } from "../../schema/site.ts";
import { policy, site } from "../../schema/tables.ts";

/** The site's own addresses, with and without www, and a few for trying things out. */
const maxOrigins = 20;

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
	/** Goals, funnels and the like; what is left out has its default. */
	settings?: Partial<MeasuringSettings>;
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

/** A site as such: throws a sentence for what it cannot be. Goals and the like are checked by schema/settings.ts. */
export function refuseBadSite({
	id,
	name,
	origins,
	timeZone,
	grain,
	k,
	retentionMonths = 1,
}: Omit<SiteSettings, "notice" | "settings">): void {
	if (!/^[a-z0-9-]{1,40}$/.test(id)) throw new RangeError("A site's id is 1–40 lower-case letters, digits or hyphens.");
	if (name.trim() === "" || name.length > 100) throw new RangeError("A site's name has 1 to 100 characters.");
	if (!grains.includes(grain)) throw new RangeError(`The grain is one of ${grains.join(", ")}.`);
	if (!Number.isInteger(k) || k < minK || k > maxK) throw new RangeError(`k lies between ${minK} and ${maxK}.`);
	if (!Number.isInteger(retentionMonths) || retentionMonths < 1 || retentionMonths > 60)
		throw new RangeError("Statistics are kept for 1 to 60 whole months.");
	if (origins.length === 0 || origins.length > maxOrigins)
		throw new RangeError(`A site has 1 to ${maxOrigins} origins.`);
	if (!origins.every(isOrigin))
		throw new RangeError("An origin has a scheme and a host, and no path: https://www.example.no");
	if (!isTimeZone(timeZone)) throw new RangeError("A time zone is named as in Europe/Oslo.");
}

function isOrigin(text: string): boolean {
	return /^https?:/.test(text) && URL.canParse(text) && new URL(text).origin === text;
}

function isTimeZone(text: string): boolean {
	try {
		new Intl.DateTimeFormat("en", { timeZone: text });
		return true;
	} catch {
		return false;
	}
}

/**
 * Creates the site or brings it up to date, and publishes the notice if this version is new. Goals and the like that somebody
 * has set are kept. Throws on settings out of range.
 */
export async function createSite(d1: D1Database, settings: SiteSettings, now = Date.now()): Promise<void> {
	refuseBadSite(settings);
	const db = drizzle(d1);
	const { notice, ...row } = settings;
	const version = await policyVersion(notice);
	const { id, ...changes } = row;
	const kept = sql`CASE ${site.settings} WHEN '{}' THEN excluded.settings ELSE ${site.settings} END`;
	await db
		.insert(site)
		.values({ ...row, created: now })
		.onConflictDoUpdate({ target: site.id, set: { ...changes, settings: kept } });
	const [latest] = await db.select().from(policy).where(eq(policy.site, id)).orderBy(desc(policy.published)).limit(1);
	if (latest?.version === version) return;
	await db.delete(policy).where(and(eq(policy.site, id), eq(policy.version, version)));
	await db.insert(policy).values({ site: id, version, notice, material: true, published: now });
}
