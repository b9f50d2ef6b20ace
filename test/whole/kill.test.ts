import { expect, test } from "vitest";
import { notice } from "../../demo/notice.ts";
import type { Report } from "../../schema/report.ts";
import { policyVersion } from "../../worker/sites/create.ts";
import type { Summary } from "../../worker/stats/answers.ts";
import { startApp } from "../support/app.ts";
import { makeEntryReport, postReports, readFigures, todayInOslo } from "../support/reports.ts";

/** Moments at which the process is killed; KILLS raises it for the long run. */
const kills = Number(process.env.KILLS ?? 10);
const senders = 8;

/** Sends until stopped; a report whose answer never came is sent again by the next life, as an outbox would. */
async function sendUntil(
	signal: AbortSignal,
	app: string,
	site: string,
	next: () => Report,
	acknowledged: (report: Report) => void,
) {
	while (!signal.aborted) {
		const report = next();
		try {
			if ((await postReports(app, site, report, signal)) === 204) acknowledged(report);
		} catch {
			return; // the process is gone
		}
	}
}

test(`SIGKILL of the process that holds the storage, ${kills} times with requests in flight, loses nothing acknowledged and counts nothing twice`, {
	timeout: 60_000 + kills * 20_000,
}, async () => {
	const policy = await policyVersion(notice);
	let app = await startApp({ sample: false });
	const acknowledged = new Set<string>();
	const sent = new Map<string, Report>();
	try {
		for (let round = 0; round < kills; round++) {
			const stop = new AbortController();
			// What the last life left unanswered goes first, exactly as it was; then new views.
			const waiting = [...sent.values()].filter(({ view }) => !acknowledged.has(view));
			const next = () => {
				const report = waiting.pop() ?? makeEntryReport(policy);
				sent.set(report.view, report);
				return report;
			};
			let answers = 0;
			const note = ({ view }: Report) => {
				acknowledged.add(view);
				answers++;
			};
			const running = Array.from({ length: senders }, () => sendUntil(stop.signal, app.app, app.site, next, note));
			// Somewhere between the 20th and the 120th answer of this life, while eight more are under way.
			const moment = 20 + ((round * 37) % 100);
			while (answers < moment) await new Promise(setImmediate);
			await app.kill();
			stop.abort();
			await Promise.all(running);
			app = await app.restart();
			const { views, visits } = await readFigures<Summary>(app.app, app.ownerKey, `summary?from=${todayInOslo()}`);
			expect(views).toBe(visits);
			expect(views).toBeGreaterThanOrEqual(acknowledged.size);
			expect(views).toBeLessThanOrEqual(sent.size);
		}
		// Once everything has been answered, the count is exact: what was stored without an answer counts once all the same.
		for (const report of sent.values())
			if (!acknowledged.has(report.view)) expect(await postReports(app.app, app.site, report)).toBe(204);
		const { views, visitors } = await readFigures<Summary>(app.app, app.ownerKey, `summary?from=${todayInOslo()}`);
		expect(views).toBe(sent.size);
		expect(visitors).toBe(sent.size);
		expect(acknowledged.size).toBeGreaterThan(kills * 20 - 1);
	} finally {
		await app.stop();
	}
});
