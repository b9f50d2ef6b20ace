/**
 * What an operator wants to know of a place and its sites, as counts and labels of periods: what waits in the books, what is
 * late or overdue, the last closing, rows and bytes, refused requests, raised alerts. Leaves out who may see it (worker/health.ts,
 * the operator's page) and everything that visitors have sent.
 */
import { eq } from "drizzle-orm";
import { drizzle } from "drizzle-orm/d1";
import * as v from "valibot";
import { lateMs } from "../../schema/limits.ts";
import { addDays, boundsOf, dayOf } from "../../schema/period.ts";
import { site } from "../../schema/tables.ts";
import { said } from "../../schema/words.ts";
import { booksOf, statusOf } from "../book/books.ts";
import type { Env } from "../env.ts";
import { sitesToDelete } from "../sites/delete.ts";
import { bindingOf, shardOf } from "../sites/shards.ts";
import { version } from "../version.ts";
import { alertsOf } from "./alerts.ts";
import { refusalsSince } from "./refusals.ts";

/** Refusals of today and the days before it. */
const refusalDays = 7;

const count = v.pipe(v.number(), v.integer(), v.minValue(0));
const label = v.string();
const instant = v.pipe(v.string(), v.isoTimestamp());

export const siteStatus = v.object({
	pending: said(count, "Page views that wait to be folded.", "Sidevisninger som venter på å bli foldet."),
	late: said(
		count,
		"Reports that came too late to count, so far.",
		"Rapporter som hittil har kommet for sent til å telles.",
	),
	erasing: said(count, "Erasures that wait for a closing.", "Slettinger som venter på en lukking."),
	open: said(v.array(label), "Periods that are open.", "Perioder som er åpne."),
	overdue: said(v.array(label), "Those of them that should have been closed.", "De av dem som skulle ha vært lukket."),
	lastClosing: said(
		v.nullable(v.object({ period: label, closed: instant })),
		"The latest closed period, and when it was closed.",
		"Den siste lukkede perioden, og når den ble lukket.",
	),
	reports: said(count, "Reports in the books.", "Rapporter i bøkene."),
	receipts: said(
		count,
		"Receipts in the books, which recognise late copies for 30 days.",
		"Kvitteringer i bøkene; de gjenkjenner sene kopier i 30 dager.",
	),
	bytes: said(count, "Size of the books.", "Størrelsen på bøkene."),
	cells: said(count, "Cells that closings have written.", "Celler som lukkinger har skrevet."),
});
export type SiteStatus = v.InferOutput<typeof siteStatus>;

export const status = v.object({
	version: v.string(),
	migrations: v.array(v.string()),
	books: said(
		v.record(v.string(), siteStatus),
		"By site: what waits, what is late, and how much there is.",
		"Per nettsted: det som venter, det som er sent, og hvor mye som finnes.",
	),
	databases: said(
		v.record(v.string(), v.object({ bytes: count })),
		"By binding, those that hold closed books.",
		"Etter binding, de som har lukkede bøker.",
	),
	refused: said(
		v.object({ since: v.pipe(v.string(), v.isoDate()), kinds: v.record(v.string(), count) }),
		"Requests of collectors that were refused in the last seven days (UTC), by kind, over all sites; a lower bound.",
		"Forespørsler fra samlere som er avvist de siste sju dagene (UTC), etter type, for alle nettsteder; en nedre grense.",
	),
	alerts: said(
		v.array(
			v.object({
				site: v.string(),
				kind: v.picklist(["closing", "upkeep", "release"]),
				subject: said(
					v.string(),
					"The period that could not be closed, or the release that is not complete.",
					"Perioden som ikke lot seg lukke, eller frigivelsen som ikke er fullstendig.",
				),
				failures: count,
				since: instant,
			}),
		),
		"Scheduled work that has failed twice or more, and has not worked since.",
		"Planlagt arbeid som har mislyktes to ganger eller mer, og ikke har lyktes siden.",
	),
});
export type Status = v.InferOutput<typeof status>;

/** What has to be known of a site to ask about it. */
type Known = Pick<typeof site.$inferSelect, "id" | "timeZone" | "grain" | "books" | "shard">;

/** Of the given sites, or all, and of the place as a whole. Asks each book and each database once, however many sites there are. */
export async function statusOfPlace(env: Env, now: number, only?: string): Promise<Status> {
	const since = addDays(dayOf(now), 1 - refusalDays);
	const { id, timeZone, grain, books, shard } = site;
	const sites = await drizzle(env.DB)
		.select({ id, timeZone, grain, books, shard })
		.from(site)
		.where(only === undefined ? undefined : eq(id, only));
	// Of a site that is deleted only whether that fails, which concerns no other owner.
	const goingAway = only === undefined ? (await sitesToDelete(env.DB)).map((one) => one.id) : [];
	const shards = [...new Set([0, ...sites.map((one) => one.shard)])].sort((a, b) => a - b);
	const [migrations, refused, alerts, closed] = await Promise.all([
		env.DB.prepare("SELECT name FROM d1_migrations ORDER BY id").all<{ name: string }>(),
		refusalsSince(env.DB, since),
		alertsOf(env.DB, [...sites.map((one) => one.id), ...goingAway]),
		Promise.all(
			shards.map((number) =>
				closedIn(
					shardOf(env, { shard: number }),
					sites.filter((one) => one.shard === number),
				),
			),
		),
	]);
	const found = new Map(closed.flatMap(({ rows }) => rows).map((row) => [row.site, row]));
	return {
		version,
		migrations: migrations.results.map(({ name }) => name),
		books: Object.fromEntries(
			await Promise.all(
				sites.map(async (one) => [one.id, await siteStatusOf(env, one, found.get(one.id), now)] as const),
			),
		),
		databases: Object.fromEntries(shards.map((number, at) => [bindingOf(number), { bytes: closed[at]?.bytes ?? 0 }])),
		refused: { since, kinds: refused },
		alerts: alerts.map(({ first, last: _, ...alert }) => ({ ...alert, since: new Date(first).toISOString() })),
	};
}

interface ClosedRow {
	site: string;
	/** Null where nothing is closed. */
	period: string | null;
	closed: number | null;
	cells: number | null;
}

/** The last closing and the number of cells of each site, which every closing keeps; and the database's size, which D1 tells by itself. */
async function closedIn(db: D1Database, sites: Known[]): Promise<{ rows: ClosedRow[]; bytes: number }> {
	const { results, meta } = await db
		.prepare(
			`SELECT asked.value AS site, period, closed, (SELECT SUM(cells) FROM month WHERE month.site = asked.value) AS cells
			FROM json_each(?1) AS asked LEFT JOIN closing ON closing.site = asked.value
				AND period = (SELECT MAX(period) FROM closing WHERE closing.site = asked.value)`,
		)
		.bind(JSON.stringify(sites.map(({ id }) => id)))
		.all<ClosedRow>();
	return { rows: results, bytes: meta.size_after };
}

async function siteStatusOf(env: Env, known: Known, closed: ClosedRow | undefined, now: number): Promise<SiteStatus> {
	const books = await statusOf(env, known);
	const due = books.open.filter((period) => {
		const bounds = boundsOf(period, known.grain, known.timeZone);
		return bounds && bounds.end + lateMs + graceMs < now;
	});
	const { period = null, closed: at = null, cells = 0 } = closed ?? {};
	return {
		...books,
		overdue: due.length === 0 ? [] : await withoutJoining(env, known, due),
		lastClosing: period === null || at === null ? null : { period, closed: new Date(at).toISOString() },
		cells: cells ?? 0,
	};
}

/** Scheduled work comes every ten minutes, and takes its time. */
const graceMs = 3_600_000;

/** Too small periods wait for the next one, which is as it should be. */
async function withoutJoining(env: Env, site: Known, periods: string[]): Promise<string[]> {
	const rows = (await Promise.all(booksOf(env, site).map((book) => book.openPeriods()))).flat();
	const joining = new Set(rows.filter(({ state }) => state === "joining").map(({ period }) => period));
	return periods.filter((period) => !joining.has(period));
}
