/**
 * What this browser keeps and has contributed: read from storage, and from what a withdrawal on this page took out of it.
 * Leaves out changing anything, and words for it.
 */
import { boundaries } from "../../schema/buckets.ts";
import type { Report } from "../../schema/report.ts";
import type { Page } from "../ledger.ts";

/** One page view of the ledger. */
export interface Contributed extends Page {
	/** Not acknowledged by the server. */
	isOut?: boolean;
}

/** Everything kept for a site, by its name in storage without the site's prefix. */
export type Kept = Record<string, unknown>;

export function readAll(site: string, left: [key: string, value: string][]): Kept {
	const prefix = `sporlos:${site}:`;
	const kept: Kept = {};
	let stored: [string, string][] = [];
	try {
		stored = Object.entries(localStorage);
	} catch {
		// blocked: nothing is kept
	}
	for (const [key, value] of [...left, ...stored]) {
		if (!key.startsWith(prefix)) continue;
		try {
			kept[key.slice(prefix.length)] = JSON.parse(value);
		} catch {
			kept[key.slice(prefix.length)] = value; // not ours any more, but there
		}
	}
	return kept;
}

export const newestOf = ({ reports }: Page): Report => reports.at(-1) as Report;

/** The visits, newest first, each with its views in the order in which they began; a view outside a visit stands alone. */
export function readVisits(kept: Kept): Contributed[][] {
	const pages = Object.entries(kept)
		.filter(([name, page]) => name.startsWith("view:") && (page as Page | null)?.reports?.[0])
		.map(([name, page]): Contributed => ({ ...(page as Page), isOut: `out${name.slice(4)}` in kept }))
		.sort((a, b) => (a.began ?? a.at) - (b.began ?? b.at));
	const visits: Contributed[][] = [];
	for (const page of pages) {
		const last = visits[0]?.at(-1);
		const before = last && newestOf(last).visit?.index;
		if (before && newestOf(page).visit?.index === before + 1) visits[0]?.push(page);
		else visits.unshift([page]);
	}
	return visits;
}

/** The middle of a bucket, ms: the report says no more than the bucket. */
export function middleOf(bucket: number): number {
	return ((boundaries[bucket - 1] ?? 0) + (boundaries[bucket] ?? boundaries.at(-1) ?? 0)) / 2;
}
