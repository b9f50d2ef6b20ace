/** Fills the demo site's books with 60 days of sample visits, through the Worker's own parse, fold and seal. */
import { sampleReports } from "../demo/sample-visits.ts";
import { addDays, dateOf, daysBetween } from "../schema/period.ts";
import type { PolicyLine } from "../schema/policy.ts";

const seed = 2026;
const sampleDays = 60;
const timeZone = "Europe/Oslo";

/** The days of the plan that are not filled yet, oldest first. An interrupted filling goes on where it stopped. */
export function missingDays(filled: string[], today: string): string[] {
	const start = [...filled].sort()[0] ?? addDays(today, -sampleDays);
	const days = Array.from({ length: sampleDays }, (_, index) => addDays(start, index));
	return days.filter((day) => day < today && !filled.includes(day));
}

/** `say` gets one line of progress now and then; `signal` stops between two days. */
export async function fillSamples(options: {
	app: string;
	siteId: string;
	ownerKey: string;
	now: number;
	say: (line: string) => void;
	signal: AbortSignal;
}): Promise<void> {
	const { app, siteId, ownerKey, now, say, signal } = options;
	const url = `${app}/v1/sites/${siteId}/samples`;
	const headers = { authorization: `Bearer ${ownerKey}`, "content-type": "application/json" };
	const answer = await fetch(url, { headers, signal });
	if (!answer.ok) throw new Error(`samples: the Worker answered ${answer.status}`);
	const { periods } = (await answer.json()) as { periods: string[] };
	const history = await fetch(`${app}/v1/sites/${siteId}/policies`, { signal });
	const { policies } = (await history.json()) as { policies: PolicyLine[] };
	const policy = policies[0]?.policy ?? "";
	const today = dateOf(now, timeZone);
	const days = missingDays(periods, today);
	if (days.length === 0) return;
	const start = [...periods, ...days].sort()[0] ?? today;
	for (const [index, day] of days.entries()) {
		const level = 0.92 + (0.16 * daysBetween(start, day)) / sampleDays; // a little growth
		const reports = sampleReports({ seed, site: siteId, policy, date: day, level });
		// Yesterday stays in the open book and is sealed in the normal way.
		const body = JSON.stringify({ period: day, seal: day !== addDays(today, -1), reports });
		const response = await fetch(url, { method: "POST", headers, body, signal });
		if (!response.ok) throw new Error(`samples: ${day} was answered ${response.status} ${await response.text()}`);
		if ((index + 1) % 10 === 0) say(`sample visits: ${index + 1} of ${days.length} days`);
	}
	say("sample visits: done");
}
