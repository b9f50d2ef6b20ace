/**
 * What reading long ranges costs: two years of a site of a million page views a month, its owner's overview and the Stats
 * API, in CPU of the process that serves and stores, from month sums and from the cells alone. Leaves out making the days
 * (sealed-days.ts) and judging the figures.
 */
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { notice } from "../../demo/notice.ts";
import { addDays, dateOf } from "../../schema/period.ts";
import { bundle } from "../../scripts/bundle.ts";
import { applyMigrations } from "../../scripts/migrations.ts";
import { startRuntime } from "../../scripts/runtime.ts";
import { issueKey } from "../../worker/access/keys.ts";
import { issueSignIn } from "../../worker/access/sign-in.ts";
import { jsonChunks } from "../../worker/book/chunks.ts";
import { createSite } from "../../worker/sites/create.ts";
import { cpuMs, startApart } from "./processes.ts";
import { type SealedRow, sealedDay } from "./sealed-days.ts";

const root = join(import.meta.dirname, "../..");
const host = "127.0.0.1";
const id = "year";
const timeZone = "Europe/Oslo";
/** As many as a month has: the same days again and again would add up to too few different keys and buckets otherwise. */
const differentDays = 28;
const kept = 728;
const ranges = { "28d": 28, "12m": 364 } as const;
const routes = ["summary", "timeline", "pages?limit=500", "flows?page=/", "channels", "devices", "elements?limit=6"];

/** CPU in ms a call, by range and what is called. */
export type RangeCosts = Record<string, Record<string, number>>;

export interface LongRanges {
	views: number;
	/** Bytes of text in D1 by 60 sealed days and by one month sum, and their rows. */
	cells: { rows: number; bytes: number };
	monthSum: { rows: number; bytes: number };
	/** CPU of the scheduled work that sums one month. */
	summingMs: number;
	fromCells: RangeCosts;
	fromSums: RangeCosts;
}

/** Closed days up to `last`, the sealed ones in turn. */
async function fill(db: D1Database, days: SealedRow[][], last: string): Promise<void> {
	const insert = db.prepare(
		"INSERT INTO cell SELECT ?1, value ->> 0, ?2, value ->> 1, CAST(value ->> 2 AS INTEGER), value ->> 3 FROM json_each(?3)",
	);
	const copy = db.prepare(
		"INSERT INTO cell SELECT site, tree, ?3, key, devices, tally FROM cell WHERE site = ?1 AND period = ?2",
	);
	const mark = db.prepare("INSERT INTO closing VALUES (?1, ?2, ?2, 5, 0, 0)");
	const first = addDays(last, 1 - kept);
	for (let day = 0; day < kept; day++) {
		const rows = days[day];
		const date = addDays(first, day);
		const cells = rows
			? [...jsonChunks(rows)].map((json) => insert.bind(id, date, json))
			: [copy.bind(id, addDays(first, day % days.length), date)];
		await db.batch([mark.bind(id, date), ...cells]);
	}
	// As closings leave it: every month is to be summed, the one that is going on too, because it is a large one.
	await db.exec("INSERT INTO month SELECT DISTINCT site, substr(period, 1, 7), 1, 100000, 0, 0 FROM closing");
}

export async function runLongRanges(options: { port: number; calls: number; tell(line: string): void }) {
	const { port, calls, tell } = options;
	const days = Array.from({ length: differentDays }, (_, i) => sealedDay(addDays("2026-03-01", i), 33_000));
	tell("days sealed");
	await bundle();
	const dataDir = await mkdtemp(join(tmpdir(), "sporlos-ranges-"));
	const { started: runtime, pid } = await startApart(() => startRuntime({ root, host, port, dataDir, vars: {} }));
	try {
		const { db } = runtime;
		const today = dateOf(Date.now(), timeZone);
		await applyMigrations(db, `${root}/schema/migrations`);
		await createSite(db, { id, name: "Year", origins: ["https://year.example"], timeZone, grain: "day", k: 5, notice });
		await fill(
			db,
			days.map(({ rows }) => rows),
			addDays(today, -3),
		);
		tell("days stored");

		const app = `http://${host}:${port}`;
		const token = await issueSignIn(db, { site: id });
		const signedIn = await fetch(`${app}/sign-in/${token}`, { redirect: "manual" });
		const Cookie = signedIn.headers.getSetCookie()[0]?.split(";")[0] ?? "";
		const Authorization = `Bearer ${await issueKey(db, { site: id, role: "owner", name: "bench" })}`;
		const cost = async (path: string) => {
			const call = async () => {
				// A key is for programs: pages are shown to whoever is signed in.
				const headers: Record<string, string> = path.startsWith("/v1/") ? { Authorization } : { Cookie };
				const answer = await fetch(app + path, { headers });
				await answer.arrayBuffer();
				if (!answer.ok) throw new Error(`${path}: ${answer.status}`);
			};
			await call(); // code and pages of the database are warm from here on
			const before = await cpuMs(pid);
			for (let i = 0; i < calls; i++) await call();
			return Math.round((await cpuMs(pid)) - before) / calls;
		};
		const costs = async () => {
			const found: RangeCosts = {};
			for (const [name, length] of Object.entries(ranges)) {
				const span = `from=${addDays(today, 1 - length)}&to=${today}`;
				const own: Record<string, number> = { overview: await cost(`/sites/${id}?p=${name}`) };
				for (const route of routes)
					own[route] = await cost(`/v1/sites/${id}/stats/${route}${route.includes("?") ? "&" : "?"}${span}`);
				found[name] = own;
			}
			return found;
		};

		const fromCells = await costs();
		tell("read from cells");
		const before = await cpuMs(pid);
		const left = () => db.prepare("SELECT COUNT(*) FROM month WHERE trees = 0").first<number>("COUNT(*)");
		const months = (await left()) ?? 0;
		while (await left()) await runtime.tick();
		const summingMs = ((await cpuMs(pid)) - before) / months;
		tell("months summed");
		const size = async (sql: string, ...values: string[]) =>
			(await db
				.prepare(sql)
				.bind(...values)
				.first<{ rows: number; bytes: number }>()) ?? { rows: 0, bytes: 0 };
		const result: LongRanges = {
			views: days.reduce((sum, day) => sum + day.views, 0),
			cells: await size(
				"SELECT COUNT(*) AS rows, SUM(LENGTH(site || tree || period || key || tally) + 8) AS bytes FROM cell WHERE period > ?1",
				addDays(today, -63),
			),
			monthSum: await size(
				"SELECT COUNT(*) AS rows, SUM(LENGTH(site || tree || month || key || tally || rest || trend) + 8) AS bytes FROM month_cell WHERE month = ?1",
				addDays(today, -60).slice(0, 7),
			),
			summingMs,
			fromCells,
			fromSums: await costs(),
		};
		return result;
	} finally {
		await runtime.stop();
		await rm(dataDir, { recursive: true, force: true });
	}
}
