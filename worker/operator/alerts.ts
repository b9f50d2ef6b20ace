/**
 * Scheduled work that fails, noted in D1: what fails a second time in a row raises an alert, which is shown on the operator's
 * page and in /healthz, and sent to ALERT_URL where that is set; what works again ends it. Nothing of a site's content is in an
 * alert. Leaves out a D1 that takes no writes: then nothing can be noted, and /healthz fails instead.
 */
import { dayOf } from "../../schema/period.ts";
import type { Env } from "../env.ts";

const dayMs = 86_400_000;
/** Alerts that have ended, and counts of refusals, are kept for this long. */
const keptDays = 30;
const failuresToRaise = 2;
const deliveryMs = 10_000;

export interface Step {
	site: string;
	/** Closing a period, everything else that is due, or a release that must be complete. */
	kind: "closing" | "upkeep" | "release";
	/** The period that is closed, or the release's id; empty for upkeep. */
	subject: string;
}

export interface Alert extends Step {
	failures: number;
	/** ms since 1970; of the failure that began it, and the latest. */
	first: number;
	last: number;
}

/** Does the work, and tells whether it went well. Never throws. */
export type Attempt = (step: Step, work: () => Promise<unknown>) => Promise<boolean>;

export interface Watch {
	attempt: Attempt;
	/** Ends what failed with periods of a site that are not open any more: somebody else has closed them. */
	endClosings(site: string, open: ReadonlySet<string>): Promise<void>;
}

/** Watches one run of the scheduled work. */
export async function watchWork(env: Env, now: number): Promise<Watch> {
	const [, , found] = await env.DB.batch<Step>([
		env.DB.prepare("DELETE FROM alert WHERE ended < CAST(?1 AS INTEGER)").bind(now - keptDays * dayMs),
		env.DB.prepare("DELETE FROM refusal WHERE day < ?1").bind(dayOf(now - keptDays * dayMs)),
		env.DB.prepare("SELECT site, kind, subject FROM alert WHERE ended IS NULL"),
	]);
	const failing = found?.results ?? [];
	const isSame = (step: Step) => (other: Step) =>
		other.site === step.site && other.kind === step.kind && other.subject === step.subject;
	return {
		async attempt(step, work) {
			try {
				await work();
			} catch (error) {
				say(step, error);
				await noteFailure(env, step, now).catch((unnoted: unknown) => say(step, unnoted));
				return false;
			}
			if (failing.some(isSame(step))) await noteEnd(env, step, now).catch((unnoted: unknown) => say(step, unnoted));
			return true;
		},
		async endClosings(site, open) {
			for (const step of failing)
				if (step.site === site && step.kind === "closing" && !open.has(step.subject)) await noteEnd(env, step, now);
		},
	};
}

/** Our own words, or SQLite's; never a report's. */
function say({ site, kind, subject }: Step, error: unknown): void {
	const words = error instanceof Error ? error.message : "unknown error";
	console.error(`${[kind, subject].filter(Boolean).join(" ")} of ${site} failed: ${words}`);
}

/** Counts a failure; one after an end begins anew. */
async function noteFailure(env: Env, step: Step, now: number): Promise<void> {
	const row = await env.DB.prepare(
		`INSERT INTO alert (site, kind, subject, failures, first, last) VALUES (?1, ?2, ?3, 1, CAST(?4 AS INTEGER), CAST(?4 AS INTEGER))
		ON CONFLICT DO UPDATE SET
			failures = CASE WHEN ended IS NULL THEN failures + 1 ELSE 1 END,
			first = CASE WHEN ended IS NULL THEN first ELSE excluded.first END,
			last = excluded.last,
			raised = CASE WHEN ended IS NULL AND failures + 1 >= CAST(?5 AS INTEGER) THEN COALESCE(raised, excluded.last) END,
			told = CASE WHEN ended IS NULL THEN told END,
			ended = NULL
		RETURNING failures, first, last, raised, told`,
	)
		.bind(step.site, step.kind, step.subject, now, failuresToRaise)
		.first<Alert & { raised: number | null; told: number | null }>();
	if (!row || row.raised === null || row.told !== null) return;
	const { failures, first, last } = row;
	if (!(await tell(env, "raised", { ...step, failures, first, last }))) return;
	await env.DB.prepare("UPDATE alert SET told = CAST(?4 AS INTEGER) WHERE site = ?1 AND kind = ?2 AND subject = ?3")
		.bind(step.site, step.kind, step.subject, now)
		.run();
}

async function noteEnd(env: Env, step: Step, now: number): Promise<void> {
	const row = await env.DB.prepare(
		`UPDATE alert SET ended = CAST(?4 AS INTEGER) WHERE site = ?1 AND kind = ?2 AND subject = ?3 AND ended IS NULL
		RETURNING failures, first, last, told`,
	)
		.bind(step.site, step.kind, step.subject, now)
		.first<Alert & { told: number | null }>();
	if (!row || row.told === null) return;
	const { failures, first, last } = row;
	await tell(env, "ended", { ...step, failures, first, last });
}

/** Sends the event to ALERT_URL; false where it was not taken, and is sent again after the next failure. */
async function tell(env: Env, state: "raised" | "ended", { first, last, ...alert }: Alert): Promise<boolean> {
	if (!env.ALERT_URL) return false;
	const body = {
		event: "alert",
		state,
		...alert,
		first: new Date(first).toISOString(),
		last: new Date(last).toISOString(),
	};
	try {
		const answer = await fetch(env.ALERT_URL, {
			method: "POST",
			headers: { "Content-Type": "application/json" },
			body: JSON.stringify(body),
			signal: AbortSignal.timeout(deliveryMs),
		});
		await answer.body?.cancel();
		return answer.ok;
	} catch {
		console.error("ALERT_URL could not be reached"); // the address may hold a secret
		return false;
	}
}

/** Alerts that are raised and have not ended, the oldest first; of some sites, or all. */
export async function alertsOf(db: D1Database, sites: string[]): Promise<Alert[]> {
	const { results } = await db
		.prepare(
			`SELECT site, kind, subject, failures, first, last FROM alert
			WHERE raised IS NOT NULL AND ended IS NULL AND site IN (SELECT value FROM json_each(?1)) ORDER BY first`,
		)
		.bind(JSON.stringify(sites))
		.all<Alert>();
	return results;
}
