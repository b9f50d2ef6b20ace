/**
 * Umami's export: `website_event.csv`, a row for every page view and event, visits and visitors told apart by ids. Visits are
 * put together from it as our collector does it, so paths are known too. Umami draws a visitor's id anew every month, and keeps
 * instants in UTC. Leaves out events that are not page views.
 * Source: https://docs.umami.is/docs/cloud/export-data (2026-11); the columns are those of the table website_event, as other
 * projects' importers of that file list them.
 */

import { dateOf, hourOfWeek } from "../../schema/period.ts";
import { channels } from "../../schema/report.ts";
import { otherName } from "../../schema/tree-rules.ts";
import { keySeparator, type TreeName } from "../../schema/trees.ts";
import { ensure } from "../../worker/book/ensure.ts";
import { add, type Counted, type History } from "../../worker/operator/history.ts";
import { type CsvFile, type Row, rowsOf } from "./csv.ts";
import { countryOf, deviceOf, hostOf, languageOf, pageOf, sourceOf, systemOf } from "./names.ts";

const needed = ["session_id", "visit_id", "url_path", "created_at"];
const pageView = "1";

interface View {
	instant: number;
	row: Row;
}

/** Throws a RangeError for a file that is none of Umami's. */
export function readUmami(history: History, { name, text }: CsvFile, timeZone: string): void {
	const rows = rowsOf(text);
	if (!rows[0]) return;
	const missing = needed.filter((column) => !(column in (rows[0] as Row)));
	if (missing.length > 0)
		throw new RangeError(`${name} is not Umami's website_event.csv: ${missing.join(", ")} is missing.`);
	const visits = new Map<string, View[]>();
	for (const row of rows) {
		const instant = instantOf(row.created_at ?? "");
		if ((row.event_type ?? pageView) !== pageView || instant === undefined) continue;
		ensure(visits, row.visit_id ?? "", (): View[] => []).push({ instant, row });
	}
	const people = new Map<string, Set<string>>();
	for (const views of visits.values())
		countVisit(
			history,
			people,
			views.sort((a, b) => a.instant - b.instant),
			timeZone,
		);
}

/** `2026-03-01 10:00:00` and ISO 8601, both UTC. */
function instantOf(text: string): number | undefined {
	const instant = Date.parse(/[zZ]$|[+-]\d\d:?\d\d$/.test(text) ? text : `${text.replace(" ", "T")}Z`);
	return Number.isNaN(instant) ? undefined : instant;
}

/** A visit is booked whole on the day it began, like ours. */
function countVisit(history: History, people: Map<string, Set<string>>, views: View[], timeZone: string): void {
	const [entry] = views;
	if (!entry) return;
	const date = dateOf(entry.instant, timeZone);
	const visitor = entry.row.session_id ?? "";
	/** Adds to a name, and its visitor if that is the first time today. */
	const touch = (tree: TreeName, key: string, counted: Counted) => {
		const seen = ensure(people, `${date}\n${tree}\n${key}`, () => new Set<string>());
		const isFirst = !seen.has(visitor);
		seen.add(visitor);
		add(history, date, tree, key, { ...counted, visitors: isFirst ? 1 : 0 });
	};
	const whole = { views: views.length, entries: 1, bounces: views.length === 1 ? 1 : 0 };
	const { row } = entry;
	touch("site", "", whole);
	touch("device", deviceOf(row.device ?? ""), whole);
	touch("country", countryOf(row.country ?? ""), whole);
	touch("language", languageOf(row.language ?? ""), whole);
	touch("os", systemOf(row.os ?? ""), whole);
	touch("hour", String(hourOfWeek(entry.instant, timeZone)), whole);
	const own = hostOf(row.hostname ?? "");
	const from = hostOf(row.referrer_domain ?? "");
	const { channel, referrer, campaign } = sourceOf({
		referrer: from === own ? "" : from,
		medium: row.utm_medium || row.utm_source || "",
		campaign: row.utm_campaign ?? "",
	});
	const entered = { entries: 1, bounces: whole.bounces };
	touch("channel", channel, entered);
	if (referrer) touch("channel-referrer", channel + keySeparator + referrer, entered);
	if (campaign) touch("channel-campaign", channel + keySeparator + campaign, entered);
	const pages = views.map((view) => pageOf(view.row.url_path ?? "/"));
	for (const [at, page] of pages.entries()) {
		const isEntry = at === 0;
		const counted = {
			views: 1,
			entries: isEntry ? 1 : 0,
			bounces: isEntry ? whole.bounces : 0,
			exits: at === pages.length - 1 ? 1 : 0,
		};
		touch("page", page, counted);
		if (!isEntry) touch("page-previous", page + keySeparator + pages[at - 1], { views: 1 });
		else if (channel !== otherName && channels.includes(channel))
			touch("page-channel", page + keySeparator + channel, { views: 1 });
	}
}
