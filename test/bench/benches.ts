/** Each benchmark as `npm run bench` calls it: options in, what to keep and what to show out. Leaves out: writing files. */

import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { bundle } from "../../scripts/bundle.ts";
import { runKills } from "../whole/kills.ts";
import { runCollector } from "./collector.ts";
import { figureRows, verdictRows } from "./collector-tables.ts";
import { installPeers } from "./contestants.ts";
import { runDashboard } from "./dashboard.ts";
import { cpuRows, drawnRows, goalRows } from "./dashboard-tables.ts";
import { scaleOf, scaleRows, scales } from "./scale.ts";
import { runServer, type ServerFigures } from "./server.ts";
import { serverRows } from "./server-tables.ts";
import { runSimulation } from "./simulation.ts";
import { type Rows, toMarkdown, toTerminal } from "./tables.ts";
import { judge } from "./verdicts.ts";

export interface Options {
	engine?: string | undefined;
	seed: string;
	rounds: number;
	/** How many, where the run is not the full one. */
	visits?: number | undefined;
	views?: number | undefined;
	kills?: number | undefined;
	schedules?: number | undefined;
}

export interface Outcome {
	/** For bench/<name>.json. */
	result: object;
	/** File in docs/ whose section of the benchmark's name is replaced, by Markdown. */
	page: string;
	markdown: string;
	/** For the terminal. */
	text: string;
	/** False where something that must hold did not; a figure over its budget is only said. */
	isSound: boolean;
}

export async function benchCollector({ rounds }: Options): Promise<Outcome> {
	installPeers();
	const weights = (await bundle()).filter(({ name }) => !name.startsWith("dashboard"));
	const measured = await runCollector(rounds, (line) => console.error(line));
	const { figures, browser, peers } = measured;
	const verdicts = judge([figures["sporlos manual"], figures["sporlos banner"]], weights);
	const [table, budgets] = [figureRows(figures), verdictRows(verdicts)];
	const versions = Object.entries(peers).map(([name, version]) => `${name} ${version}`);
	return {
		result: { rounds, ...measured, verdicts },
		page: "benchmarks.md",
		markdown: `${[browser, ...versions].join(", ")}; medians of ${rounds} rounds.\n\n${toMarkdown(table)}\n\n${toMarkdown(budgets)}`,
		text: `${toTerminal(table)}\n\n${toTerminal(budgets)}`,
		isSound: true,
	};
}

/** What test/truth answers, as far as it matters here. */
interface LongRun {
	engine: string;
	version: string;
	visits?: number;
	views: number;
	checks: { name: string; ok: boolean }[];
	notPossible?: string[];
	ok: boolean;
}

/** These files are compiled for the browser's types too, which the commands do not have. */
const load = (file: string) => import(`../${file}.ts`);

/** Checks that failed are named; with `isTold` those that hold, too. */
function longOutcome(seed: string, runs: LongRun[], isTold = false): Outcome {
	const named = runs.flatMap(({ engine, checks }) =>
		checks.filter(({ ok }) => isTold || !ok).map(({ name, ok }) => `${ok ? "holds" : "failed"} in ${engine}: ${name}`),
	);
	const notPossible = runs.flatMap(({ engine, notPossible = [] }) =>
		notPossible.map((what) => `not possible in ${engine}: ${what}`),
	);
	const rows: Rows = [
		["", "visits", "views", "checks that hold"],
		...runs.map(({ engine, version, visits = 0, views, checks }) => [
			version.toLowerCase().includes(engine) ? version : `${engine} ${version}`,
			String(visits),
			String(views),
			`${checks.filter(({ ok }) => ok).length} of ${checks.length}`,
		]),
	];
	const notes = [...named, ...notPossible];
	return {
		result: { seed, runs },
		page: "benchmarks.md",
		markdown: [`Seed \`${seed}\`.`, toMarkdown(rows), notes.map((note) => `- ${note}`).join("\n")].join("\n\n").trim(),
		text: [toTerminal(rows), ...notes].join("\n"),
		isSound: runs.every(({ ok }) => ok),
	};
}

const fullVisits: Record<string, number> = { chromium: 300, firefox: 60, webkit: 40 };

export async function benchTruth({
	engine = "chromium",
	visits = fullVisits[engine],
	seed,
}: Options): Promise<Outcome> {
	const { runTruth } = await load("truth/ground-truth");
	return longOutcome(seed, [await runTruth({ engine, visits, seed })]);
}

export async function benchDelivery({ views = 1_000, seed }: Options): Promise<Outcome> {
	const { runDelivery } = await load("truth/delivery");
	return longOutcome(seed, [await runDelivery({ views, seed })], true);
}

export async function benchLeaving(): Promise<Outcome> {
	const { runLeaving } = await load("truth/leaving");
	const { markdown, ...result } = await runLeaving();
	return {
		result,
		page: "leaving-methods.md",
		markdown,
		text: markdown,
		isSound: result.results.every(({ verdict }: { verdict: string }) => verdict !== "wrong"),
	};
}

/** Ports of its own, so that it runs beside `npm start`. */
const serverPort = 9450;

export async function benchServer({ rounds, views = 100_000 }: Options): Promise<Outcome> {
	const tell = (line: string) => console.error(line);
	const figures = await runServer({ port: serverPort, rounds, views, tell });
	const table = serverRows(figures);
	return {
		result: { rounds, figures },
		page: "benchmarks.md",
		markdown: `Medians of ${rounds} rounds; a closed day of ${views.toLocaleString("en")} views.\n\n${toMarkdown(table)}`,
		text: toTerminal(table),
		isSound: true,
	};
}

/** `views`: of yesterday and of today each, which are not closed yet. */
export async function benchDashboard({ rounds, views = 33_000 }: Options): Promise<Outcome> {
	const tell = (line: string) => console.error(line);
	const figures = await runDashboard({ port: serverPort + 4, rounds, openViews: views, tell });
	const tables = [goalRows(figures), cpuRows(figures), drawnRows(figures)];
	return {
		result: { rounds, ...figures },
		page: "benchmarks.md",
		markdown: `${figures.browser}; medians of ${rounds} rounds; ${views.toLocaleString("en")} views yesterday and as many today, ${figures.newestViews.toLocaleString("en")} of them in the last half hour.\n\n${tables.map(toMarkdown).join("\n\n")}`,
		text: tables.map(toTerminal).join("\n\n"),
		isSound: true,
	};
}

/** Measures nothing: computes what the last run of the server's benchmark comes to. */
export async function benchScale(): Promise<Outcome> {
	const file = join(import.meta.dirname, "../../bench/server.json");
	const { figures, date, commit } = JSON.parse(await readFile(file, "utf8")) as {
		figures: ServerFigures;
		date: string;
		commit: string;
	};
	const all = scales.map((views) => scaleOf(views, figures));
	const table = scaleRows(all);
	return {
		result: { measured: { date, commit }, scales: all },
		page: "scale.md",
		markdown: `From what was measured on ${date}, commit ${commit}.\n\n${toMarkdown(table)}`,
		text: toTerminal(table),
		isSound: true,
	};
}

export async function benchKill({ kills = 50, seed }: Options): Promise<Outcome> {
	await bundle();
	const run = await runKills({ kills, seed }, (line) => console.error(line));
	const counts = Object.values(run.counted);
	const views = counts.reduce((sum, day) => sum + day.views, 0);
	const rows: Rows = [
		["", "number"],
		["kills", String(run.kills)],
		["of them in a closing", String(run.killsDuringClosing)],
		["posts answered", String(run.answered)],
		["of them copies of what was answered before", String(run.copies)],
		["of them older than what was known", String(run.older)],
		["posts a kill left unanswered, sent again", String(run.unanswered)],
		["page views sent, and counted", String(views)],
		["comparisons with the senders' log that did not hold", String(run.wrong.length)],
	];
	return {
		result: { seed, ...run },
		page: "benchmarks.md",
		markdown: `Seed \`${seed}\`.\n\n${toMarkdown(rows)}`,
		text: toTerminal(rows),
		isSound: run.wrong.length === 0,
	};
}

export async function benchSimulation({ schedules = 100_000, seed }: Options): Promise<Outcome> {
	await bundle();
	const run = await runSimulation({ schedules, seed }, (line) => console.error(line));
	const failed = run.failures.map(({ seed: of, message }) => `seed ${of}: ${message}`);
	const text = `${run.schedules} schedules in ${run.seconds} s, ${failed.length} runs with a broken law.`;
	return {
		result: { seed, ...run },
		page: "benchmarks.md",
		markdown: `Seed \`${seed}\`. ${text}`,
		text: [text, ...failed].join("\n\n"),
		isSound: failed.length === 0,
	};
}

export async function benchPrivacy({ seed }: Options): Promise<Outcome> {
	const { runPrivacy, privacyRows, privacyCounts } = await load("bench/privacy");
	const run = runPrivacy(seed, (line: string) => console.error(line));
	const rows: Rows = privacyRows(run);
	return {
		result: { seed, ...run },
		page: "guarantee.md",
		markdown: `Seed \`${seed}\`. ${privacyCounts(run)}\n\n${toMarkdown(rows)}`,
		text: `${privacyCounts(run)}\n\n${toTerminal(rows)}`,
		isSound: run.isSound,
	};
}
