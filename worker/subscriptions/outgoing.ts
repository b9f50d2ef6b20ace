/**
 * Messages on their way: put here once, tried until they are taken, less and less often, and given up in the end. At least once: what
 * was taken just before a crash is sent again. Leaves out what messages say (dashboard/mail) and how they travel (ways-out.ts).
 */
import { and, eq, isNull, lt } from "drizzle-orm";
import { drizzle } from "drizzle-orm/d1";
import type { OutgoingContent } from "../../schema/subscription.ts";
import { outgoing, subscription } from "../../schema/tables.ts";
import type { Outgoing } from "./shapes.ts";

const minuteMs = 60_000;
/** Waits after each try but the last. */
const waitsMs = [10, 60, 240, 720, 1440].map((minutes) => minutes * minuteMs);
/** What was given up is shown for this long. */
const shownMs = 30 * 86_400_000;
/** Of one site in one run: each takes a few calls, and a request of the free plan has not many. */
const mostAtOnce = 5;

/** Puts one subscription's summary here, and remembers that it was: neither happens twice. */
export async function addSummary(
	d1: D1Database,
	{ id, site }: { id: string; site: string },
	content: Extract<OutgoingContent, { kind: "summary" }>,
	now: number,
): Promise<void> {
	await d1.batch([
		d1
			.prepare(
				`INSERT OR IGNORE INTO outgoing SELECT id, ?3, site, ?4, CAST(?5 AS INTEGER), 0, CAST(?5 AS INTEGER), NULL
				FROM subscription WHERE id = ?1 AND site = ?2 AND summarised < ?6`,
			)
			.bind(id, site, `summary ${content.period}`, JSON.stringify(content), now, content.period),
		d1.prepare("UPDATE subscription SET summarised = ?2 WHERE id = ?1").bind(id, content.period),
	]);
}

/**
 * A statement that puts an alert's event here, for everybody who gets alerts and did so when it was raised; `holds` is what must
 * be so in site_alert, of this alert, for it to be told.
 */
export function addAlert(
	d1: D1Database,
	site: string,
	content: Extract<OutgoingContent, { kind: "alert" }>,
	holds: "ended IS NULL" | "ended = CAST(?6 AS INTEGER)",
): D1PreparedStatement {
	const { kind, subject } = content.finding;
	const message = ["alert", kind, subject, content.raised, content.state].filter(Boolean).join(" ");
	return d1
		.prepare(
			`INSERT OR IGNORE INTO outgoing SELECT id, ?2, ?1, ?3, CAST(?6 AS INTEGER), 0, CAST(?6 AS INTEGER), NULL
			FROM subscription WHERE site = ?1 AND alerts = 1 AND created <= CAST(?7 AS INTEGER) AND EXISTS (
				SELECT 1 FROM site_alert WHERE site = ?1 AND kind = ?4 AND subject = ?5 AND raised = CAST(?7 AS INTEGER) AND ${holds}
			)`,
		)
		.bind(site, message, JSON.stringify(content), kind, subject, content.at, content.raised);
}

/** What is due, each already planned for the next time: should this run break off, that is when it is tried again. */
export async function takeDue(d1: D1Database, site: string, now: number): Promise<Outgoing[]> {
	const waits = waitsMs.map((ms, tries) => `WHEN ${tries} THEN ${ms}`).join(" ");
	const { results } = await d1
		.prepare(
			`UPDATE outgoing SET tries = tries + 1, due = CAST(?2 AS INTEGER) + CASE tries ${waits} ELSE ${waitsMs.at(-1)} END
			WHERE (subscription, message) IN (
				SELECT subscription, message FROM outgoing WHERE site = ?1 AND due <= CAST(?2 AS INTEGER) ORDER BY due LIMIT ${mostAtOnce}
			) RETURNING *`,
		)
		.bind(site, now)
		.all<Omit<Outgoing, "content"> & { content: string }>();
	return results
		.map((row) => ({ ...row, content: JSON.parse(row.content) as OutgoingContent }))
		.sort((a, b) => a.made - b.made);
}

const isRow = ({ subscription: id, message }: Outgoing) =>
	and(eq(outgoing.subscription, id), eq(outgoing.message, message));

/** It was taken: nothing of it stays but when. */
export async function noteTaken(d1: D1Database, row: Outgoing, now: number): Promise<void> {
	const db = drizzle(d1);
	await db.batch([
		db.delete(outgoing).where(isRow(row)),
		db.update(subscription).set({ sent: now }).where(eq(subscription.id, row.subscription)),
	]);
}

/** It was not taken; after the last try, or where trying again is of no use, it is given up. */
export async function noteFailure(d1: D1Database, row: Outgoing, failure: string, isFinal: boolean): Promise<void> {
	const isLast = isFinal || row.tries > waitsMs.length;
	await drizzle(d1)
		.update(outgoing)
		.set({ failure, ...(isLast ? { due: null } : {}) })
		.where(isRow(row));
}

/** What of a site could not be delivered: it waits for another try, or was given up. */
export async function failuresOf(d1: D1Database, site: string): Promise<Outgoing[]> {
	const rows = await drizzle(d1).select().from(outgoing).where(eq(outgoing.site, site));
	return rows.filter(({ failure }) => failure !== null).sort((a, b) => b.made - a.made);
}

export async function forgetGivenUp(d1: D1Database, site: string, now: number): Promise<void> {
	await drizzle(d1)
		.delete(outgoing)
		.where(and(eq(outgoing.site, site), isNull(outgoing.due), lt(outgoing.made, now - shownMs)));
}
