/** What pages cost, as tables: each page's CPU, weight and paint, and the goals. Leaves out measuring. */
import type { DashboardFigures } from "./dashboard.ts";
import type { Rows } from "./tables.ts";

const tenth = new Intl.NumberFormat("en", { minimumFractionDigits: 1, maximumFractionDigits: 1 });
const whole = new Intl.NumberFormat("en", { maximumFractionDigits: 0 });
const shiftText = new Intl.NumberFormat("en", { minimumFractionDigits: 3, maximumFractionDigits: 3 });

/** CPU of the process, ms a page. */
export function cpuRows({ cpu }: DashboardFigures): Rows {
	const spans = Object.keys(cpu);
	const pages = Object.keys(Object.values(cpu)[0] ?? {});
	return [
		["CPU a page, ms", ...spans.flatMap((span) => [`${span}, after a view`, `${span}, again`, `${span}, first`])],
		...pages.map((page) => [
			page,
			...spans.flatMap((span) => {
				const cost = cpu[span]?.[page];
				return [cost?.livingMs, cost?.againMs, cost?.firstMs].map((ms) => (ms === undefined ? "" : tenth.format(ms)));
			}),
		]),
	];
}

export function drawnRows({ drawn }: DashboardFigures): Rows {
	return [
		[
			"28 days",
			"HTML",
			"style",
			"script",
			"font",
			"bytes in all",
			"requests",
			"FCP, ms",
			"FCP slow, ms",
			"CLS",
			"CLS slow",
		],
		...Object.entries(drawn).map(([page, { bytes, requests, fast, slow }]) => [
			page,
			...[bytes.html, bytes.style, bytes.script, bytes.font, bytes.all, requests, fast.fcpMs, slow.fcpMs].map((n) =>
				whole.format(n),
			),
			...[fast.shift, slow.shift].map((shift) => shiftText.format(shift)),
		]),
	];
}

export function goalRows({ cpu, drawn }: DashboardFigures): Rows {
	const row = (what: string, measured: number, goal: number) => [
		what,
		tenth.format(measured),
		whole.format(goal),
		measured <= goal ? "met" : "not met",
	];
	const overview = (span: string) => cpu[span]?.overview?.livingMs ?? Number.NaN;
	return [
		["", "measured", "wanted", ""],
		row("CPU of the owner's overview, 28 days of a million views a month, ms", overview("28d"), 15),
		row("the same, 12 months, ms", overview("12m"), 40),
		row("the overview cold, bytes", drawn.overview?.bytes.all ?? Number.NaN, 60_000),
	];
}
