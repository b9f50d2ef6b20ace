/**
 * A summary for a release's webhook when a new period is out: its released figures and nothing else, signed, sent again until it is
 * taken or too old. The receiver may get one twice, and tells it by its id. Leaves out e-mail.
 */
import { datesOf, periodOfDate, periodsBetween } from "../../schema/period.ts";
import type { Env } from "../env.ts";
import { activeReleases, type Release } from "../release/definition.ts";
import { type Dates, releasedDates } from "../release/released.ts";
import { releaseRoutes } from "../release/table.ts";
import type { Site } from "../sites/stored.ts";
import { postSigned, type Send, sendByFetch } from "./signed-post.ts";
import { webhookKey } from "./signing.ts";

const hourMs = 3_600_000;
const dayMs = 24 * hourMs;
/** What nobody took within this long is not sent any more: the receiver can fetch it. */
const keptMs = 7 * dayMs;
/** In the first hour every run tries, after that one run in this many: of those every ten minutes, each six hours. */
const runsApart = 36;
const runMs = 600_000;
const mostAtOnce = 5;

/** A period as partners see it, with the site's own periods that it is the sum of. */
interface Waiting extends Dates {
	period: string;
	labels: string[];
	/** When the last of them was drawn. */
	drawn: number;
}

/** Periods that are out and have not been taken, oldest first; sample visits are sent to nobody. */
async function waitingOf(d1: D1Database, release: Release, now: number): Promise<Waiting[]> {
	const released = await releasedDates(d1, release);
	if (!released) return [];
	const { results } = await d1
		.prepare(
			`SELECT period, drawn FROM release_ledger WHERE site = ?1 AND release = ?2 AND state = 'final' AND told IS NULL
				AND sample = 0 AND drawn > CAST(?3 AS INTEGER) ORDER BY period`,
		)
		.bind(release.site, release.id, now - keptMs)
		.all<{ period: string; drawn: number }>();
	const shown = new Map<string, Waiting>();
	for (const { period: label, drawn } of results) {
		const date = datesOf(label, release.grain)?.first;
		const period = date && periodOfDate(date, release.terms.period);
		const dates = period && datesOf(period, release.terms.period);
		if (!dates || dates.first < released.from || dates.last > released.to) continue;
		const labels = periodsBetween(dates.first, dates.last, release.grain);
		const last = Math.max(drawn, shown.get(period)?.drawn ?? 0);
		shown.set(period, { period, labels, from: dates.first, to: dates.last, drawn: last });
	}
	return [...shown.values()];
}

/** Whether a run tries this one: soon after it was drawn always, later now and then. */
function isDue(drawn: number, now: number): boolean {
	const age = Math.max(now - drawn, 0);
	return age < hourMs || Math.floor(age / runMs) % runsApart === 0;
}

/** What is sent: the answers of the partner's own routes for this one period. */
async function bodyOf(env: Env, site: Site, release: Release, { period, from, to }: Waiting): Promise<string> {
	const range = { from, to };
	const asked = { d1: env.DB, release, timeZone: site.timeZone, released: range, range };
	const figures: Record<string, unknown> = {};
	for (const [name, { groups, answer }] of Object.entries(releaseRoutes))
		if (groups.some((group) => release.terms.groups.includes(group))) figures[name] = await answer(asked);
	return JSON.stringify({
		event: "release",
		id: `${release.id}/${period}`,
		release: release.id,
		site: site.name,
		audience: release.audience,
		period,
		range,
		figures,
	});
}

async function isTaken(send: Send, url: string, key: string, id: string, body: string, now: number): Promise<boolean> {
	const status = await postSigned(send, url, { id, key, body }, now);
	if (status === undefined) console.error("a release's webhook could not be reached");
	return status !== undefined && status >= 200 && status < 300;
}

/** Sends what waits, of every release of the site that has a webhook. A receiver that is away holds up nobody else. */
export async function deliverSummaries(env: Env, site: Site, now: number, send: Send = sendByFetch): Promise<void> {
	for (const release of await activeReleases(env.DB, site.id)) {
		if (release.webhook === null) continue;
		const due = (await waitingOf(env.DB, release, now)).filter(({ drawn }) => isDue(drawn, now));
		const key = due.length > 0 ? await webhookKey(env.DB, release) : "";
		for (const waiting of due.slice(0, mostAtOnce)) {
			const body = await bodyOf(env, site, release, waiting);
			const id = `${release.id}/${waiting.period}`;
			if (!(await isTaken(send, release.webhook, key, id, body, now))) break;
			await env.DB.prepare(
				`UPDATE release_ledger SET told = CAST(?3 AS INTEGER) WHERE site = ?1 AND release = ?2
					AND period IN (SELECT value FROM json_each(?4))`,
			)
				.bind(release.site, release.id, now, JSON.stringify(waiting.labels))
				.run();
		}
	}
}

/** For the owner: the latest period that was taken, and how many wait. */
export async function deliveryOf(
	d1: D1Database,
	release: Release,
	now: number,
): Promise<{ told: string | null; waiting: number }> {
	const row = await d1
		.prepare("SELECT max(period) AS told FROM release_ledger WHERE site = ?1 AND release = ?2 AND told IS NOT NULL")
		.bind(release.site, release.id)
		.first<{ told: string | null }>();
	return { told: row?.told ?? null, waiting: (await waitingOf(d1, release, now)).length };
}
