/**
 * Plausible's export: a zip of CSV files, one a table, one row a day and name. Leaves out custom events, entry times and what
 * Plausible itself had imported (which it does not export).
 * Source: https://plausible.io/docs/csv-import (read 2026-11-22).
 */
import { keySeparator } from "../../schema/trees.ts";
import { add, type Counted, type History } from "../../worker/operator/history.ts";
import { type CsvFile, numberOf, type Row, rowsOf } from "./csv.ts";
import { countryOf, deviceOf, pageOf, sourceOf, systemOf } from "./names.ts";

const whole = (row: Row): Counted => ({
	...known("visitors", row.visitors),
	...known("views", row.pageviews),
	...known("entries", row.visits),
	...known("bounces", row.bounces),
});
function known<Name extends keyof Counted>(name: Name, text: string | undefined): Pick<Counted, Name> {
	const n = numberOf(text);
	return (n === undefined ? {} : { [name]: n }) as Pick<Counted, Name>;
}

type Reader = (history: History, date: string, row: Row) => void;

/** By a column that only this table has. */
const tables: [column: string, read: Reader][] = [
	// Its visitors are those of the entry, not of the page.
	[
		"entry_page",
		(history, date, row) =>
			add(history, date, "page", pageOf(row.entry_page ?? ""), {
				...known("entries", row.entrances),
				...known("bounces", row.bounces),
			}),
	],
	[
		"exit_page",
		(history, date, row) => add(history, date, "page", pageOf(row.exit_page ?? ""), known("exits", row.exits)),
	],
	[
		"page",
		(history, date, row) =>
			add(history, date, "page", pageOf(row.page ?? ""), {
				...known("visitors", row.visitors),
				...known("views", row.pageviews),
			}),
	],
	["source", readSource],
	["country", (history, date, row) => add(history, date, "country", countryOf(row.country ?? ""), whole(row))],
	["device", (history, date, row) => add(history, date, "device", deviceOf(row.device ?? ""), whole(row))],
	[
		"operating_system",
		(history, date, row) => add(history, date, "os", systemOf(row.operating_system ?? ""), whole(row)),
	],
	["browser", () => {}], // counted by us below a device, which Plausible does not tell
	["name", () => {}],
	["pageviews", (history, date, row) => add(history, date, "site", "", whole(row))],
];

function readSource(history: History, date: string, row: Row): void {
	const { channel, referrer, campaign } = sourceOf({
		source: row.source ?? "",
		referrer: row.referrer ?? "",
		medium: row.utm_medium ?? row.utm_source ?? "",
		campaign: row.utm_campaign ?? "",
	});
	const counted = whole(row);
	add(history, date, "channel", channel, counted);
	if (referrer) add(history, date, "channel-referrer", channel + keySeparator + referrer, counted);
	if (campaign) add(history, date, "channel-campaign", channel + keySeparator + campaign, counted);
}

/** Throws a RangeError for a file that is none of Plausible's. */
export function readPlausible(history: History, { name, text }: CsvFile): void {
	const rows = rowsOf(text);
	const [first] = rows;
	if (!first) return;
	const table = tables.find(([column]) => column in first);
	if (!table || !("date" in first)) throw new RangeError(`${name} is not one of the files that Plausible exports.`);
	for (const row of rows) table[1](history, row.date ?? "", row);
}
