/**
 * Loads of the gate file, counted to tell the share of page loads with consent: counting one, keeping those of ended periods in
 * D1, reading them. Leaves out what they are compared with (worker/stats/consent.ts).
 */
import { and, eq, gte, lt, lte, sql } from "drizzle-orm";
import { drizzle } from "drizzle-orm/d1";
import { boundsOf, dateOf, periodAt, periodOfDate } from "../../schema/period.ts";
import { gateLoads } from "../../schema/tables.ts";
import { bookOf } from "../book/books.ts";
import type { PeriodLoads } from "../book/loads.ts";
import type { Env } from "../env.ts";
import type { Site } from "../sites/sites.ts";
import { keptFrom } from "./retain.ts";

/** A load that was under way at the end of its period has been counted by then. */
const settleMs = 3_600_000;

/** Counts a load in the site's first book, whatever number of books there is. */
export async function countLoad(env: Env, site: Site, now: number): Promise<void> {
	await bookOf(env, site.id).countLoad(periodAt(now, site.grain, site.timeZone));
}

/**
 * Moves the numbers of ended periods to D1, and deletes those that are too old. Done twice, or broken off anywhere, it comes to the
 * same.
 */
export async function keepLoads(env: Env, site: Site, now: number): Promise<void> {
	const book = bookOf(env, site.id);
	for (const { period, loads } of await book.gateLoads()) {
		const bounds = boundsOf(period, site.grain, site.timeZone);
		if (bounds && bounds.end + settleMs > now) continue;
		await drizzle(env.DB)
			.insert(gateLoads)
			.values({ site: site.id, period, loads })
			.onConflictDoUpdate({ target: [gateLoads.site, gateLoads.period], set: { loads: sql`excluded.loads` } });
		await book.dropLoads(period);
	}
	const oldest = periodOfDate(keptFrom(dateOf(now, site.timeZone), site.retentionMonths), site.grain);
	await drizzle(env.DB)
		.delete(gateLoads)
		.where(and(eq(gateLoads.site, site.id), lt(gateLoads.period, oldest)));
}

/** Loads of every period between two labels in which any were counted. The book is asked first: what it has moved since is in D1. */
export async function loadsBetween(env: Env, site: Site, first: string, last: string): Promise<Map<string, number>> {
	const open: PeriodLoads[] = await bookOf(env, site.id).gateLoads();
	const kept: PeriodLoads[] = await drizzle(env.DB)
		.select({ period: gateLoads.period, loads: gateLoads.loads })
		.from(gateLoads)
		.where(and(eq(gateLoads.site, site.id), gte(gateLoads.period, first), lte(gateLoads.period, last)));
	const isAsked = ({ period }: PeriodLoads) => period >= first && period <= last;
	return new Map([...open.filter(isAsked), ...kept].map(({ period, loads }) => [period, loads]));
}
