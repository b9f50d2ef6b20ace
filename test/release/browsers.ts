/**
 * Made-up browsers that count for a release as real ones do: the collector's own claim, the server's own count. Leaves out
 * everything of a visit that no release is about.
 */
import { bucketOf } from "../../schema/buckets.ts";
import type { Report } from "../../schema/report.ts";
import { boundedTree } from "../../schema/tree-rules.ts";
import { Cells } from "../../worker/book/cells.ts";
import { type BoundedCounts, countsOf } from "../../worker/release/groups.ts";
import type { RandomWord } from "../../worker/release/noise/sampler.ts";
import { makeEntryReport } from "../support/reports.ts";
import type { Code } from "./mutants.ts";

/** Two days, before and after a midnight. */
export const periods = ["2026-11-22", "2026-11-23"] as const;
export const pages = Array.from({ length: 20 }, (_, index) => `/${index}`);

function viewOf(page: string, period: string, index: number): Report {
	const bare = makeEntryReport("policy-one", { page });
	const { speed, time, leaving, ...begun } = bare;
	return { ...begun, period, visit: { index, channel: "search", continued: false } };
}

/** What a view has to say later: times, and whichever vitals there are by then. */
const grown = (view: Report, lcpMs: number, inpMs: number): Report => ({
	...view,
	seq: view.seq + 1,
	time: { visible: bucketOf(60_000), engaged: bucketOf(lcpMs * 9) },
	speed: { lcp: bucketOf(lcpMs), inp: bucketOf(inpMs), cls: 3 },
});

/** Counts of each period, after each view's newest report. */
function countViews(views: Iterable<Report>, code: Code): Map<string, BoundedCounts> {
	const cells = new Cells();
	for (const view of views) cells.add(view.period, code.count(view));
	return new Map(periods.map((period) => [period, countsOf(cells.periods.get(period)?.get(boundedTree) ?? [])]));
}

/** A browser that does as much as it can: every page, and there everything that can be measured. */
export function busiest(code: Code): BoundedCounts {
	const [period] = periods;
	let taken: string[] | undefined;
	const views = pages.map((page, index) => {
		const view = grown(viewOf(page, period, index + 1), 1_200, 90);
		taken = code.claim(view, taken);
		return view;
	});
	return countViews(views, code).get(period) ?? new Map();
}

/** A browser with random tabs, reloads and moments around a midnight; its tabs share what was claimed, as under a lock. */
export function wandering(code: Code, random: RandomWord): Map<string, BoundedCounts> {
	const below = (n: number) => random() % n;
	const views: Report[] = [];
	let taken: string[] | undefined;
	const midnight = below(60);
	for (let moment = 0; moment < 60; moment++) {
		const at = below(views.length + 3);
		const known = views[at];
		const period = periods[moment < midnight ? 0 : 1];
		const page = pages[below(pages.length)] ?? "/";
		const view = known ? grown(known, 1 + below(9_000), 1 + below(900)) : viewOf(page, period, 1 + below(3));
		taken = code.claim(view, taken);
		if (known) views[at] = view;
		else views.push(view);
	}
	return countViews(views, code);
}
