/**
 * What of the last half hour may be shown: numbers under five are not, and sums of overlapping half hours are rounded down to fives,
 * so that one that follows another does not show who came or went. A single minute never changes again and overlaps no other: its
 * number is exact. Pure; nothing else reaches the page.
 */
import { otherName } from "../../../schema/tree-rules.ts";
import { minuteMs, type Named, type Recent } from "../../book/recent.ts";

/** Below this, how many there are is not said, zero included: the reader might know who. */
export const fewest = 5;

/** null: fewer than five. */
export type Shown = number | null;

export interface Minute {
	/** Instant at which it began. */
	at: number;
	views: Shown;
	visits: Shown;
}

/** Without what is too small; whether there is any of that is not told either. */
export type ShownList = { name: string; atLeast: number }[];

export interface NowFigures {
	from: number;
	to: number;
	views: Shown;
	visits: Shown;
	open: Shown;
	minutes: Minute[];
	pages: ShownList;
	channels: ShownList;
	endings: ShownList;
}

const shown = (count: number): Shown => (count < fewest ? null : count);
const inFives = (count: number): Shown => shown(Math.floor(count / fewest) * fewest);
const sum = (counts: readonly number[]) => counts.reduce((total, count) => total + count, 0);

/** By what is shown, then by name: the order must not tell more. What is hidden for other reasons is not a row. */
function listOf(items: readonly Named[]): ShownList {
	const rows = items.flatMap(({ name, count }) => {
		const atLeast = name === otherName ? null : inFives(count);
		return atLeast === null ? [] : [{ name, atLeast }];
	});
	return rows.sort((a, b) => b.atLeast - a.atLeast || (a.name < b.name ? -1 : 1));
}

export function figuresOf({ end, views, visits, open, channels, endings }: Recent): NowFigures {
	const from = end - views.length * minuteMs;
	return {
		from,
		to: end,
		views: inFives(sum(views)),
		visits: inFives(sum(visits)),
		open: inFives(sum(open.map(({ count }) => count))),
		minutes: views.map((count, index) => ({
			at: from + index * minuteMs,
			views: shown(count),
			visits: shown(visits[index] ?? 0),
		})),
		pages: listOf(open),
		channels: listOf(channels),
		endings: listOf(endings),
	};
}
