/** What was measured of the collector and the others, as rows for people. Leaves out: where they are printed. */
import type { Figures } from "./collector.ts";
import type { Name } from "./contestants.ts";
import type { Rows } from "./tables.ts";
import type { Verdict } from "./verdicts.ts";

const thousands = new Intl.NumberFormat("en");

/** One row a contestant; the lightest script time first. */
export function figureRows(figures: Record<Name, Figures>): Rows {
	const rows = Object.entries(figures)
		.toSorted(([, a], [, b]) => a.extraScriptMs - b.extraScriptMs)
		.map(([name, figure]) => [
			name,
			thousands.format(figure.weight),
			String(figure.early),
			figure.preflights ? `${figure.requests} + ${figure.preflights}` : String(figure.requests),
			thousands.format(figure.sentBytes),
			figure.extraScriptMs.toFixed(0),
			figure.ratio.toFixed(2),
			figure.extraTaskMs.toFixed(0),
			String(figure.extraLongTasks),
			figure.shift.toFixed(3),
			figure.isRestored ? "yes" : "no",
		]);
	return [
		[
			"",
			"bytes loaded",
			"requests before consent",
			"requests a view",
			"bytes sent a view",
			"script ms",
			"× web-vitals",
			"main thread ms",
			"long tasks",
			"layout shift",
			"bfcache",
		],
		...rows,
	];
}

export function verdictRows(verdicts: readonly Verdict[]): Rows {
	return [
		["", "measured", "at most", ""],
		...verdicts.map(({ what, measured, limit, isMet }) => [
			what,
			thousands.format(measured),
			thousands.format(limit),
			isMet ? "met" : "not met",
		]),
	];
}
