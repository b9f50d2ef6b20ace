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
import { takeBackDeleted, wasDeletedHere } from "./delete.ts";

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

/** An id for the snippet, made from the name. */
export function idFrom(name: string): string {
	const plain = name.toLowerCase().replaceAll("æ", "ae").replaceAll("ø", "o").normalize("NFD");
	return plain
		.replace(/\p{Mark}/gu, "")
		.replace(/[^a-z0-9]+/g, "-")
		.replace(/^-+|-+$/g, "")
		.slice(0, 40);
}

type SiteFacts = Omit<SiteSettings, "notice" | "settings">;

/** What a site cannot be, each with the part that it is about. Goals and the like are checked by schema/settings.ts. */
export function siteFaults(facts: SiteFacts): { part: keyof SiteFacts; detail: string }[] {
	const { id, name, origins, timeZone, grain, k, retentionMonths = 1, books = 1 } = facts;
	const isWithin = (value: number, least: number, most: number) =>
		Number.isInteger(value) && value >= least && value <= most;
	const faults: [keyof SiteFacts, boolean, string][] = [
		["id", !/^[a-z0-9-]{1,40}$/.test(id), "A site's id is 1–40 lower-case letters, digits or hyphens."],
		["name", name.trim() === "" || name.length > 100, "A site's name has 1 to 100 characters."],
		["grain", !grains.includes(grain), `The grain is one of ${grains.join(", ")}.`],
		["k", !isWithin(k, minK, maxK), `k lies between ${minK} and ${maxK}.`],
		["retentionMonths", !isWithin(retentionMonths, 1, 60), "Statistics are kept for 1 to 60 whole months."],
		["books", !isWithin(books, 1, maxBooks), `A site has 1 to ${maxBooks} books.`],
		["origins", origins.length === 0 || origins.length > maxOrigins, `A site has 1 to ${maxOrigins} origins.`],
		["origins", !origins.every(isOrigin), "An origin has a scheme and a host, and no path: https://www.example.no"],
		["timeZone", !isTimeZone(timeZone), "A time zone is named as in Europe/Oslo."],
	];
	return faults.flatMap(([part, isWrong, detail]) => (isWrong ? [{ part, detail }] : []));
}

/** Throws a sentence for what a site cannot be. */
function refuseBadSite(facts: SiteFacts): void {
	const [fault] = siteFaults(facts);
	if (fault) throw new RangeError(fault.detail);
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

/** The page that adds a site is at /sites/new. */
export const reservedId = "new";

/**
 * Adds a site that is not there yet, in one of `shards` databases for good, with its first notice. False where the id is taken,
 * or was: nothing of that site is touched. Throws on settings out of range.
 */
export async function addSite(d1: D1Database, settings: SiteSettings, now: number, shards: number): Promise<boolean> {
	refuseBadSite(settings);
	if (settings.id === reservedId) throw new RangeError(`A site cannot be called "${reservedId}".`);
	const { notice, ...row } = settings;
	const db = drizzle(d1);
	const [added, refused] = await db.batch([
		db
			.insert(site)
			.values({ ...row, created: now, shard: await emptiestShard(d1, shards) })
			.onConflictDoNothing()
			.returning({ id: site.id }),
		takeBackDeleted(d1, settings.id),
	]);
	if (added.length === 0 || refused.length > 0) return false;
	await publish(d1, settings.id, { material: true, notice }, undefined, now);
	return true;
}

/**
 * Creates the site or brings it up to date. Goals and the like that somebody has set are kept, and so is a notice that is
 * published: another one is a new version (worker/policies/publish.ts). A new site is given one of `shards` databases, for
 * good. Throws on settings out of range, and for a site that was deleted.
 */
export async function createSite(d1: D1Database, settings: SiteSettings, now = Date.now(), shards = 1): Promise<void> {
	refuseBadSite(settings);
	const db = drizzle(d1);
	const { notice, ...row } = settings;
	const { id, ...changes } = row;
	const books = sql`max(${site.books}, excluded.books)`;
	const kept = sql`CASE ${site.settings} WHEN '{}' THEN excluded.settings ELSE ${site.settings} END`;
	const [, refused] = await db.batch([
		db
			.insert(site)
			.values({ ...row, created: now, shard: await emptiestShard(d1, shards) })
			.onConflictDoUpdate({ target: site.id, set: { ...changes, books, settings: kept } }),
		takeBackDeleted(d1, id),
	]);
	if (refused.length > 0) throw new RangeError(wasDeletedHere(id));
	const published = await versionsOf(d1, id);
	if (published.length === 0) await publish(d1, id, { material: true, notice }, undefined, now);
}
