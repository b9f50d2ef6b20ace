/**
 * What the pages of the dashboard cost: bytes and requests, when they are drawn in a real Chromium, and CPU of the process that
 * serves and stores, when an isolate opens a page for the first time and when it has been there. Leaves out judging the figures.
 */
import { randomBytes } from "node:crypto";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { notice } from "../../demo/notice.ts";
import { dateOf } from "../../schema/period.ts";
import type { Report } from "../../schema/report.ts";
import { bundle } from "../../scripts/bundle.ts";
import { applyMigrations } from "../../scripts/migrations.ts";
import { type Runtime, startRuntime } from "../../scripts/runtime.ts";
import { policyVersion } from "../../worker/sites/create.ts";
import { until } from "../support/until.ts";
import { ageReports, pendingReports } from "./aged-inbox.ts";
import { busy, fillSites, type Reader, sealDays, signIn, small, timeZone, viewsADay } from "./closed-site.ts";
import { median } from "./collector.ts";
import { type Drawn, drawPages } from "./drawn-pages.ts";
import { cpuMs, startApart } from "./processes.ts";
import { makeReports, postAll } from "./sent-reports.ts";

const root = join(import.meta.dirname, "../..");
const host = "127.0.0.1";
/** Calls of a page, of the small site and then of the busy one, until their code is as fast as it gets. */
const warmRounds = 12;
/** Calls that the CPU of one is the mean of. */
const callsARound = 10;

/** Pages by the name they have in the table; below a site's own path. */
const pages = {
	overview: "",
	pages: "/pages",
	"a page's sheet": "/pages?side=/priser",
	speed: "/speed",
	paths: "/paths",
	interactions: "/interactions",
	privacy: "/privacy",
	"live strip": "/live",
} as const;
/** Views to choose from for those that come in between. */
const freshViews = 500;
const halfHoursADay = 48;
/** Twice the mean, as at the busiest time of a day. */
const newestOf = (openViews: number) => Math.round((2 * openViews) / halfHoursADay);
const today = () => dateOf(Date.now(), timeZone);
const newView = () => randomBytes(16).toString("base64url");
const ranges = { "28d": "p=28d", "12m": "p=12m" } as const;

export interface PageCost {
	/** When an isolate has just begun, its code warmed up on another site. */
	firstMs: number;
	/** When it has shown the page before, a dozen times, and when a page view has come in since the last one. */
	againMs: number;
	livingMs: number;
}

export interface DashboardFigures {
	/** Page views of a closed day, of yesterday and of today, and how many of them came in the last half hour. */
	viewsADay: number;
	openViews: number;
	newestViews: number;
	/** By range, then by page. */
	cpu: Record<string, Record<string, PageCost>>;
	/** CPU of the scheduled work that sums every usual range of the site, and what the sums take. */
	sums: { cpuMs: number; rows: number; bytes: number };
	/** By page, of 28 days. */
	drawn: Record<string, Drawn>;
	browser: string;
}

interface Options {
	port: number;
	rounds: number;
	openViews: number;
	tell(line: string): void;
}

export async function runDashboard(options: Options): Promise<DashboardFigures> {
	const { port, openViews, tell } = options;
	await bundle();
	const days = sealDays();
	tell("days sealed");
	const dataDir = await mkdtemp(join(tmpdir(), "sporlos-dashboard-"));
	try {
		const runtime = await startRuntime({ root, host, port, dataDir, vars: {} });
		try {
			await applyMigrations(runtime.db, `${root}/schema/migrations`);
			await fillSites(runtime.db, `http://${host}:${port}`, days, openViews);
		} finally {
			await runtime.stop();
		}
		await ageReports(dataDir, newestOf(openViews));
		tell("days stored");
		return await measurePages(dataDir, options);
	} finally {
		await rm(dataDir, { recursive: true, force: true });
	}
}

/** Of sites as `fillSites` leaves them. */
export async function measurePages(
	dataDir: string,
	{ port, rounds, openViews, tell }: Options,
): Promise<DashboardFigures> {
	const app = `http://${host}:${port}`;
	const start = () => startApart(() => startRuntime({ root, host, port, dataDir, vars: {} }));
	let { started: runtime, pid } = await start();
	try {
		await until("the books' folding", async () => (await pendingReports(dataDir)) <= newestOf(openViews), 120_000);
		const reader = await signIn(runtime.db, app);
		const sums = await sumAll(runtime, pid);
		tell(`usual ranges summed in ${sums.cpuMs} ms`);

		const views = makeReports({ site: busy, date: today(), policy: await policyVersion(notice), views: freshViews });
		const cpu: DashboardFigures["cpu"] = {};
		for (const [range, query] of Object.entries(ranges)) {
			const costs: Record<string, PageCost> = {};
			for (const [name, path] of pathsOf(reader, query)) {
				const found: PageCost[] = [];
				for (let round = 0; round < rounds; round++) {
					await runtime.stop();
					({ started: runtime, pid } = await start());
					found.push(await costOf(app, pid, reader.cookie, path, views));
				}
				const of = (cost: keyof PageCost) => median(found.map((one) => one[cost]));
				const medians = { firstMs: of("firstMs"), againMs: of("againMs"), livingMs: of("livingMs") };
				costs[name] = medians;
				tell(
					`${range} ${name}: ${Object.values(medians)
						.map((ms) => ms.toFixed(1))
						.join(", ")} ms`,
				);
			}
			cpu[range] = costs;
		}
		const { drawn, browser } = await drawPages(app, reader.cookie, pathsOf(reader, ranges["28d"]), tell);
		return { viewsADay, openViews, newestViews: newestOf(openViews), cpu, sums, drawn, browser };
	} finally {
		await runtime.stop();
	}
}

/** The pages of the busy site and the partner's, by name. */
function pathsOf({ partner }: Reader, query: string): [name: string, path: string][] {
	const own = Object.entries(pages).map(([name, path]): [string, string] => [
		name,
		`/sites/${busy}${path}${path.includes("?") ? "&" : "?"}${query}`,
	]);
	return [...own, ["partner's page", `${partner}?${query}`]];
}

/** Runs the scheduled work until every month and every usual range is summed. */
async function sumAll(runtime: Runtime, pid: number): Promise<DashboardFigures["sums"]> {
	const { db } = runtime;
	const left = () => db.prepare("SELECT COUNT(*) AS n FROM month WHERE trees = 0").first<number>("n");
	while (await left()) await runtime.tick();
	const count = () => db.prepare("SELECT COUNT(*) AS n FROM span").first<number>("n");
	await db.batch([db.prepare("DELETE FROM span"), db.prepare("DELETE FROM span_cell")]);
	const before = await cpuMs(pid);
	for (let known = -1, now = 0; now !== known; ) {
		known = now;
		await runtime.tick();
		now = (await count()) ?? 0;
	}
	const spent = (await cpuMs(pid)) - before;
	const size = await db
		.prepare(
			"SELECT COUNT(*) AS rows, SUM(LENGTH(site || tree || made || body) + 16) AS bytes FROM span_cell WHERE site = ?1",
		)
		.bind(busy)
		.first<{ rows: number; bytes: number }>();
	return { cpuMs: Math.round(spent), rows: size?.rows ?? 0, bytes: size?.bytes ?? 0 };
}

async function costOf(
	app: string,
	pid: number,
	Cookie: string,
	path: string,
	views: readonly Report[],
): Promise<PageCost> {
	const call = async (of: string) => {
		const answer = await fetch(app + of, { headers: { Cookie } });
		await answer.arrayBuffer();
		if (!answer.ok) throw new Error(`${of}: ${answer.status}`);
	};
	const cost = async (calls: number, ...works: (() => Promise<void>)[]) => {
		const before = await cpuMs(pid);
		for (let i = 0; i < calls; i++) for (const work of works) await work();
		return ((await cpuMs(pid)) - before) / calls;
	};
	const open = () => call(path);
	const view = async () => {
		const report = views[Math.floor(Math.random() * views.length)] as Report;
		await postAll(app, [{ ...report, view: newView() }]);
	};
	for (let round = 0; round < warmRounds; round++) await call(path.replace(`/sites/${busy}`, `/sites/${small}`));
	await call(`/sites/${busy}/live`); // the book of a busy site is always in memory
	const firstMs = await cost(1, open);
	for (let round = 0; round < warmRounds; round++) await open();
	const againMs = await cost(callsARound, open);
	const viewMs = await cost(callsARound, view);
	return { firstMs, againMs, livingMs: (await cost(callsARound, view, open)) - viewMs };
}
