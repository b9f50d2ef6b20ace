/** The rows of the page about paths: entries, exits by method, steps from page to page. Pure; leaves out words and drawing. */
import type { LeavingMethod } from "../../../schema/leaving.ts";
import { otherName } from "../../../schema/tree-rules.ts";
import type { Flows, LeavingRow, PageRow } from "../../stats/answers.ts";
import { mostFrequentExit } from "../pages/list.ts";

export interface EntryRow {
	page: string;
	visits: number;
	views: number;
	/** Visits that began here in the comparison's range, where there is one and the page is in it. */
	before?: number;
}

export interface ExitRow {
	page: string;
	/** Exits, by the chosen method only where one is chosen. */
	count: number;
	/** Exits by every method. */
	exits: number;
	views: number;
	/** The method most exits were by. */
	most?: { how: LeavingMethod; exits: number };
	before?: { count: number; views: number };
}

export interface Step {
	from: string;
	to: string;
	count: number;
	/** Views of the page the step began on. */
	views: number;
	before?: { count: number; views: number };
}

/** Largest first, what is hidden last. */
function byWeight<Row extends { page: string }>(rows: Row[], weight: (row: Row) => number): Row[] {
	const last = ({ page }: Row) => Number(page === otherName);
	return rows.sort((a, b) => last(a) - last(b) || weight(b) - weight(a) || (a.page < b.page ? -1 : 1));
}

const byPage = (rows: readonly PageRow[] | undefined) => new Map((rows ?? []).map((row) => [row.page, row]));

export function entryRows(rows: readonly PageRow[], before?: readonly PageRow[]): EntryRow[] {
	const old = byPage(before);
	const entries = rows.flatMap(({ page, entries: visits, views }): EntryRow[] => {
		const was = old.get(page)?.entries;
		return visits > 0 ? [{ page, visits, views, ...(was === undefined ? {} : { before: was }) }] : [];
	});
	return byWeight(entries, ({ visits }) => visits);
}

const exitsOf = (row: PageRow, how: LeavingMethod | undefined) => (how ? (row.exitsBy[how] ?? 0) : row.exits);

/** The largest share comes first only among pages with enough views to have one. */
export function exitRows(
	rows: readonly PageRow[],
	how: LeavingMethod | undefined,
	byShare: boolean,
	fewest: number,
	before?: readonly PageRow[],
): ExitRow[] {
	const old = byPage(before);
	const exits = rows.flatMap((row): ExitRow[] => {
		const count = exitsOf(row, how);
		if (count === 0) return [];
		const was = old.get(row.page);
		const most = mostFrequentExit(row);
		return [
			{
				page: row.page,
				count,
				exits: row.exits,
				views: row.views,
				...(most ? { most } : {}),
				...(was ? { before: { count: exitsOf(was, how), views: was.views } } : {}),
			},
		];
	});
	return byWeight(exits, ({ count, views }) => (byShare ? (views < fewest ? -1 : count / views) : count));
}

/** Methods visits ended by, the most frequent first. */
export function endings(
	rows: readonly LeavingRow[],
	before?: readonly LeavingRow[],
): { how: LeavingMethod; exits: number; before: number | undefined }[] {
	const old = before && new Map(before.map(({ how, exits }) => [how, exits]));
	return rows
		.filter(({ exits }) => exits > 0)
		.map(({ how, exits }) => ({ how, exits, before: old && (old.get(how) ?? 0) }))
		.sort((a, b) => b.exits - a.exits);
}

/** The steps from some pages to the next, the most frequent first. What is hidden is left out: it is no step to one page. */
export function stepsOf(flows: readonly Flows[], before: readonly Flows[] = []): Step[] {
	const steps = flows.flatMap(({ page, views, to }) => {
		const was = before.find((flow) => flow.page === page);
		const old = new Map(was?.to.map((row) => [row.page, row.count]));
		return to
			.filter((row) => row.page !== otherName)
			.map((row): Step => {
				const count = old.get(row.page);
				const past = was && count !== undefined ? { before: { count, views: was.views } } : {};
				return { from: page, to: row.page, count: row.count, views, ...past };
			});
	});
	return steps.sort((a, b) => b.count - a.count || (a.from + a.to < b.from + b.to ? -1 : 1));
}
