/**
 * Watches one site: judges each newly closed period once, and at every run whether reports still come. An alert is raised once and
 * ended once; what is told of it is written in the same transaction. Leaves out the rules (alert-rules.ts).
 */
import { and, desc, eq, isNotNull, lt } from "drizzle-orm";
import { drizzle } from "drizzle-orm/d1";
import {
	addDays,
	boundsOf,
	dateOf,
	datesOf,
	daysBetween,
	type Grain,
	hourOfWeek,
	periodAt,
	periodOfDate,
} from "../../schema/period.ts";
import type { AlertLimits, Finding } from "../../schema/subscription.ts";
import { alertWatch, closing, siteAlert } from "../../schema/tables.ts";
import { booksOf } from "../book/books.ts";
import type { Env } from "../env.ts";
import { shardOf } from "../sites/shards.ts";
import type { Site } from "../sites/stored.ts";
import type { Stats } from "../stats/answers.ts";
import { statsOf } from "../stats/stats.ts";
import { comparedPeriods, type Judgement, judgeErrors, judgeSilence, judgeSpeed, judgeTraffic } from "./alert-rules.ts";
import { addAlert } from "./outgoing.ts";
import type { SiteAlert } from "./shapes.ts";
import { limitsOf } from "./subscribers.ts";

const hourMs = 3_600_000;
const dayMs = 24 * hourMs;
/** A period that ended longer ago is no news: it was imported or restored. */
const newsMs = 7 * dayMs;
/** Ended alerts are shown for this long. */
const shownMs = 90 * dayMs;

/** Alerts of a site, those that go on first, then the latest. */
export async function siteAlertsOf(d1: D1Database, site: string): Promise<SiteAlert[]> {
	const rows = await drizzle(d1).select().from(siteAlert).where(eq(siteAlert.site, site));
	return rows.sort((a, b) => Number(a.ended !== null) - Number(b.ended !== null) || b.raised - a.raised);
}

/** The same weekday or hour some weeks back; the week or month some before. */
function earlierPeriod(first: string, grain: Grain, steps: number): string {
	if (grain !== "month") return periodOfDate(addDays(first, -7 * steps), grain);
	const [year = 0, month = 1] = first.split("-").map(Number);
	return new Date(Date.UTC(year, month - 1 - steps, 1)).toISOString().slice(0, 7);
}

interface Closed {
	period: string;
	coversFrom: string;
	sample: boolean;
}

async function judgePeriod(
	{ stats, site, closings, limits }: { stats: Stats; site: Site; closings: Closed[]; limits: AlertLimits },
	newest: Closed,
): Promise<Judgement[]> {
	const { grain } = site;
	const dates = datesOf(newest.period, grain);
	const begun = datesOf(newest.coversFrom, grain);
	if (!dates || !begun) return [];
	const range = { from: begun.first, to: dates.last };
	// Small periods that were sealed together are of no single day: nothing is compared with them, and they with nothing.
	const single = new Set(
		closings.filter(({ period, coversFrom }) => period === coversFrom).map(({ period }) => period),
	);
	const compared = Array.from({ length: comparedPeriods }, (_, i) => earlierPeriod(dates.first, grain, i + 1));
	const oldest = datesOf(compared.at(-1) ?? newest.period, grain)?.first ?? dates.first;
	// A week against four weeks; a month against the one before.
	const recent = grain === "month" ? range : { from: addDays(dates.last, -6), to: dates.last };
	const before =
		grain === "month"
			? { from: `${earlierPeriod(dates.first, grain, 1)}-01`, to: addDays(dates.first, -1) }
			: { from: addDays(recent.from, -28), to: addDays(recent.from, -1) };
	const [timeline, of, speed, resources] = await Promise.all([
		stats.timeline({ from: oldest, to: dates.last }),
		stats.summary(range),
		stats.summary({ ...recent, compare: before }),
		stats.resources(range),
	]);
	const visits = new Map(timeline.points.map((point) => [point.period, point.visits]));
	const earlier = compared.flatMap((period) => (single.has(period) ? [visits.get(period) ?? 0] : []));
	const api = resources.rows.filter(({ kind }) => kind === "route");
	const sum = (part: "requests" | "failed") => api.reduce((total, row) => total + row[part], 0);
	return [
		...(single.has(newest.period) ? judgeTraffic(range, of.visits, earlier, limits.traffic) : []),
		...(["lcp", "inp"] as const).flatMap((name) =>
			judgeSpeed(
				name,
				{ ...recent, figure: speed.vitals[name] },
				speed.compare && { ...before, figure: speed.compare.vitals[name] },
				limits,
			),
		),
		...judgeErrors("script", range, of.errors ?? 0, of.views, limits.script),
		...judgeErrors("api", range, sum("failed"), sum("requests"), limits.api),
	];
}

/** Four weeks of whole periods before the one that goes on, or the month before it. */
function usualDates({ grain, timeZone }: Site, now: number): { from: string; to: string } {
	const first = datesOf(periodAt(now, grain, timeZone), grain)?.first ?? dateOf(now, timeZone);
	const to = addDays(first, -1);
	return { from: grain === "month" ? `${to.slice(0, 7)}-01` : addDays(first, -28), to };
}

/** Visits that usually begin in the hours since the latest report, by the same hours of the weeks before. */
async function usualSince(stats: Stats, site: Site, last: number, now: number): Promise<number> {
	const dates = usualDates(site, now);
	const { rows, sample } = await stats.hours(dates);
	if (sample) return 0; // made-up visits come when somebody fills them in
	const visits = new Map(rows.map((row) => [row.hour, row.visits]));
	// Whole hours only: the one in which the last report came had some.
	const hours = Math.min(Math.floor((now - last) / hourMs), 24 * 7);
	const passed = Array.from({ length: hours }, (_, i) => hourOfWeek(now - (i + 1) * hourMs, site.timeZone));
	const weeks = (daysBetween(dates.from, dates.to) + 1) / 7;
	return passed.reduce((total, hour) => total + (visits.get(hour) ?? 0), 0) / weeks;
}

async function judgeSilenceOf(env: Env, stats: Stats, site: Site, limits: AlertLimits, now: number) {
	if (limits.silence === null) return [];
	const last = Math.max(...(await Promise.all(booksOf(env, site).map((book) => book.lastReport()))));
	if (last === 0) return []; // nothing was ever heard of here: it was just restored, say
	const isSilent = now - last >= limits.silence * hourMs;
	return judgeSilence(last, now, isSilent ? await usualSince(stats, site, last, now) : 0, limits.silence);
}

/** Whether the owner has switched off what an alert is about. */
function isOff({ kind, subject }: Pick<SiteAlert, "kind" | "subject">, limits: AlertLimits): boolean {
	if (kind === "errors") return limits[subject as "script" | "api"] === null;
	if (kind === "speed") return limits.worse === null && limits[subject as "lcp" | "inp"] === null;
	return limits[kind] === null;
}

export async function watchSite(env: Env, site: Site, now: number): Promise<void> {
	const { DB } = env;
	const stats = statsOf(env, site);
	const [limits, known, closings, [watch]] = await Promise.all([
		limitsOf(DB, site.id),
		siteAlertsOf(DB, site.id),
		drizzle(shardOf(env, site))
			.select({ period: closing.period, coversFrom: closing.coversFrom, sample: closing.sample })
			.from(closing)
			.where(eq(closing.site, site.id))
			.orderBy(desc(closing.period))
			.limit(7 * comparedPeriods + 1),
		drizzle(DB).select().from(alertWatch).where(eq(alertWatch.site, site.id)),
	]);
	const [newest] = closings;
	const isNew = newest !== undefined && newest.period !== watch?.judged;
	const ended = newest && boundsOf(newest.period, site.grain, site.timeZone)?.end;
	const isNews = isNew && !newest.sample && ended !== undefined && ended + newsMs > now;
	const judgements = [
		...(isNews ? await judgePeriod({ stats, site, closings, limits }, newest) : []),
		...(await judgeSilenceOf(env, stats, site, limits, now)),
	];
	const ongoing = new Map(known.filter((row) => row.ended === null).map((row) => [`${row.kind} ${row.subject}`, row]));
	const statements = judgements.flatMap(({ state, finding }) => {
		const open = ongoing.get(`${finding.kind} ${finding.subject}`);
		if (state === "on" && !open) return raise(DB, site.id, finding, now);
		if (state === "off" && open) return end(DB, site.id, finding, open.raised, now);
		return [];
	});
	for (const open of ongoing.values())
		if (isOff(open, limits)) statements.push(endStatement(DB, site.id, open.finding, open.raised, now));
	if (isNew)
		statements.push(
			DB.prepare(
				"INSERT INTO alert_watch (site, judged) VALUES (?1, ?2) ON CONFLICT DO UPDATE SET judged = excluded.judged",
			).bind(site.id, newest.period),
		);
	if (statements.length > 0) await DB.batch(statements);
	if (known.some((row) => row.ended !== null && row.ended < now - shownMs))
		await drizzle(DB)
			.delete(siteAlert)
			.where(and(eq(siteAlert.site, site.id), isNotNull(siteAlert.ended), lt(siteAlert.ended, now - shownMs)));
}

/** Only where it is not raised yet, whoever else is at it. */
function raise(d1: D1Database, site: string, finding: Finding, now: number): D1PreparedStatement[] {
	return [
		d1
			.prepare(
				`INSERT INTO site_alert VALUES (?1, ?2, ?3, CAST(?4 AS INTEGER), NULL, ?5)
				ON CONFLICT DO UPDATE SET raised = excluded.raised, ended = NULL, finding = excluded.finding WHERE ended IS NOT NULL`,
			)
			.bind(site, finding.kind, finding.subject, now, JSON.stringify(finding)),
		addAlert(d1, site, { kind: "alert", state: "raised", raised: now, at: now, finding }, "ended IS NULL"),
	];
}

const endStatement = (d1: D1Database, site: string, finding: Finding, raised: number, now: number) =>
	d1
		.prepare(
			`UPDATE site_alert SET ended = CAST(?5 AS INTEGER), finding = ?6
			WHERE site = ?1 AND kind = ?2 AND subject = ?3 AND raised = CAST(?4 AS INTEGER) AND ended IS NULL`,
		)
		.bind(site, finding.kind, finding.subject, raised, now, JSON.stringify(finding));

function end(d1: D1Database, site: string, finding: Finding, raised: number, now: number): D1PreparedStatement[] {
	return [
		endStatement(d1, site, finding, raised, now),
		addAlert(d1, site, { kind: "alert", state: "ended", raised, at: now, finding }, "ended = CAST(?6 AS INTEGER)"),
	];
}
