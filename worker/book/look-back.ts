/**
 * A book's last half hour: how many page views and visits began in each whole minute, what is open, where visits came from, how they
 * ended. Pure reading of its memory.
 */
import { otherName } from "../../schema/tree-rules.ts";
import { isGoingOn } from "./going-on.ts";
import type { Memory } from "./memory.ts";
import { minuteMs, named, type Recent, recentMinutes } from "./recent.ts";
import { lateViews } from "./show.ts";

/** Without visits that gave no consent to be counted as such, as all figures of visits are. */
export function recentOf(memory: Memory, now: number): Recent {
	const end = Math.floor(now / minuteMs) * minuteMs;
	const begin = end - recentMinutes * minuteMs;
	const none = () => Array.from({ length: recentMinutes }, () => 0);
	const [views, visits] = [none(), none()];
	const [open, channels, endings] = [new Map<string, number>(), new Map<string, number>(), new Map<string, number>()];
	const add = (counts: Map<string, number>, name: string) => counts.set(name, (counts.get(name) ?? 0) + 1);
	for (const row of lateViews(memory)) {
		const { report, period, received, begun } = row;
		const { visit, leaving, place } = report;
		if (!visit) continue;
		const minute = Math.floor((begun - begin) / minuteMs);
		if (minute >= 0 && minute < recentMinutes) {
			views[minute] = (views[minute] ?? 0) + 1;
			if (visit.index === 1) {
				visits[minute] = (visits[minute] ?? 0) + 1;
				add(channels, visit.channel ?? "direct");
			}
		}
		if (isGoingOn(row, now)) add(open, memory.names.admit(period)("page", place.page) ? place.page : otherName);
		else if (leaving && !visit.continued && received >= begin && received < end) add(endings, leaving.how);
	}
	return { end, views, visits, open: named(open), channels: named(channels), endings: named(endings) };
}
