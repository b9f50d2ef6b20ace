/** Which pages a list shows, in which order, and which folders they lie in. Pure; asking and drawing are elsewhere. */
import type { LeavingMethod } from "../../../schema/leaving.ts";
import { otherName } from "../../../schema/tree-rules.ts";
import type { PageRow, VitalFigure } from "../../stats/answers.ts";
import type { Split } from "../charts/bar.tsx";
import { percentileOf } from "../verdict.ts";

/** Pages fetched at most, the most viewed ones: what is sorted and searched. */
export const mostPages = 1000;

export const pageOrders = ["visninger", "side", "innganger", "tid", "lcp", "inp", "cls", "forlot"] as const;
export type PageOrder = (typeof pageOrders)[number];

/** What a column sorts by; what is not known is null, and last whichever way it is sorted. */
const weightOf: Record<Exclude<PageOrder, "side">, (row: PageRow) => number | null> = {
	visninger: (row) => row.views,
	innganger: (row) => row.entries,
	tid: (row) => row.engagedMs.p50,
	lcp: (row) => percentileOf(row.lcp),
	inp: (row) => percentileOf(row.inp),
	cls: (row) => percentileOf(row.cls),
	forlot: (row) => (row.views ? row.exits / row.views : null),
};

const byName = (a: { page: string }, b: { page: string }) => (a.page < b.page ? -1 : a.page > b.page ? 1 : 0);

export function sortPages(rows: readonly PageRow[], order: PageOrder, ascending: boolean): PageRow[] {
	const sign = ascending ? 1 : -1;
	if (order === "side") return [...rows].sort((a, b) => sign * byName(a, b));
	const weight = weightOf[order];
	const known = rows.filter((row) => weight(row) !== null);
	const unknown = rows.filter((row) => weight(row) === null);
	return [
		...known.sort((a, b) => sign * ((weight(a) ?? 0) - (weight(b) ?? 0)) || b.views - a.views || byName(a, b)),
		...unknown.sort((a, b) => b.views - a.views || byName(a, b)),
	];
}

/** The folder of a path: its first part. */
export function folderOf(page: string): string {
	return `/${page.split("/")[1] ?? ""}`;
}

/** Pages that have a name, lie in the folder, and whose path contains what was searched for, whatever its case. */
export function findPages(rows: readonly PageRow[], searched: string, folder: string): PageRow[] {
	const wanted = searched.toLowerCase();
	return rows.filter(
		({ page }) =>
			page !== otherName && page.toLowerCase().includes(wanted) && (folder === "" || folderOf(page) === folder),
	);
}

/** The leaving method that ended most visits on a page. */
export function mostFrequentExit({ exitsBy }: PageRow): { how: LeavingMethod; exits: number } | undefined {
	const methods = Object.entries(exitsBy) as [LeavingMethod, number][];
	const [how, exits] = methods.reduce<[LeavingMethod | undefined, number]>(
		(best, entry) => (entry[1] > best[1] ? entry : best),
		[undefined, 0],
	);
	return how && { how, exits };
}

export interface Folder {
	folder: string;
	pages: number;
	views: number;
	entries: number;
	exits: number;
	/** Counts within the limits add up; percentiles do not. */
	lcp: Split & { n: number };
	trend: number[];
}

const addSplit = (sum: Split & { n: number }, { good, needs, poor, n }: VitalFigure) => ({
	good: sum.good + good,
	needs: sum.needs + needs,
	poor: sum.poor + poor,
	n: sum.n + n,
});

/** The folders of pages, the most viewed first. */
export function foldersOf(rows: readonly PageRow[]): Folder[] {
	const folders = new Map<string, Folder>();
	for (const { page, views, entries, exits, lcp, trend } of rows) {
		const folder = folderOf(page);
		const sum = folders.get(folder);
		folders.set(folder, {
			folder,
			pages: (sum?.pages ?? 0) + 1,
			views: (sum?.views ?? 0) + views,
			entries: (sum?.entries ?? 0) + entries,
			exits: (sum?.exits ?? 0) + exits,
			lcp: addSplit(sum?.lcp ?? { good: 0, needs: 0, poor: 0, n: 0 }, lcp),
			trend: trend.map((count, index) => count + (sum?.trend[index] ?? 0)),
		});
	}
	return [...folders.values()].sort((a, b) => b.views - a.views || (a.folder < b.folder ? -1 : 1));
}
