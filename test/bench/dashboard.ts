/**
 * What the pages of the dashboard cost: bytes and requests, when they are drawn in a real Chromium, and CPU of the process that
 * serves and stores, when an isolate opens a page for the first time and when it has been there. Leaves out judging the figures.
 */
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { bundle } from "../../scripts/bundle.ts";
import { applyMigrations } from "../../scripts/migrations.ts";
import { type Runtime, startRuntime } from "../../scripts/runtime.ts";
import { busy, fillSites, type Reader, sealDays, signIn, small, viewsADay } from "./closed-site.ts";
import { median } from "./collector.ts";
import { type Drawn, drawPages } from "./drawn-pages.ts";
import { cpuMs, startApart } from "./processes.ts";

const root = join(import.meta.dirname, "../..");
const host = "127.0.0.1";
/** Rounds of pages of the small site, until their code is as fast as it gets. */
const warmRounds = 12;
/** Calls that the CPU of one is the mean of. */
const callsARound = 5;

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
const ranges = { "28d": "p=28d", "12m": "p=12m" } as const;

export interface PageCost {
	/** When an isolate has just begun, its code warmed up on another site; and when it has shown the page before. */
	firstMs: number;
	againMs: number;
}

export interface DashboardFigures {
	/** Page views of a closed day, and of yesterday and of today. */
	viewsADay: number;
	openViews: number;
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
		const reader = await signIn(runtime.db, app);
		const sums = await sumAll(runtime, pid);
		tell(`usual ranges summed in ${sums.cpuMs} ms`);

		const cpu: DashboardFigures["cpu"] = {};
		for (const [range, query] of Object.entries(ranges)) {
			const costs: Record<string, PageCost> = {};
			for (const [name, path] of pathsOf(reader, query)) {
				const found: PageCost[] = [];
				for (let round = 0; round < rounds; round++) {
					await runtime.stop();
					({ started: runtime, pid } = await start());
					found.push(await costOf(app, pid, reader.cookie, path));
				}
				const firstMs = median(found.map((cost) => cost.firstMs));
				const againMs = median(found.map((cost) => cost.againMs));
				costs[name] = { firstMs, againMs };
				tell(`${range} ${name}: ${firstMs.toFixed(1)} and ${againMs.toFixed(1)} ms`);
			}
			cpu[range] = costs;
		}
		const { drawn, browser } = await drawPages(app, reader.cookie, pathsOf(reader, ranges["28d"]), tell);
		return { viewsADay, openViews, cpu, sums, drawn, browser };
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

async function costOf(app: string, pid: number, Cookie: string, path: string): Promise<PageCost> {
	const call = async (of: string) => {
		const answer = await fetch(app + of, { headers: { Cookie } });
		await answer.arrayBuffer();
		if (!answer.ok) throw new Error(`${of}: ${answer.status}`);
	};
	const cost = async (calls: number) => {
		const before = await cpuMs(pid);
		for (let i = 0; i < calls; i++) await call(path);
		return ((await cpuMs(pid)) - before) / calls;
	};
	for (let round = 0; round < warmRounds; round++) await call(path.replace(`/sites/${busy}`, `/sites/${small}`));
	await call(`/sites/${busy}/live`); // the book of a busy site is always in memory
	const firstMs = await cost(1);
	await call(path);
	return { firstMs, againMs: await cost(callsARound) };
}
