/** Files that another tool exported → its history by day. Leaves out where files are, and what is done with the history. */
import type { ImportSource } from "../../schema/imports.ts";
import { isDate } from "../../schema/period.ts";
import type { History } from "../../worker/operator/history.ts";
import type { CsvFile } from "./csv.ts";
import { readGa4 } from "./ga4.ts";
import { readMatomo } from "./matomo.ts";
import { readPlausible } from "./plausible.ts";
import { readUmami } from "./umami.ts";

/** `timeZone` is the site's: some tools keep instants. Throws a RangeError, in words, for what cannot be read. */
const readers: Record<ImportSource, (history: History, file: CsvFile, timeZone: string) => void> = {
	plausible: readPlausible,
	umami: readUmami,
	ga4: readGa4,
	matomo: readMatomo,
};

export function readHistory(source: ImportSource, files: CsvFile[], timeZone: string): History {
	const history: History = new Map();
	for (const file of files) readers[source](history, file, timeZone);
	const odd = [...history.keys()].find((date) => !isDate(date));
	if (odd !== undefined) throw new RangeError("A row has no date of the form yyyy-mm-dd.");
	if (history.size === 0) throw new RangeError("There are no rows in these files.");
	const hasTotals = [...history.values()].some((day) => day.has("site"));
	if (!hasTotals) throw new RangeError("The totals of each day are missing: without them nothing can be imported.");
	return history;
}
