/**
 * Matomo: reports of its HTTP API as CSV with `period=day` and a range of dates, one file a method, named after it. Actions stand
 * for page views where a report has no page views: they count downloads and links out too.
 * Source: https://developer.matomo.org/api-reference/reporting-api, and core/DataTable/Renderer/Csv.php of matomo-org/matomo, which
 * puts a column `date` before those of the report and writes UTF-16 unless convertToUnicode=0 is asked for (2026-11-22).
 */
import type { TreeName } from "../../schema/trees.ts";
import { add, type Counted, type History } from "../../worker/operator/history.ts";
import { type CsvFile, numberOf, type Row, rowsOf } from "./csv.ts";
import { channelOf, countryOf, deviceOf, languageOf, pageOf, systemOf } from "./names.ts";

/** Measures by the columns they stand in, the first that is there. */
type Columns = Partial<Record<keyof Counted, string[]>>;
interface Report {
	tree: TreeName;
	key(row: Row): string;
	columns: Columns;
}

const visitColumns: Columns = {
	visitors: ["nb_uniq_visitors"],
	views: ["nb_pageviews", "nb_actions"],
	entries: ["nb_visits"],
	bounces: ["bounce_count"],
};
const label = ({ label: name = "" }: Row) => name;
const reports: Record<string, Report> = {
	"API.get": { tree: "site", key: () => "", columns: visitColumns },
	"Actions.getPageUrls": {
		tree: "page",
		key: (row) => pageOf(row.url || row.metadata_url || label(row)),
		columns: {
			visitors: ["nb_uniq_visitors"],
			views: ["nb_hits"],
			entries: ["entry_nb_visits"],
			bounces: ["entry_bounce_count"],
			exits: ["exit_nb_visits"],
		},
	},
	"Referrers.getReferrerType": { tree: "channel", key: (row) => channelOf(label(row)), columns: visitColumns },
	"UserCountry.getCountry": {
		tree: "country",
		key: (row) => countryOf(row.code || row.metadata_code || label(row)),
		columns: visitColumns,
	},
	"DevicesDetection.getType": { tree: "device", key: (row) => deviceOf(label(row)), columns: visitColumns },
	"DevicesDetection.getOsFamilies": { tree: "os", key: (row) => systemOf(label(row)), columns: visitColumns },
	"UserLanguage.getLanguageCode": { tree: "language", key: (row) => languageOf(label(row)), columns: visitColumns },
};

/** Throws a RangeError for a file whose name or columns do not tell what it is. */
export function readMatomo(history: History, { name, text }: CsvFile): void {
	const report = Object.entries(reports).find(([method]) => name.includes(method))?.[1];
	if (!report)
		throw new RangeError(`${name} is named after no report that is imported: ${Object.keys(reports).join(", ")}.`);
	const rows = rowsOf(text);
	if (!rows[0]) return;
	if (!("date" in rows[0]))
		throw new RangeError(`${name} has no column date: ask for period=day and a range of dates.`);
	for (const row of rows) {
		const counted: Counted = {};
		for (const [measure, columns] of Object.entries(report.columns) as [keyof Counted, string[]][]) {
			const n = columns.map((column) => numberOf(row[column])).find((found) => found !== undefined);
			if (n !== undefined) counted[measure] = n;
		}
		add(history, row.date ?? "", report.tree, report.key(row), counted);
	}
}
