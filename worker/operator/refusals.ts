/**
 * How many requests of collectors were refused, by kind and day, over all sites: so that an owner sees a wrong origin or an old
 * gate. Counted in the isolate's memory and added to D1 at most once in ten minutes, because a refusal that cost a write would
 * let anybody run up the bill; what an isolate has not written when it goes is lost, so a count is a lower bound. Nothing of the
 * request is kept, and a browser that asks not to be measured is not counted even here.
 */
import { dayOf } from "../../schema/period.ts";
import { type ProblemKind, problems } from "../problem.ts";

const writeEveryMs = 600_000;

let counts = new Map<ProblemKind, number>();
let written = Number.NEGATIVE_INFINITY;

/** Counts one; a promise where it is time to write, for the caller to wait for after the answer. */
export function countRefusal(db: D1Database, kind: ProblemKind, now: number): Promise<void> | undefined {
	if (kind === "privacy-signal") return undefined;
	add(kind, 1);
	if (now - written < writeEveryMs) return undefined;
	written = now;
	return write(db, now);
}

function add(kind: ProblemKind, by: number): void {
	counts.set(kind, (counts.get(kind) ?? 0) + by);
}

async function write(db: D1Database, now: number): Promise<void> {
	const taken = counts;
	counts = new Map();
	try {
		await db
			.prepare(
				`INSERT INTO refusal SELECT ?1, value ->> 0, value ->> 1 FROM json_each(?2) WHERE true
				ON CONFLICT DO UPDATE SET n = n + excluded.n`,
			)
			.bind(dayOf(now), JSON.stringify([...taken]))
			.run();
	} catch {
		for (const [kind, n] of taken) add(kind, n); // with the next one
	}
}

/** Refusals since a day, by kind, most frequent first; with what this isolate has not written yet. */
export async function refusalsSince(db: D1Database, day: string): Promise<Partial<Record<ProblemKind, number>>> {
	const { results } = await db
		.prepare("SELECT kind, SUM(n) AS n FROM refusal WHERE day >= ?1 GROUP BY kind")
		.bind(day)
		.all<{ kind: ProblemKind; n: number }>();
	const sums = new Map(counts);
	for (const { kind, n } of results) if (kind in problems) sums.set(kind, (sums.get(kind) ?? 0) + n);
	return Object.fromEntries([...sums].sort((a, b) => b[1] - a[1]));
}
