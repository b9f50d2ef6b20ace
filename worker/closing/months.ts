/**
 * Month sums, derived from sealed cells so that long ranges are read quickly. A month is summed once its last period's late
 * reports can no longer come, a large one after every closing, and anew after whatever changes its cells: that is marked in
 * the batch that does it. One batch a tree, which counts only if nothing has changed since; what is left halfway goes on the
 * next time. Leaves out reading (worker/query).
 */
import { lateMs } from "../../schema/limits.ts";
import { boundsOf } from "../../schema/period.ts";
import { treeNames } from "../../schema/tree-rules.ts";
import type { TreeName } from "../../schema/trees.ts";
import { jsonChunks } from "../book/chunks.ts";
import { ensure } from "../book/ensure.ts";
import { frontEnd, monthOf, periodsOf, sumVersion, trendTrees, writeTrend } from "../query/months.ts";
import { addUp, encode, read } from "../query/tally.ts";
import type { Site } from "../sites/stored.ts";

/** Of one site in one run, so that years of history do not keep the other sites waiting. */
const maxMonthsPerRun = 3;
/** A month that is going on is summed after every closing once it has so many cells; a small one is quickly read as it is. */
const manyCells = 10_000;
/** Characters of sealed tallies added up at once; an isolate has 128 MB. */
const maxChars = 8_000_000;

interface Month {
	month: string;
	changes: number;
	cells: number;
	trees: number;
}

/**
 * Marks the month of a period as changed: whatever writes or deletes sealed cells puts this into its batch. `cells`: how many
 * more there are now.
 */
export function monthChanged(db: D1Database, site: string, period: string, cells = 0): D1PreparedStatement {
	return db
		.prepare(
			`INSERT INTO month VALUES (?1, ?2, 1, CAST(?3 AS INTEGER), 0, 0)
			ON CONFLICT (site, month) DO UPDATE SET changes = changes + 1, cells = cells + excluded.cells, trees = 0`,
		)
		.bind(site, monthOf(period), cells);
}

/** Sums what is due. Returns the months that are summed now and were not before. */
export async function sumMonths(db: D1Database, site: Site, now: number): Promise<string[]> {
	const isDue = ({ month, cells }: Month) => {
		if (cells >= manyCells) return true;
		const last = periodsOf(month, site.grain).at(-1);
		const bounds = last && boundsOf(last, site.grain, site.timeZone);
		return bounds ? bounds.end + lateMs < now : false;
	};
	const due = site.grain === "month" ? [] : (await monthsToSum(db, site.id)).filter(isDue);
	const summed: string[] = [];
	for (const month of due.slice(0, maxMonthsPerRun)) if (await sumMonth(db, site, month)) summed.push(month.month);
	return summed;
}

/**
 * Months not wholly summed by the present rules, latest first. Sums by other rules are worth nothing: a new version of them
 * lets every month be summed anew, and until then its cells are read instead.
 */
async function monthsToSum(db: D1Database, site: string): Promise<Month[]> {
	const old = db.prepare(
		"UPDATE month SET changes = changes + 1, trees = 0, version = ?2 WHERE site = ?1 AND version <> CAST(?2 AS INTEGER)",
	);
	const rest = db.prepare(
		"SELECT month, changes, cells, trees FROM month WHERE site = ?1 AND trees < CAST(?2 AS INTEGER) ORDER BY month DESC",
	);
	const [, found] = await db.batch<Month>([old.bind(site, sumVersion), rest.bind(site, treeNames.length)]);
	return found?.results ?? [];
}

/** False where the month changed meanwhile: then it waits for the next time. */
async function sumMonth(db: D1Database, { id, grain }: Site, { month, changes, trees }: Month): Promise<boolean> {
	const periods = periodsOf(month, grain);
	for (const [done, tree] of treeNames.entries()) {
		if (done < trees) continue;
		const rows = await sumTree(db, id, tree, periods);
		const here = [id, month, changes, tree] as const;
		const isCurrent = "EXISTS (SELECT 1 FROM month WHERE site = ?1 AND month = ?2 AND changes = CAST(?3 AS INTEGER))";
		// Rows that stay as they were are not written, nor paid for.
		const put = db.prepare(
			`INSERT INTO month_cell SELECT ?1, ?4, ?2, value ->> 0, value ->> 1, value ->> 2, value ->> 3 FROM json_each(?5) WHERE ${isCurrent}
			ON CONFLICT DO UPDATE SET tally = excluded.tally, rest = excluded.rest, trend = excluded.trend
			WHERE tally <> excluded.tally OR rest <> excluded.rest OR trend <> excluded.trend`,
		);
		const gone = `AND key NOT IN (SELECT value FROM json_each(?5)) AND ${isCurrent}`;
		const results = await db.batch([
			db
				.prepare(`DELETE FROM month_cell WHERE site = ?1 AND month = ?2 AND tree = ?4 ${gone}`)
				.bind(...here, JSON.stringify(rows.map(([key]) => key))),
			...[...jsonChunks(rows)].map((json) => put.bind(...here, json)),
			db
				.prepare(
					`UPDATE month SET trees = MAX(trees, CAST(?4 AS INTEGER)) WHERE site = ?1 AND month = ?2 AND changes = CAST(?3 AS INTEGER)`,
				)
				.bind(id, month, changes, done + 1),
		]);
		if (results.at(-1)?.meta.changes === 0) return false;
	}
	return true;
}

type SumRow = [key: string, tally: string, rest: string, trend: string];

/** A tree's sums over the periods of a month, so many keys at a time. */
async function sumTree(db: D1Database, site: string, tree: TreeName, periods: string[]): Promise<SumRow[]> {
	const values = [site, tree, periods[0] ?? "", periods.at(-1) ?? ""];
	const where = "FROM cell WHERE site = ?1 AND tree = ?2 AND period BETWEEN ?3 AND ?4";
	const keys = await db
		.prepare(`SELECT key, SUM(LENGTH(tally)) AS chars ${where} GROUP BY key ORDER BY key`)
		.bind(...values)
		.all<{ key: string; chars: number }>();
	const rows: SumRow[] = [];
	for (const [first, last] of slices(keys.results)) {
		const found = await db
			.prepare(`SELECT period, key, tally ${where} AND key BETWEEN ?5 AND ?6`)
			.bind(...values, first, last)
			.all<{ period: string; key: string; tally: string }>();
		const byKey = new Map<string, Map<string, string>>();
		for (const { period, key, tally } of found.results)
			ensure(byKey, key, () => new Map<string, string>()).set(period, tally);
		for (const [key, tallies] of byKey) {
			const sum = addUp([...tallies.values()]);
			const views = (period: string) => read(addUp([tallies.get(period) ?? ""]), "views");
			const trend = trendTrees.has(tree) ? writeTrend(periods.map(views)) : "";
			rows.push([key, encode(sum, 0, frontEnd), encode(sum, frontEnd), trend]);
		}
	}
	return rows;
}

/** First and last key of every slice of about `maxChars`. */
function slices(keys: { key: string; chars: number }[]): [first: string, last: string][] {
	const found: [string, string][] = [];
	let chars = Number.POSITIVE_INFINITY;
	for (const { key, chars: more } of keys) {
		chars += more;
		const slice = found.at(-1);
		if (slice && chars <= maxChars) {
			slice[1] = key;
		} else {
			found.push([key, key]);
			chars = more;
		}
	}
	return found;
}
