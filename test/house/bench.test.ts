import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { median } from "../bench/collector.ts";
import { replaceSection, toMarkdown, toTerminal } from "../bench/tables.ts";
import { readTrace } from "../bench/trace.ts";
import { judge } from "../bench/verdicts.ts";

const root = join(import.meta.dirname, "../..");
const rows = [
	["", "bytes"],
	["blank", "0"],
	["faro", "36,135"],
];

function bench(...args: string[]) {
	const { status, stderr } = spawnSync(process.execPath, [join(root, "scripts/bench.ts"), ...args], {
		encoding: "utf8",
	});
	return [status, stderr];
}

describe("npm run bench", { timeout: 30_000 }, () => {
	test("names what there is when asked for what there is not", () => {
		expect(bench("weights")).toEqual([
			1,
			'There is no benchmark "weights": there are collector, truth, delivery, leaving, server, dashboard, scale, kill, simulation, privacy.\n',
		]);
	});

	test.each([
		[["--rounds", "0"], "--rounds must be a whole number, 1 or more.\n"],
		[["truth", "--engine", "gecko"], 'There is no engine "gecko": there are chromium, firefox, webkit.\n'],
		[
			["--fast"],
			"The options are --engine, --seed, --rounds, --visits, --views, --kills, --schedules, each with a value.\n",
		],
	])("%j is one clear sentence and status 1", (args, sentence) => {
		expect(bench(...args)).toEqual([1, sentence]);
	});
});

test("the lock file of the scripts to compare with names no registry", () => {
	expect(readFileSync(join(root, "test/peers/package-lock.json"), "utf8")).not.toContain('"resolved"');
});

describe("a table", () => {
	test("is Markdown in the docs, and aligned in a terminal", () => {
		expect(toMarkdown(rows)).toBe("|  | bytes |\n|---|--:|\n| blank | 0 |\n| faro | 36,135 |");
		expect(toTerminal(rows)).toBe("        bytes\nblank       0\nfaro   36,135");
	});

	test("replaces what stood in its own section only", () => {
		const page = (a: string, b: string) =>
			`# T\n\n<!-- a: written by npm run bench -->${a}<!-- end of a -->\n\n<!-- b: written by npm run bench -->${b}<!-- end of b -->\n`;
		expect(replaceSection(page("\n\nold\n\n", "kept"), "a", "new $& text")).toBe(page("\n\nnew $& text\n\n", "kept"));
		expect(replaceSection(page("x", "y"), "c", "new")).toBeUndefined();
	});
});

test("the median of an even number of values lies between the two in the middle", () => {
	expect(median([9, 1, 5])).toBe(5);
	expect(median([9, 1, 5, 7])).toBe(6);
});

test("a figure at its budget is met and one above it is not; the heavier gate counts", () => {
	const figures = { early: 0, requests: 2, preflights: 0, sentBytes: 2_600, ratio: 1.3, extraLongTasks: -1, shift: 0 };
	const ours = [
		{ ...figures, isRestored: true },
		{ ...figures, isRestored: true, requests: 3 },
	];
	const missed = judge(ours, [{ name: "gate without banner", bytes: 1_000, limit: 1_000 }]).filter(
		({ isMet }) => !isMet,
	);
	expect(missed).toEqual([{ what: "requests per page view", measured: 3, limit: 2, isMet: false }]);
});

test("script time counts the page's main thread only, and each moment once", () => {
	const event = (name: string, tid: number, ts: number, dur: number, args = {}) => ({
		...{ name, ph: "X", pid: 1, tid, ts, dur, tdur: dur, args },
	});
	const traceEvents = [
		event("FrameCommittedInBrowser", 7, 0, 0, { data: { url: "http://site/", processId: 1 } }),
		event("thread_name", 2, 0, 0, { name: "CrRendererMain" }),
		event("RunTask", 2, 0, 60_000),
		event("v8.callFunction", 2, 1_000, 9_000),
		event("FunctionCall", 2, 2_000, 8_000),
		event("RunTask", 2, 70_000, 5_000),
		event("EvaluateScript", 2, 71_000, 1_000),
		event("FunctionCall", 3, 0, 50_000),
		{ ...event("RunTask", 2, 0, 90_000), pid: 9 },
		event("LayoutShift", 2, 0, 0, { data: { score: 0.2, had_recent_input: false } }),
		event("LayoutShift", 2, 0, 0, { data: { score: 0.9, had_recent_input: true } }),
	];
	expect(readTrace(Buffer.from(JSON.stringify({ traceEvents })), "http://site/")).toEqual({
		scriptMs: 10,
		taskMs: 65,
		longTasks: 1,
		shift: 0.2,
	});
});
