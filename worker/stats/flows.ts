/**
 * The page-centred flow: where the views of a page came from, where they went, how they left. Sealed periods keep only
 * the visible crossings; what is hidden is the margin less what is shown, so in = out = views on every page.
 */
import { otherName, splitKey } from "../../schema/tree-rules.ts";
import type { Reading } from "../query/read.ts";
import { sumByKey } from "../query/sums.ts";
import { type Counts, read, totalOf } from "../query/tally.ts";
import type { Flows } from "./answers.ts";
import { exitsOf } from "./figures.ts";

type FlowFigures = Pick<Flows, "views" | "from" | "to" | "left">;

/** Counts by name, most frequent first, the rest (up to `whole`, and beyond `limit`) in "(other)". */
function withRest(counts: Map<string, number>, whole: number, limit: number): [string, number][] {
	const named = [...counts]
		.filter(([name, n]) => name !== otherName && n > 0)
		.sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1));
	const shown = named.slice(0, limit);
	const rest = whole - shown.reduce((sum, [, n]) => sum + n, 0);
	return rest > 0 ? [...shown, [otherName, rest]] : shown;
}

function viewsBy(sums: Iterable<[string, Counts]>, of: 0 | 1, page: string): Map<string, number> {
	const counts = new Map<string, number>();
	for (const [key, tally] of sums) {
		const parts = splitKey(key);
		if (parts[of] === page) counts.set(parts[1 - of] as string, read(tally, "views"));
	}
	return counts;
}

export function flowsOf(
	reading: Reading,
	page: string,
	limit = Number.POSITIVE_INFINITY,
): { figures: FlowFigures; hidden: number } {
	const own = sumByKey(reading, "page").get(page) ?? new Map();
	const previous = sumByKey(reading, "page-previous");
	const channels = sumByKey(reading, "page-channel");
	const views = read(own, "views");
	const entries = read(own, "entries");
	const exits = totalOf(own, "exits");
	const from = withRest(viewsBy(previous, 0, page), views - entries, limit);
	const came = withRest(viewsBy(channels, 0, page), entries, limit);
	const to = withRest(viewsBy(previous, 1, page), views - exits, limit);
	const hidden = [...from, ...came, ...to].reduce((sum, [name, n]) => (name === otherName ? sum + n : sum), 0);
	return {
		figures: {
			views,
			from: [
				...from.map(([name, count]) => ({ page: name, count })),
				...came.map(([channel, count]) => ({ channel, count }) as FlowFigures["from"][number]),
			].sort((a, b) => b.count - a.count),
			to: to.map(([name, count]) => ({ page: name, count })),
			left: exitsOf(own),
		},
		hidden: views === 0 ? 0 : hidden / (2 * views),
	};
}
