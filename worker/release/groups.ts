/**
 * What a release can tell, as data: its groups, how much one browser can change each, and each group's part of the noise budget;
 * and the counters of a period as the open book keeps them. Leaves out who counts where (worker/book/bounded.ts) and the noise.
 */
import { maxBoundedPages } from "../../schema/limits.ts";
import { offsets } from "../../schema/measures.ts";
import type { ReleaseGroup } from "../../schema/release.ts";
import { channels, devices } from "../../schema/report.ts";
import { keySeparator } from "../../schema/trees.ts";
import type { Tally } from "../query/tally.ts";

export interface GroupRule {
	/** Square of the Euclidean length by which one browser can change the group: it adds at most 1 to this many cells. */
	l2Squared: number;
	/** Its part of the budget ρ, as a fraction: numerator, denominator. All parts make one. */
	share: readonly [number, number];
	/** Cells a key has: 1, or the parts of a histogram. */
	parts: number;
	/**
	 * Its keys: fixed ones (`""` where the group is one figure of the whole site); the countries the release names, and "(other)";
	 * or pages: the declared ones always, others above a threshold.
	 */
	keys: readonly string[] | "pages" | "countries";
}

const whole: readonly string[] = [""];

export const groupRules = {
	/** Browsers that saw a page. */
	page: { l2Squared: maxBoundedPages, share: [1, 2], parts: 1, keys: "pages" },
	/** Engaged time on a page. */
	dwell: { l2Squared: maxBoundedPages, share: [1, 5], parts: 8, keys: "pages" },
	/** Browsers on the site. */
	site: { l2Squared: 1, share: [1, 20], parts: 1, keys: whole },
	channel: { l2Squared: 1, share: [1, 20], parts: 1, keys: channels },
	device: { l2Squared: 1, share: [1, 20], parts: 1, keys: devices },
	country: { l2Squared: 1, share: [1, 20], parts: 1, keys: "countries" },
	lcp: { l2Squared: 1, share: [1, 30], parts: 16, keys: whole },
	inp: { l2Squared: 1, share: [1, 30], parts: 16, keys: whole },
	cls: { l2Squared: 1, share: [1, 30], parts: 16, keys: whole },
} as const satisfies Record<ReleaseGroup, GroupRule>;

/** Counters of a period: group → key → part of its histogram → browsers. What is not there is 0. */
export type BoundedCounts = ReadonlyMap<string, ReadonlyMap<string, ReadonlyMap<number, number>>>;

/** The counters of the cells of `boundedTree`, added up over all books of the site. */
export function countsOf(cells: Iterable<readonly [key: string, cell: { tally: Tally }]>): BoundedCounts {
	const counts = new Map<string, Map<string, Map<number, number>>>();
	for (const [cellKey, { tally }] of cells) {
		const at = cellKey.indexOf(keySeparator);
		const [group, key] = at < 0 ? [cellKey, ""] : [cellKey.slice(0, at), cellKey.slice(at + 1)];
		const keys = counts.get(group) ?? new Map<string, Map<number, number>>();
		counts.set(group, keys);
		const parts = keys.get(key) ?? new Map<number, number>();
		keys.set(key, parts);
		for (const [index, n] of tally) parts.set(index - offsets.bounded, (parts.get(index - offsets.bounded) ?? 0) + n);
	}
	return counts;
}
