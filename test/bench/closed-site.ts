/**
 * A site of a million page views a month as a dashboard reads it: two years of closed days, yesterday and today still open, a release
 * with figures, and a small site beside it that is read to warm the code up. Leaves out making the days (sealed-days.ts) and
 * measuring.
 */
import { notice } from "../../demo/notice.ts";
import { addDays, dateOf, startOfDate } from "../../schema/period.ts";
import { channels } from "../../schema/report.ts";
import { otherName } from "../../schema/tree-rules.ts";
import { issueSignIn } from "../../worker/access/sign-in.ts";
import { jsonChunks } from "../../worker/book/chunks.ts";
import { createRelease } from "../../worker/release/definition.ts";
import { createSite, policyVersion } from "../../worker/sites/create.ts";
import { type SealedRow, sealedDay } from "./sealed-days.ts";
import { makeReports, origin, postAll } from "./sent-reports.ts";

export const busy = "busy";
export const small = "small";
export const timeZone = "Europe/Oslo";
/** As many as a month has: the same days again and again would add up to too few different keys and buckets otherwise. */
const differentDays = 28;
export const viewsADay = 33_000;
const keptDays = 728;
const releasedDays = 120;
const releasedPages = 40;

export type SealedDay = ReturnType<typeof sealedDay>;

/** Takes a minute, in which nothing else is done: a connection would not be kept that long. */
export const sealDays = (): SealedDay[] =>
	Array.from({ length: differentDays }, (_, i) => sealedDay(addDays("2026-03-01", i), viewsADay));

/** Closed up to the day before yesterday, as it is after two at night. */
export async function fillSites(db: D1Database, app: string, days: SealedDay[], openViews: number): Promise<void> {
	const today = dateOf(Date.now(), timeZone);
	for (const id of [busy, small])
		await createSite(db, { id, name: id, origins: [origin], timeZone, grain: "day", k: 5, notice });
	const rows = days.map((day) => day.rows);
	await fillDays(db, rows, addDays(today, -2));
	const policy = await policyVersion(notice);
	for (const date of [addDays(today, -1), today])
		await postAll(app, makeReports({ site: busy, date, policy, views: openViews }));
	await release(db, today);
}

export interface Reader {
	/** Cookie of somebody who owns both sites. */
	cookie: string;
	/** Path of the partner's page. */
	partner: string;
}

export async function signIn(db: D1Database, app: string): Promise<Reader> {
	const token = await issueSignIn(db, { site: busy });
	const signedIn = await fetch(`${app}/sign-in/${token}`, { redirect: "manual" });
	await db.exec(
		`INSERT OR IGNORE INTO account_right SELECT account, '${small}', role, release, granted FROM account_right`,
	);
	return {
		cookie: signedIn.headers.getSetCookie()[0]?.split(";")[0] ?? "",
		partner: `/releases/${await db.prepare("SELECT id FROM release").first<string>("id")}`,
	};
}

/** Closed days up to `last`, the sealed ones in turn. */
async function fillDays(db: D1Database, days: SealedRow[][], last: string): Promise<void> {
	const insert = db.prepare(
		"INSERT INTO cell SELECT ?1, value ->> 0, ?2, value ->> 1, CAST(value ->> 2 AS INTEGER), value ->> 3 FROM json_each(?3)",
	);
	const copy = db.prepare(
		"INSERT INTO cell SELECT site, tree, ?3, key, devices, tally FROM cell WHERE site = ?1 AND period = ?2",
	);
	const mark = db.prepare("INSERT INTO closing VALUES (?1, ?2, ?2, 5, 0, 0)");
	const first = addDays(last, 1 - keptDays);
	for (let day = 0; day < keptDays; day++) {
		const rows = days[day];
		const date = addDays(first, day);
		const cells = rows
			? [...jsonChunks(rows)].map((json) => insert.bind(busy, date, json))
			: [copy.bind(busy, addDays(first, day % days.length), date)];
		await db.batch([mark.bind(busy, date), ...cells]);
	}
	// One copy of the shop, and the two months that the default range and its comparison take.
	const from = addDays(last, -60);
	await db.batch([
		db
			.prepare("INSERT INTO closing SELECT ?1, period, covers_from, k, sample, closed FROM closing WHERE period >= ?2")
			.bind(small, from),
		db
			.prepare(
				"INSERT INTO cell SELECT ?1, tree, period, key, devices, tally FROM cell WHERE site = ?2 AND period >= ?3 AND key NOT LIKE '/c%'",
			)
			.bind(small, busy, from),
	]);
	// As closings leave it: every month is to be summed, the one that is going on too, because it is a large one.
	await db.exec("INSERT INTO month SELECT DISTINCT site, substr(period, 1, 7), 1, 100000, 0, 0 FROM closing");
}

/** A release of everything there is, with made-up figures. */
async function release(db: D1Database, today: string): Promise<void> {
	const pages = Array.from({ length: releasedPages }, (_, n) => (n === 0 ? "/" : `/c${n}`));
	const named = (names: string[], parts: number) =>
		Object.fromEntries(names.map((name, n) => [name, Array.from({ length: parts }, (_, i) => 400 - 9 * n + i)]));
	const groups = {
		site: named([""], 1),
		page: named(pages, 1),
		dwell: named(pages, 8),
		device: named(["mobile", "desktop", "tablet", "other"], 1),
		channel: named([...channels], 1),
		country: named(["NO", "SE", "DK", otherName], 1),
		lcp: named([""], 16),
		inp: named([""], 16),
		cls: named([""], 16),
	};
	const { id } = await createRelease(
		db,
		{ id: busy, grain: "day", timeZone },
		{
			name: "Partner",
			audience: "Partner",
			frames: [],
			webhook: null,
			period: "day",
			pages,
			sitemap: false,
			unlisted: false,
			groups: Object.keys(groups) as (keyof typeof groups)[],
			countries: ["NO", "SE", "DK"],
			epsilon: 1,
			k: 5,
			samples: false,
		},
		startOfDate(addDays(today, -releasedDays - 1), timeZone) - 1,
	);
	for (let ago = releasedDays; ago > 1; ago--) {
		const period = addDays(today, -ago);
		const cells = db.prepare("INSERT INTO released_cell VALUES (?1, ?2, ?3, ?4, 'bench', 436, ?5)");
		await db.batch([
			db
				.prepare("INSERT INTO release_ledger VALUES (?1, ?2, ?3, 'bench', 'final', 0.1, 1e-9, 0, 0, NULL)")
				.bind(busy, id, period),
			...Object.entries(groups).map(([kind, keys]) => cells.bind(busy, id, period, kind, JSON.stringify(keys))),
		]);
	}
}
