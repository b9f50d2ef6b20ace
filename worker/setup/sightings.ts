/**
 * What a site's pages ask for, noted while its owner looks at the set-up and a day after (watch.ts): that a gate file was asked for,
 * that a report came or was refused, and in which hour. So an owner sees how far it gets. Nothing of who asks: no address, no
 * browser, no count. Each isolate writes each thing once an hour, because a note that cost a write every time would let anybody
 * run up the bill.
 */

import { eq } from "drizzle-orm";
import { drizzle } from "drizzle-orm/d1";
import type { SightingKind } from "../../schema/setup.ts";
import { sighting } from "../../schema/tables.ts";
import type { ProblemKind } from "../problem.ts";
import type { Site } from "../sites/stored.ts";

const hourMs = 3_600_000;
/** Foreign origins are whatever a sender likes to write: few are kept, and few are noted an hour. */
const maxOrigins = 5;
const maxNotedAnHour = 1_000;
const maxNotedOrigins = 20;

export const hourOf = (now: number) => now - (now % hourMs);

/** What this isolate has noted in this hour: by site, kind and what it is about. */
let noted = new Map<string, Set<string>>();
let notedIn = 0;

function isNew(group: string, about: string, now: number, most: number): boolean {
	if (notedIn !== hourOf(now) || noted.size > maxNotedAnHour) {
		noted = new Map();
		notedIn = hourOf(now);
	}
	const known = noted.get(group) ?? new Set();
	if (known.has(about) || known.size >= most) return false;
	noted.set(group, known.add(about));
	return true;
}

type Watched = Pick<Site, "id" | "watchedUntil">;

/** A promise where there is something to write, for the caller to wait for after the answer. */
export function noteSighting(
	db: D1Database,
	{ id, watchedUntil }: Watched,
	kind: SightingKind,
	now: number,
	about = "",
): Promise<unknown> | undefined {
	// A watch that begins anew has forgotten what was noted.
	if (watchedUntil <= now || !isNew(`${id} ${kind} ${watchedUntil}`, about, now, maxNotedOrigins)) return undefined;
	const write = db
		.prepare(
			`INSERT INTO sighting SELECT ?1, ?2, ?3, CAST(?4 AS INTEGER)
			WHERE EXISTS (SELECT 1 FROM setup WHERE site = ?1 AND until > ?5)
			ON CONFLICT DO UPDATE SET hour = excluded.hour`,
		)
		.bind(id, kind, about, hourOf(now), now);
	const keepFew = db
		.prepare(
			`DELETE FROM sighting WHERE site = ?1 AND kind = ?2 AND about NOT IN (SELECT about FROM sighting
			WHERE site = ?1 AND kind = ?2 ORDER BY hour DESC, about = ?3 DESC LIMIT ${maxOrigins})`,
		)
		.bind(id, kind, about);
	return db.batch(kind === "foreign-origin" ? [write, keepFew] : [write]).catch(() => {}); // with the next one
}

/** An origin as it may be shown: what is none is nothing. */
export function originOf(text: string | undefined): string | undefined {
	if (!text || text.length > 100 || !URL.canParse(text)) return undefined;
	const { origin } = new URL(text);
	return /^https?:/.test(origin) ? origin : undefined;
}

const refusals: Partial<Record<ProblemKind, SightingKind>> = {
	"foreign-origin": "foreign-origin",
	superseded: "superseded",
	"no-consent": "no-consent",
	"outside-limits": "outside-limits",
};

/** A refused request of a site's pages. A browser that asks not to be measured is not noted even here: its refusal is not among these. */
export function noteRefusal(
	db: D1Database,
	site: Watched,
	problem: ProblemKind,
	origin: string | undefined,
	now: number,
): Promise<unknown> | undefined {
	const kind = refusals[problem];
	const about = kind === "foreign-origin" ? originOf(origin) : "";
	return kind && about !== undefined ? noteSighting(db, site, kind, now, about) : undefined;
}

/** Code of an earlier version was asked for: by a gate file that a cache has kept. Its path names no site, the page's origin does. */
export function noteOldCode(db: D1Database, origin: string | undefined, now: number): Promise<unknown> | undefined {
	const known = originOf(origin);
	if (known === undefined || !isNew("old-code", known, now, maxNotedOrigins)) return undefined;
	return db
		.prepare(
			`INSERT INTO sighting SELECT setup.site, 'old-code', '', CAST(?1 AS INTEGER)
			FROM setup JOIN site ON site.id = setup.site, json_each(site.origins) AS own
			WHERE setup.until > ?2 AND own.value = ?3
			ON CONFLICT DO UPDATE SET hour = excluded.hour`,
		)
		.bind(hourOf(now), now, known)
		.run()
		.catch(() => {}); // with the next one
}

export interface Sighting {
	kind: SightingKind;
	about: string;
	hour: number;
}

export async function sightingsOf(db: D1Database, site: string): Promise<Sighting[]> {
	const { kind, about, hour } = sighting;
	return drizzle(db).select({ kind, about, hour }).from(sighting).where(eq(sighting.site, site));
}
