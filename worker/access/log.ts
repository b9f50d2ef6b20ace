/** The log of access: who was let in, who looked, who took figures out. For the owner of the site, for twelve months. */
import { and, desc, eq, lt } from "drizzle-orm";
import { drizzle } from "drizzle-orm/d1";
import type { AccessEvent } from "../../schema/access.ts";
import { dayOf } from "../../schema/period.ts";
import { accessLog } from "../../schema/tables.ts";
import { hashSecret, makeSecret } from "./secrets.ts";

/** Entries older than this are deleted by the nightly work. */
export const keptMs = 365 * 86_400_000;

export interface LogEntry {
	at: number;
	who: string;
	what: AccessEvent;
	/** Role, release or file; may be empty. */
	about: string;
}

/** Writes an entry on each of the sites. With `once`, the same is written once a day. */
export async function note(
	d1: D1Database,
	sites: Iterable<string>,
	{ at, who, what, about }: LogEntry,
	once?: string,
): Promise<void> {
	const day = dayOf(at);
	const id = once === undefined ? makeSecret() : await hashSecret(`${once}\n${what}\n${about}`);
	const db = drizzle(d1);
	const [first, ...rest] = [...new Set(sites)].map((site) =>
		db.insert(accessLog).values({ site, day, id, at, who, what, about }).onConflictDoNothing(),
	);
	if (first) await db.batch([first, ...rest]);
}

/** A site's log, newest first. */
export async function readLog(d1: D1Database, site: string, limit: number): Promise<LogEntry[]> {
	return drizzle(d1)
		.select({ at: accessLog.at, who: accessLog.who, what: accessLog.what, about: accessLog.about })
		.from(accessLog)
		.where(eq(accessLog.site, site))
		.orderBy(desc(accessLog.day), desc(accessLog.at))
		.limit(limit);
}

/** Deletes what is older than twelve months, of one site. */
export async function forgetOldLog(d1: D1Database, site: string, now: number): Promise<void> {
	await drizzle(d1)
		.delete(accessLog)
		.where(and(eq(accessLog.site, site), lt(accessLog.day, dayOf(now - keptMs))));
}
