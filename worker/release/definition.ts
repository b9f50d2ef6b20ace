/**
 * Releases as owners define them, in D1: created before their first period begins, changed only in what decides nothing that is
 * public, ended for good. Leaves out who may do this (routes.ts) and drawing (drawing.ts).
 */
import { and, asc, eq, gte, inArray, isNull, lt } from "drizzle-orm";
import { drizzle } from "drizzle-orm/d1";
import { addDays, datesOf, type Grain, periodAt, periodOfDate } from "../../schema/period.ts";
import type { NewRelease, ReleaseChanges, ReleasePeriod, ReleaseTerms } from "../../schema/release.ts";
import { maxEpsilon } from "../../schema/release.ts";
import { release, releasedCell, releaseLedger, releaseSecret, site } from "../../schema/tables.ts";
import { makeSecret } from "../access/secrets.ts";
import { Problem } from "../problem.ts";
import type { Site } from "../sites/stored.ts";
import { rhoOf } from "./noise/accountant.ts";

export type Release = typeof release.$inferSelect;

/** What partners may see at once, by how long the site's own periods are: never less, and only what they make up exactly. */
export const periodsOfGrain: Record<Grain, ReleasePeriod[]> = {
	day: ["day", "week"],
	week: ["week"],
	month: ["month"],
};

export function refuseBadPeriod({ grain }: Pick<Site, "grain">, { period }: Pick<ReleaseTerms, "period">): void {
	const possible = periodsOfGrain[grain];
	if (!possible.includes(period))
		throw new Problem("outside-limits", `This site counts by the ${grain}: period is ${possible.join(" or ")}.`);
}

/**
 * The first period that begins after now, of the site and as partners see it. What is declared must be fixed before anybody can
 * have counted in it.
 */
export function nextStart(
	{ grain, timeZone }: Pick<Site, "grain" | "timeZone">,
	period: ReleasePeriod,
	now: number,
): string {
	const shown = periodAt(now, period, timeZone);
	const last = datesOf(shown, period)?.last ?? "";
	return periodOfDate(addDays(last, 1), grain);
}

/** The noise that one period may cost on one site, over all its releases: somebody may read them all. */
const maxRho = rhoOf(maxEpsilon);

/** Creates a release of resolved terms. Throws `outside-limits` where the site's releases together would tell too much. */
export async function createRelease(
	d1: D1Database,
	{ id, grain, timeZone }: Pick<Site, "id" | "grain" | "timeZone">,
	{ name, audience, frames, webhook, ...terms }: NewRelease,
	now: number,
): Promise<Release> {
	const row: Release = {
		id: makeSecret().slice(0, 16),
		site: id,
		name,
		audience,
		grain,
		starts: nextStart({ grain, timeZone }, terms.period, now),
		terms,
		rho: rhoOf(terms.epsilon),
		frames,
		webhook,
		created: now,
		ended: null,
	};
	// One statement, so that two at once cannot both have the last of the budget.
	const { meta } = await d1
		.prepare(
			`INSERT INTO release SELECT ?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, CAST(?11 AS INTEGER), NULL
			WHERE (SELECT total(rho) FROM release WHERE site = ?2 AND ended IS NULL) + ?8 <= ?12`,
		)
		.bind(
			row.id,
			row.site,
			name,
			audience,
			row.grain,
			row.starts,
			JSON.stringify(terms),
			row.rho,
			JSON.stringify(frames),
			webhook,
			now,
			maxRho,
		)
		.run();
	if (meta.changes === 0)
		throw new Problem(
			"outside-limits",
			`With the site's other releases one period would tell more than epsilon ${maxEpsilon} allows. End one of them, or choose a smaller epsilon.`,
		);
	return row;
}

/** A site's releases, oldest first; those that have ended too. */
export async function releasesOf(d1: D1Database, id: string): Promise<Release[]> {
	return drizzle(d1).select().from(release).where(eq(release.site, id)).orderBy(asc(release.created), asc(release.id));
}

/** Those that periods are drawn for. One of another grain was made before the site's periods were moved, and never begins. */
export async function activeReleases(d1: D1Database, id: string): Promise<Release[]> {
	const rows = await drizzle(d1)
		.select({ release })
		.from(release)
		.innerJoin(site, and(eq(site.id, release.site), eq(site.grain, release.grain)))
		.where(and(eq(release.site, id), isNull(release.ended)));
	return rows.map((row) => row.release);
}

export async function releaseOf(d1: D1Database, id: string): Promise<Release | undefined> {
	const [row] = await drizzle(d1).select().from(release).where(eq(release.id, id));
	return row;
}

/** Changes what decides nothing that is public. */
export async function changeRelease(d1: D1Database, id: string, changes: ReleaseChanges): Promise<void> {
	const set = Object.fromEntries(Object.entries(changes).filter(([, value]) => value !== undefined));
	if (Object.keys(set).length > 0) await drizzle(d1).update(release).set(set).where(eq(release.id, id));
}

/** Ends a release for good: nothing more is drawn, and nobody reads it any more. What its secret has signed is worthless. */
export async function endRelease(d1: D1Database, id: string, now: number): Promise<void> {
	const db = drizzle(d1);
	await db.batch([
		db
			.update(release)
			.set({ ended: now })
			.where(and(eq(release.id, id), isNull(release.ended))),
		db.delete(releaseSecret).where(eq(releaseSecret.release, id)),
	]);
}

/** What signs embedded views and messages of a release; made when it is first needed. */
export async function secretOf(d1: D1Database, { id, site: of }: Pick<Release, "id" | "site">): Promise<string> {
	const db = drizzle(d1);
	await db.insert(releaseSecret).values({ release: id, site: of, secret: makeSecret() }).onConflictDoNothing();
	const [row] = await db.select().from(releaseSecret).where(eq(releaseSecret.release, id));
	if (!row) throw new Error("a secret that was there has gone");
	return row.secret;
}

/** Makes everything worthless that the secret has signed. */
export async function renewSecret(d1: D1Database, { id }: Pick<Release, "id">): Promise<void> {
	await drizzle(d1).delete(releaseSecret).where(eq(releaseSecret.release, id));
}

/** Periods that are out, oldest first; from a label on, where one is given. */
export async function releasedPeriods(
	d1: D1Database,
	{ id, site: of }: Pick<Release, "id" | "site">,
	since = "",
): Promise<{ period: string; sample: boolean; drawn: number }[]> {
	const { period, sample, drawn } = releaseLedger;
	return drizzle(d1)
		.select({ period, sample, drawn })
		.from(releaseLedger)
		.where(
			and(
				eq(releaseLedger.site, of),
				eq(releaseLedger.release, id),
				gte(period, since),
				eq(releaseLedger.state, "final"),
			),
		)
		.orderBy(asc(period));
}

/** Deletes what is older than the site keeps statistics. */
export async function forgetReleased(
	d1: D1Database,
	ids: readonly string[],
	of: string,
	oldest: string,
): Promise<void> {
	if (ids.length === 0) return;
	const db = drizzle(d1);
	const isOld = (table: typeof releaseLedger | typeof releasedCell) =>
		and(eq(table.site, of), inArray(table.release, [...ids]), lt(table.period, oldest));
	await db.batch([
		db.delete(releasedCell).where(isOld(releasedCell)),
		db.delete(releaseLedger).where(isOld(releaseLedger)),
	]);
}
