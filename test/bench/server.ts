/**
 * What a server costs for the reports it takes: CPU and rate beside a Worker that only answers 204, rows written and bytes
 * kept in all stores, and the closing of a day. Leaves out reading (dashboard.ts) and what it comes to in money (scale.ts).
 */
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { notice } from "../../demo/notice.ts";
import { addDays, dateOf } from "../../schema/period.ts";
import { bundle, bundleWorker } from "../../scripts/bundle.ts";
import { applyMigrations } from "../../scripts/migrations.ts";
import { startRuntime } from "../../scripts/runtime.ts";
import { issueKey } from "../../worker/access/keys.ts";
import { createSite, policyVersion } from "../../worker/sites/create.ts";
import { median } from "./collector.ts";
import { measureLoad, startApart } from "./processes.ts";
import { sealedDay } from "./sealed-days.ts";
import { inBatches, makeReports, origin, post } from "./sent-reports.ts";
import type { Written } from "./written.ts";

const root = join(import.meta.dirname, "../..");
const host = "127.0.0.1";
const id = "bench";
const timeZone = "Europe/Oslo";
/** Requests in flight, as from so many visitors at once. */
const atOnce = 16;
const roundReports = 4_000;
/** Views of which each report is sent alone, and its rows counted. */
const countedViews = 5_000;
const sealedDays = 60;

export interface ServerFigures {
	/** Per 1,000 reports, each its own request; medians of the rounds. */
	cpuMsPer1000: { durable: number; nothing: number };
	perSecond: { durable: number; nothing: number };
	/** Of one closed day. */
	closing: {
		views: number;
		/** CPU of folding what was still open, sealing and writing, ms. */
		cpuMs: number;
		/** Rows of D1. */
		rows: number;
	};
	/**
	 * Rows billed for one view: two reports and an alarm now and then; at closing its report, which goes, a share of a row of
	 * receipts, and its share of the sealed cells in D1.
	 */
	rowsPerView: { book: number; alarms: number; closing: number; cells: number };
	/** Bytes of a report as it is sent. */
	reportBytes: number;
	/** Rows and bytes of D1 for a million views in 60 closed days of 500 pages. */
	sealed: { rows: number; bytes: number; views: number };
}

/** Reads what it is sent and answers 204. */
const nothingScript = `export class Book {}
export default { async fetch(request) { await request.text(); return new Response(null, { status: 204 }); } };`;

/** The Worker with a book that counts its rows, and the one that does nothing. */
async function buildWorkers(): Promise<void> {
	await bundle();
	const counted = await bundleWorker(join(root, "test/worker/counted-worker.ts"));
	await writeFile(join(root, "dist/counted-worker.js"), counted);
	await writeFile(join(root, "dist/nothing-worker.js"), nothingScript);
}

export async function runServer(options: {
	port: number;
	rounds: number;
	/** Of the day that is closed. */
	views: number;
	tell(line: string): void;
}): Promise<ServerFigures> {
	const { port, rounds, views, tell } = options;
	const folder = await mkdtemp(join(tmpdir(), "sporlos-bench-"));
	await buildWorkers();
	const start = (name: string, at: number) =>
		startApart(() =>
			startRuntime({ root, host, port: at, dataDir: join(folder, name), vars: {}, script: `${name}-worker.js` }),
		);
	const { started: nothing, pid: nothingPid } = await start("nothing", port + 1);
	const { started: runtime, pid } = await start("counted", port);
	try {
		const { db } = runtime;
		await applyMigrations(db, `${root}/schema/migrations`);
		await createSite(db, { id, name: "Bench", origins: [origin], timeZone, grain: "day", k: 5, notice });
		const policy = await policyVersion(notice);
		const app = `http://${host}:${port}`;
		const today = dateOf(Date.now(), timeZone);
		const yesterday = addDays(today, -1);

		const bodies = makeReports({ site: id, date: today, policy, views: (rounds + 1) * roundReports }).map((report) =>
			JSON.stringify(report),
		);
		const results: { durable: { ms: number; cpu: number }; nothing: { ms: number; cpu: number } }[] = [];
		for (let round = 0; round <= rounds; round++) {
			const now = bodies.slice(round * roundReports, (round + 1) * roundReports);
			const durable = await measureLoad(pid, now, atOnce, (body) => post(app, body));
			const none = await measureLoad(nothingPid, now, atOnce, (body) => post(`http://${host}:${port + 1}`, body));
			if (round > 0) results.push({ durable, nothing: none }); // the first one warms up
			tell(
				`round ${round} of ${rounds}: ${Math.round(durable.cpu)} and ${Math.round(none.cpu)} ms of CPU for ${now.length} reports`,
			);
		}
		const per1000 = (pick: (result: (typeof results)[0]) => { cpu: number }) =>
			Math.round(median(results.map((result) => (pick(result).cpu / roundReports) * 1_000)));
		const rate = (pick: (result: (typeof results)[0]) => { ms: number }) =>
			Math.round(median(results.map((result) => (roundReports / pick(result).ms) * 1_000)));

		const written = async () => (await (await fetch(`${app}/bench/written?site=${id}`)).json()) as Written;
		const day = makeReports({ site: id, date: yesterday, policy, views });
		const [alone, together] = [day.slice(0, countedViews), day.slice(countedViews)];
		const before = await written();
		// Early, then final: what most views send.
		const early = alone.map((report) => ({ ...report, seq: 1 }));
		for (const reports of [early, alone])
			await measureLoad(pid, reports, atOnce, (report) => post(app, JSON.stringify(report)));
		const after = await written();
		await measureLoad(pid, inBatches(together), 4, (body) => post(app, body));
		tell(`${views} views of yesterday stored`);

		const owner = await issueKey(db, { site: id, role: "owner", name: "bench" });
		const beforeClosing = await written();
		let cells = 0;
		const closing = await measureLoad(pid, [yesterday], 1, async (period) => {
			const answer = await fetch(`${app}/v1/sites/${id}/closings`, {
				method: "POST",
				headers: { Authorization: `Bearer ${owner}` },
				body: JSON.stringify({ period }),
			});
			if (!answer.ok) throw new Error(await answer.text());
			cells = ((await answer.json()) as { cells: number }).cells;
		});
		const afterClosing = await written();
		tell(`the day closed in ${Math.round(closing.cpu)} ms of CPU`);

		const sealed = Array.from({ length: sealedDays }, (_, n) => sealedDay(addDays("2026-03-01", n), 1e6 / sealedDays));
		const rows = sealed.flatMap((one) => one.rows);
		const keyBytes = `${id}2026-03-01`.length + 8;
		return {
			cpuMsPer1000: { durable: per1000(({ durable }) => durable), nothing: per1000((result) => result.nothing) },
			perSecond: { durable: rate(({ durable }) => durable), nothing: rate((result) => result.nothing) },
			closing: { views, cpuMs: Math.round(closing.cpu), rows: cells },
			rowsPerView: {
				book: (after.rows - before.rows) / countedViews,
				alarms: (after.alarms - before.alarms) / countedViews,
				closing: (afterClosing.rows - beforeClosing.rows) / views,
				cells: cells / views,
			},
			reportBytes: Math.round(bodies.reduce((sum, body) => sum + Buffer.byteLength(body), 0) / bodies.length),
			sealed: {
				rows: rows.length,
				bytes: rows.reduce((sum, [tree, key, , tally]) => sum + Buffer.byteLength(tree + key + tally) + keyBytes, 0),
				views: sealed.reduce((sum, one) => sum + one.views, 0),
			},
		};
	} finally {
		await runtime.stop();
		await nothing.stop();
		await rm(folder, { recursive: true, force: true });
	}
}
