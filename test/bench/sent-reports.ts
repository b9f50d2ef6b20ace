/** Reports as collectors send them, for a day of some site, and sending them. Leaves out measuring. */
import { sampleReports } from "../../demo/sample-visits.ts";
import type { Report } from "../../schema/report.ts";
import { countedIn } from "../../schema/tree-rules.ts";
import { spread } from "./sealed-days.ts";

export const origin = "https://bench.example";
/** Reports sent together where only what becomes of them matters. */
const batch = 20;

/** Marks as numbers. */
function asSent(report: Report): Report {
	const counted = countedIn(report).map(([, , mark]) => mark);
	return { ...report, first: report.first.map((mark) => counted.indexOf(String(mark))) };
}

/** The same day again and again with other views, as many as asked for. */
export function makeReports(of: { site: string; date: string; policy: string; views: number }): Report[] {
	const { views, ...day } = of;
	const reports = sampleReports({ seed: 2, ...day, level: views / 1_250 });
	const enough = Array.from({ length: Math.ceil(views / reports.length) }, (_, copy) =>
		reports.map((report) => ({ ...report, view: `${report.view.slice(0, 18)}${String(copy).padStart(4, "0")}` })),
	);
	return spread(enough.flat().slice(0, views), day.date).map(asSent);
}

export async function post(app: string, body: string): Promise<void> {
	const answer = await fetch(`${app}/v1/reports`, {
		method: "POST",
		headers: { Origin: origin, "Content-Type": "text/plain" },
		body,
	});
	if (answer.status !== 204) throw new Error(`${answer.status} ${await answer.text()}`);
	await answer.arrayBuffer();
}

/** Bodies of several reports each. */
export function inBatches(reports: readonly Report[]): string[] {
	return Array.from({ length: Math.ceil(reports.length / batch) }, (_, n) =>
		JSON.stringify(reports.slice(n * batch, (n + 1) * batch)),
	);
}

export async function postAll(app: string, reports: readonly Report[]): Promise<void> {
	for (const body of inBatches(reports)) await post(app, body);
}
