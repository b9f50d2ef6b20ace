/** What a server costs, as a table: figure, measured, wanted. Leaves out measuring. */
import type { ServerFigures } from "./server.ts";
import type { Rows } from "./tables.ts";

const number = new Intl.NumberFormat("en", { maximumFractionDigits: 2 });

/** Wanted of a closing: seconds of CPU for a day of a million views. */
const closingGoalMs = 20_000;

export function serverRows(figures: ServerFigures): Rows {
	const { cpuMsPer1000, perSecond, rowsPerView, closing, sealed, reportBytes } = figures;
	const row = (what: string, measured: number, goal: number, isMet = measured <= goal) => [
		what,
		number.format(measured),
		number.format(goal),
		isMet ? "met" : "not met",
	];
	const rows = Object.values(rowsPerView).reduce((sum, one) => sum + one, 0);
	const share = perSecond.durable / perSecond.nothing;
	return [
		["", "measured", "wanted", ""],
		row(`CPU of 1,000 durable reports of ${number.format(reportBytes)} bytes, ms`, cpuMsPer1000.durable, 1_500),
		row("that, times a Worker that only answers 204", cpuMsPer1000.durable / cpuMsPer1000.nothing, 3),
		row("reports a second into one book, share of the 204 Worker", share, 0.25, share >= 0.25),
		row("rows written per view, all stores", rows, 4),
		row("bytes in D1 per million views, 500 pages, 60 days", (sealed.bytes * 1e6) / sealed.views, 60e6),
		row(
			`CPU of closing a day of ${number.format(closing.views)} views, times ${number.format(1e6 / closing.views)}, ms`,
			(closing.cpuMs * 1e6) / closing.views,
			closingGoalMs,
		),
	];
}
