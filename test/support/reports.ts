/** Valid reports for tests that talk to the running app over HTTP. */
import { randomBytes } from "node:crypto";
import { bucketOf } from "../../schema/buckets.ts";
import { dateOf } from "../../schema/period.ts";
import { type Report, reportVersion } from "../../schema/report.ts";
import { countedIn } from "../../schema/tree-rules.ts";

const timeZone = "Europe/Oslo";
export const todayInOslo = () => dateOf(Date.now(), timeZone);

/** An entry view of the demo site's front page, by a browser that was never here before. */
export function makeEntryReport(policy: string, change: { view?: string; seq?: number; page?: string } = {}): Report {
	const report: Report = {
		v: reportVersion,
		site: "demo",
		view: change.view ?? randomBytes(16).toString("base64url"),
		seq: change.seq ?? 1,
		book: 0,
		consent: { policy, by: "manual", day: todayInOslo(), purposes: ["performance", "visits", "interactions"] },
		period: todayInOslo(),
		hour: 12,
		first: [],
		place: {
			page: change.page ?? "/",
			kind: "load",
			country: "ZZ",
			device: "desktop",
			browser: "Firefox",
			os: "Linux",
			language: "nb",
		},
		visit: { index: 1, channel: "direct", continued: false, gap: 31 },
		time: { visible: bucketOf(20_000), engaged: bucketOf(12_000) },
		leaving: { how: "closed", certain: true },
		speed: { lcp: bucketOf(1200) },
		interaction: { scroll: 4, clicks: [] },
	};
	return { ...report, first: countedIn(report).map(([, , mark]) => mark) };
}

/** Sends reports as a page of `origin` would; the answer's status. */
export async function postReports(app: string, origin: string, body: unknown, signal?: AbortSignal): Promise<number> {
	const answer = await fetch(`${app}/v1/reports`, {
		method: "POST",
		headers: { Origin: origin, "Content-Type": "text/plain" },
		body: JSON.stringify(body),
		...(signal ? { signal } : {}),
	});
	await answer.arrayBuffer();
	return answer.status;
}

/** Figures of the demo site's API. */
export async function readFigures<T>(app: string, ownerKey: string, path: string): Promise<T> {
	const answer = await fetch(`${app}/v1/sites/demo/stats/${path}`, {
		headers: { Authorization: `Bearer ${ownerKey}` },
	});
	if (!answer.ok) throw new Error(`${path}: ${answer.status} ${await answer.text()}`);
	return (await answer.json()) as T;
}
