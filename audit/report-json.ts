/** The report for programs: the verdict, and what was seen in each state, granted ones included. Leaves out screenshots. */
import type { Audited } from "./evidence.ts";
import type { Verdict } from "./judge.ts";

const clip = (text: string, length: number) => (text.length > length ? `${text.slice(0, length - 1)}…` : text);

export function reportJson(record: Audited, verdict: Verdict): string {
	const { evidence, ...about } = record;
	const states = evidence.map(({ screenshot: _, requests, acts, stored, ...one }) => ({
		...one,
		requests: requests.map(({ body, ...request }) => ({ ...request, bodyChars: body?.length ?? 0 })),
		acts: acts.map(({ body, ...act }) => ({ ...act, bodyChars: body?.length ?? 0 })),
		stored: stored.map((item) => ({ ...item, value: clip(item.value, 120) })),
	}));
	return `${JSON.stringify({ version: 1, ...about, ...verdict, states }, undefined, "\t")}\n`;
}
