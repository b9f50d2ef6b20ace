/**
 * Google Analytics 4: free-form explorations with the dimension Date and at most one other, downloaded as CSV, in English. A
 * session that was not engaged counts as a bounce, which are fewer than visits of one page: GA4 tells no more. Explorations may
 * be sampled, and leave out small numbers of people.
 * Source: names of dimensions and metrics, https://developers.google.com/analytics/devguides/reporting/data/v1/api-schema; bounce
 * rate, https://support.google.com/analytics/answer/11986666 (2026-11). Google does not document the file: comments before the
 * header and a line of totals without a date are as other projects' tests have them.
 */
import { otherName } from "../../schema/tree-rules.ts";
import type { TreeName } from "../../schema/trees.ts";
import { add, type Counted, type History } from "../../worker/operator/history.ts";
import { type CsvFile, numberOf, type Row, rowsOf } from "./csv.ts";
import { channelOf, countryOf, deviceOf, languageOf, pageOf, systemOf } from "./names.ts";

interface Dimension {
	/** As explorations write it, or the Data API. */
	column: RegExp;
	tree: TreeName;
	key(name: string): string;
	/** Whether a row is about what begins there, not about the page itself. */
	isEntry?: true;
}

const dimensions: Dimension[] = [
	{ column: /^(page path.*|pagepath.*|unifiedpagepathscreen)$/, tree: "page", key: pageOf },
	{ column: /^landing ?page.*$/, tree: "page", key: pageOf, isEntry: true },
	{ column: /^country( id)?$|^countryid$/, tree: "country", key: countryOf },
	{ column: /^device ?category$/, tree: "device", key: deviceOf },
	{ column: /channel ?group/, tree: "channel", key: channelOf },
	{ column: /^operating ?system$/, tree: "os", key: systemOf },
	{ column: /^language( code)?$|^languagecode$/, tree: "language", key: languageOf },
];

/** What GA4 writes where it does not tell. */
const unnamed = /^(\(not set\)|\(other\)|)$/;

/** The first of the columns that has a number. */
const numberIn = (row: Row, ...names: string[]) =>
	names.map((name) => numberOf(row[name])).find((n) => n !== undefined);

function countedIn(row: Row): Counted {
	const visitors = numberIn(row, "total users", "totalusers", "active users", "activeusers");
	const views = numberIn(row, "views", "screenpageviews");
	const entries = numberIn(row, "sessions");
	const bounces = bouncesIn(row, entries);
	return {
		...(visitors === undefined ? {} : { visitors }),
		...(views === undefined ? {} : { views }),
		...(entries === undefined ? {} : { entries }),
		...(bounces === undefined ? {} : { bounces }),
	};
}

function bouncesIn(row: Row, sessions: number | undefined): number | undefined {
	const engaged = numberIn(row, "engaged sessions", "engagedsessions");
	if (sessions === undefined) return undefined;
	if (engaged !== undefined) return Math.max(0, sessions - engaged);
	const rate = row["bounce rate"] ?? row.bouncerate;
	if (!rate || Number.isNaN(Number.parseFloat(rate))) return undefined;
	return Math.round(sessions * (Number.parseFloat(rate) / (rate.endsWith("%") ? 100 : 1)));
}

/** Throws a RangeError for a file that cannot be read day by day. */
export function readGa4(history: History, { name, text }: CsvFile): void {
	const rows = rowsOf(text);
	const [first] = rows;
	if (!first) return;
	if (!("date" in first))
		throw new RangeError(`${name} has no column Date: export a free-form exploration with the dimension Date.`);
	const used = dimensions.filter(({ column }) => Object.keys(first).some((header) => column.test(header)));
	const [dimension] = used;
	const header = dimension && Object.keys(first).find((column) => dimension.column.test(column));
	const isNumber = (text: string) => /^[\d.,\s]*%?$/.test(text);
	const strange = Object.keys(first).filter(
		(column) =>
			column !== "" &&
			column !== "date" &&
			column !== header &&
			rows.some((row) => row.date && !isNumber(row[column] ?? "")),
	);
	if (strange.length > 0)
		throw new RangeError(
			`${name} has the dimension ${strange[0]} too: export Date with one other, or with one that is imported.`,
		);
	for (const row of rows) {
		const date = /^(\d{4})(\d\d)(\d\d)$/
			.exec(row.date ?? "")
			?.slice(1)
			.join("-");
		if (!date) continue; // the line of totals has none
		const counted = countedIn(row);
		if (!dimension || !header) {
			add(history, date, "site", "", counted);
			continue;
		}
		const { entries, bounces, visitors, views } = counted;
		const ofEntry = { ...(entries === undefined ? {} : { entries }), ...(bounces === undefined ? {} : { bounces }) };
		const ofPage = { ...(views === undefined ? {} : { views }), ...(visitors === undefined ? {} : { visitors }) };
		const kept = dimension.isEntry ? ofEntry : dimension.tree === "page" ? ofPage : counted;
		const name = row[header] ?? "";
		add(history, date, dimension.tree, unnamed.test(name) ? otherName : dimension.key(name), kept);
	}
}
