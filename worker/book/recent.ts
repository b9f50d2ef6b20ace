/**
 * What is told of the last half hour, in whole minutes, and how the answers of several books become one. Leaves out how a book finds
 * it (look-back.ts), and which numbers are too small to be shown: that is for the sum of all books (worker/dashboard/now).
 */

export const minuteMs = 60_000;
export const recentMinutes = 30;

/** Objects, because the types of RPC do not keep tuples. */
export interface Named {
	name: string;
	count: number;
}

export interface Recent {
	/** Instant at which the last minute ended. */
	end: number;
	/** What began in each minute, oldest first. */
	views: number[];
	visits: number[];
	/** Page views going on, by page. */
	open: Named[];
	/** Visits that began, by channel. */
	channels: Named[];
	/** Visits whose last page view was left, by method. */
	endings: Named[];
}

export const named = (counts: Map<string, number>): Named[] => [...counts].map(([name, count]) => ({ name, count }));

/** Several books as one. They answer for the same minutes. */
export function addRecent(all: readonly Recent[]): Recent {
	const minutes = (figure: "views" | "visits") =>
		Array.from({ length: recentMinutes }, (_, minute) => all.reduce((sum, one) => sum + (one[figure][minute] ?? 0), 0));
	const lists = (figure: "open" | "channels" | "endings") => {
		const sums = new Map<string, number>();
		for (const one of all) for (const { name, count } of one[figure]) sums.set(name, (sums.get(name) ?? 0) + count);
		return named(sums);
	};
	return {
		end: all[0]?.end ?? 0,
		views: minutes("views"),
		visits: minutes("visits"),
		open: lists("open"),
		channels: lists("channels"),
		endings: lists("endings"),
	};
}
