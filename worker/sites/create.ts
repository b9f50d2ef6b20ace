/** Creating a site with its first notice; used by the command line and the local start. */
import { count, sql } from "drizzle-orm";
import { drizzle } from "drizzle-orm/d1";
import { hashPolicy, versionOf } from "../../schema/canonical.ts";
import { maxBooks, maxK, minK } from "../../schema/limits.ts";
import { type Grain, grains } from "../../schema/period.ts";
import type { MeasuringSettings } from "../../schema/settings.ts";
import type { Notice } from "../../schema/site.ts";
import { site } from "../../schema/tables.ts";
import { publish, versionsOf } from "../policies/publish.ts";

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
	/** 1 unless set; can grow and never shrinks, because every book has to be asked at a closing. */
	books?: number;
	/** Goals, funnels and the like; what is left out has its default. */
	settings?: Partial<MeasuringSettings>;
	notice: Notice;
}

/** Policy version of a site's first notice. */
export async function policyVersion(notice: Notice): Promise<string> {
	return versionOf(await hashPolicy({ follows: null, material: true, notice }));
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
	books = 1,
}: Omit<SiteSettings, "notice" | "settings">): void {
	if (!/^[a-z0-9-]{1,40}$/.test(id)) throw new RangeError("A site's id is 1–40 lower-case letters, digits or hyphens.");
	if (name.trim() === "" || name.length > 100) throw new RangeError("A site's name has 1 to 100 characters.");
	if (!grains.includes(grain)) throw new RangeError(`The grain is one of ${grains.join(", ")}.`);
	if (!Number.isInteger(k) || k < minK || k > maxK) throw new RangeError(`k lies between ${minK} and ${maxK}.`);
	if (!Number.isInteger(retentionMonths) || retentionMonths < 1 || retentionMonths > 60)
		throw new RangeError("Statistics are kept for 1 to 60 whole months.");
	if (!Number.isInteger(books) || books < 1 || books > maxBooks)
		throw new RangeError(`A site has 1 to ${maxBooks} books.`);
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

/** The shard with the fewest sites, of so many that there are. */
async function emptiestShard(d1: D1Database, shards: number): Promise<number> {
	const taken = await drizzle(d1).select({ shard: site.shard, sites: count() }).from(site).groupBy(site.shard);
	const sitesIn = Array.from({ length: shards }, (_, shard) => taken.find((row) => row.shard === shard)?.sites ?? 0);
	return sitesIn.indexOf(Math.min(...sitesIn));
}

/**
 * Creates the site or brings it up to date. Goals and the like that somebody has set are kept, and so is a notice that is
 * published: another one is a new version (worker/policies/publish.ts). A new site is given one of `shards` databases, for
 * good. Throws on settings out of range.
 */
export async function createSite(d1: D1Database, settings: SiteSettings, now = Date.now(), shards = 1): Promise<void> {
	refuseBadSite(settings);
	const db = drizzle(d1);
	const { notice, ...row } = settings;
	const { id, ...changes } = row;
	const books = sql`max(${site.books}, excluded.books)`;
	const kept = sql`CASE ${site.settings} WHEN '{}' THEN excluded.settings ELSE ${site.settings} END`;
	await db
		.insert(site)
		.values({ ...row, created: now, shard: await emptiestShard(d1, shards) })
		.onConflictDoUpdate({ target: site.id, set: { ...changes, books, settings: kept } });
	const published = await versionsOf(d1, id);
	if (published.length === 0) await publish(d1, id, { material: true, notice }, undefined, now);
}
