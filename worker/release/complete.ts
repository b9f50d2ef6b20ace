/**
 * What must be out and is not: every release has every due period, and every declared page and group in it. Closes periods in which
 * nobody came, because a missing one would say so; and tells the operator what is missing.
 */
import { lateMs } from "../../schema/limits.ts";
import { addDays, boundsOf, dateOf, datesOf, periodOfDate, periodsBetween } from "../../schema/period.ts";
import { otherName } from "../../schema/tree-rules.ts";
import { bookOf, booksOf } from "../book/books.ts";
import { planFor } from "../closing/close.ts";
import { keptFrom } from "../closing/retain.ts";
import type { Env } from "../env.ts";
import type { Watch } from "../operator/alerts.ts";
import type { Site } from "../sites/stored.ts";
import { activeReleases, forgetReleased, type Release, releasedPeriods, releasesOf } from "./definition.ts";
import { groupRules } from "./groups.ts";
import { type Dates, readReleased } from "./released.ts";

/** So far back the periods are counted; what has been missing for longer was told for as long. */
const watchedDays = 62;
/** The figures themselves are looked through for so many of the latest periods; older ones have been. */
const looked = 3;
/** A closing that is due is given this long before its release counts as missing. */
const graceMs = 3_600_000;

/** The oldest period of which the site keeps statistics. */
const oldestOf = ({ grain, timeZone, retentionMonths }: Site, now: number) =>
	periodOfDate(keptFrom(dateOf(now, timeZone), retentionMonths), grain);

/** Periods of a release that should be out at an instant, as far back as they are watched. */
function duePeriods({ starts }: Release, site: Site, now: number): string[] {
	const { grain, timeZone } = site;
	const begins = datesOf(starts, grain)?.first;
	if (!begins) return [];
	const today = dateOf(now, timeZone);
	const watched = addDays(today, -watchedDays);
	const oldest = oldestOf(site, now);
	return periodsBetween(begins > watched ? begins : watched, today, grain).filter((period) => {
		const bounds = boundsOf(period, grain, timeZone);
		return period >= starts && period >= oldest && bounds !== undefined && bounds.end + lateMs < now;
	});
}

/** Closes due periods of which no book has anything, so that they are released like all others. */
export async function closeEmpty(env: Env, site: Site, now: number, watch: Watch): Promise<void> {
	const active = await activeReleases(env.DB, site.id);
	if (active.length === 0) return;
	const missing = new Set<string>();
	for (const release of active) {
		const due = duePeriods(release, site, now);
		const out = new Set((await releasedPeriods(env.DB, release, due[0])).map(({ period }) => period));
		for (const period of due) if (!out.has(period)) missing.add(period);
	}
	if (missing.size === 0) return;
	const open = (await Promise.all(booksOf(env, site).map((book) => book.openPeriods()))).flat();
	const known = new Set(open.map(({ period }) => period));
	for (const period of [...missing].sort()) {
		if (known.has(period)) continue; // what has something is closed in its turn
		const step = { site: site.id, kind: "closing", subject: period } as const;
		if (!(await watch.attempt(step, () => bookOf(env, site.id).close(planFor(site, period), now)))) return;
	}
}

/**
 * Raises an alert for each release of which something is missing, and ends it where nothing is any more; deletes what is older than
 * the site keeps statistics.
 */
export async function checkReleases(env: Env, site: Site, now: number, watch: Watch): Promise<void> {
	const releases = await releasesOf(env.DB, site.id);
	const ids = releases.map(({ id }) => id);
	await forgetReleased(env.DB, ids, site.id, oldestOf(site, now));
	for (const release of releases) {
		const step = { site: site.id, kind: "release", subject: release.id } as const;
		await watch.attempt(step, async () => {
			const missing = release.ended === null ? await missingOf(env.DB, release, site, now) : undefined;
			if (missing) throw new Error(`${missing} is missing`);
		});
	}
}

/** The first thing found missing, in words, or undefined. */
async function missingOf(d1: D1Database, release: Release, site: Site, now: number): Promise<string | undefined> {
	const due = duePeriods(release, site, now - graceMs);
	const out = new Set((await releasedPeriods(d1, release, due[0])).map(({ period }) => period));
	const absent = due.find((period) => !out.has(period));
	if (absent) return `period ${absent}`;
	const latest = due.slice(-looked);
	const dates = datesOfAll(latest, site);
	if (!dates) return undefined;
	const rows = await readReleased(d1, release, dates, release.terms.groups);
	for (const period of latest) {
		for (const group of release.terms.groups) {
			const keys = keysDue(release, group);
			if (keys.length === 0) continue;
			const row = rows.find((one) => one.period === period && one.kind === group);
			if (!row) return `group ${group} of ${period}`;
			const cells = JSON.parse(row.cells) as Record<string, number[]>;
			const key = keys.find((name) => cells[name]?.filter(Number.isSafeInteger).length !== groupRules[group].parts);
			if (key !== undefined) return `${group} ${key} of ${period}`;
		}
	}
	return undefined;
}

function datesOfAll(periods: readonly string[], { grain }: Site): Dates | undefined {
	const from = datesOf(periods[0] ?? "", grain)?.first;
	const to = datesOf(periods.at(-1) ?? "", grain)?.last;
	return from && to ? { from, to } : undefined;
}

/** Keys that a group has in every period, whoever came. */
function keysDue({ terms }: Release, group: Release["terms"]["groups"][number]): readonly string[] {
	const { keys } = groupRules[group];
	if (keys === "pages") return terms.pages;
	return keys === "countries" ? [...terms.countries, otherName] : keys;
}
