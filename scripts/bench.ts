/**
 * `npm run bench`: the collector beside other people's scripts; with a name behind `--` one of the long runs. Each writes
 * bench/<name>.json and its section of a page in docs/. Leaves out: how anything is measured.
 */
import { spawnSync } from "node:child_process";
import { mkdir, readFile, writeFile } from "node:fs/promises";
import { cpus } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import {
	benchCollector,
	benchDashboard,
	benchDelivery,
	benchKill,
	benchLeaving,
	benchPrivacy,
	benchScale,
	benchServer,
	benchSimulation,
	benchTruth,
	type Options,
	type Outcome,
} from "../test/bench/benches.ts";
import { replaceSection } from "../test/bench/tables.ts";
import { ensureBrowser } from "./browser.ts";
import { Failure, runCommand } from "./failure.ts";

const root = join(import.meta.dirname, "..");

/** What can be asked for. */
const benches: Record<string, (options: Options) => Promise<Outcome>> = {
	collector: benchCollector,
	truth: benchTruth,
	delivery: benchDelivery,
	leaving: benchLeaving,
	server: benchServer,
	dashboard: benchDashboard,
	scale: benchScale,
	kill: benchKill,
	simulation: benchSimulation,
	privacy: benchPrivacy,
};

/** Those that drive none. */
const withoutBrowser = new Set(["server", "scale", "kill", "simulation", "privacy"]);

/** Options that say how many of something, where the run is not the full one. */
const counts = ["rounds", "visits", "views", "kills", "schedules"] as const;

const engines = ["chromium", "firefox", "webkit"];

function readArguments(): [name: string, options: Options] {
	const text = { type: "string" } as const;
	const { values, positionals } = (() => {
		try {
			const numbers = Object.fromEntries(counts.map((option) => [option, text])) as Record<
				(typeof counts)[number],
				typeof text
			>;
			return parseArgs({ allowPositionals: true, options: { engine: text, seed: text, ...numbers } });
		} catch {
			throw new Failure(`The options are --engine, --seed, --${counts.join(", --")}, each with a value.`);
		}
	})();
	const [name = "collector"] = positionals;
	if (!Object.hasOwn(benches, name) || positionals.length > 1)
		throw new Failure(
			`There is no benchmark "${positionals.join(" ")}": there are ${Object.keys(benches).join(", ")}.`,
		);
	if (values.engine && !engines.includes(values.engine))
		throw new Failure(`There is no engine "${values.engine}": there are ${engines.join(", ")}.`);
	const count = (option: (typeof counts)[number]) => {
		const value = values[option];
		if (value !== undefined && !/^[1-9]\d{0,5}$/.test(value))
			throw new Failure(`--${option} must be a whole number, 1 or more.`);
		return value === undefined ? undefined : Number(value);
	};
	const { engine, seed = "sporlos" } = values;
	const numbers = Object.fromEntries(counts.map((option) => [option, count(option)]));
	return [name, { engine, seed, ...numbers, rounds: numbers.rounds ?? 3 }];
}

/** The commit that was measured, and whether anything differed from it. */
function describeCommit(): string {
	const git = (...args: string[]) => spawnSync("git", args, { cwd: root, encoding: "utf8" }).stdout?.trim();
	const commit = git("rev-parse", "--short", "HEAD") || "unknown";
	return git("status", "--porcelain", "--", ":!bench", ":!docs") ? `${commit} with changes` : commit;
}

async function keep(name: string, { result, page, markdown }: Outcome): Promise<void> {
	const date = new Date().toISOString().slice(0, 10);
	const commit = describeCommit();
	const [{ model } = { model: "unknown" }, ...others] = cpus();
	const machine = `${others.length + 1} × ${model}`;
	const kept = { name, date, commit, machine, node: process.version, ...result };
	await mkdir(join(root, "bench"), { recursive: true });
	await writeFile(join(root, "bench", `${name}.json`), `${JSON.stringify(kept, null, "\t")}\n`);
	const file = join(root, "docs", page);
	const section = `${date}, commit ${commit}, on ${machine}. ${markdown}`;
	const text = replaceSection(await readFile(file, "utf8"), name, section);
	if (text === undefined)
		throw new Failure(`docs/${page} has no section for "${name}": bench/${name}.json was written.`);
	await writeFile(file, text);
}

await runCommand(async () => {
	const [name, options] = readArguments();
	if (!withoutBrowser.has(name)) ensureBrowser();
	let isSound = true;
	// One file an engine, so that they can be run one by one.
	for (const engine of name === "truth" && !options.engine ? engines : [options.engine]) {
		const outcome = await (benches[name] ?? benchCollector)({ ...options, engine });
		console.log(outcome.text);
		await keep(name === "truth" ? `truth-${engine}` : name, outcome);
		isSound &&= outcome.isSound;
	}
	if (!isSound) throw new Failure("Something that must hold did not: see above.");
	process.exit();
});
