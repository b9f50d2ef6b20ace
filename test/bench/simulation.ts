/**
 * Many schedules of the deterministic simulation (test/worker/simulation), in runs of their own, so that none grows old. Leaves
 * out what a schedule is and which laws hold.
 */
import { spawn } from "node:child_process";
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fraction } from "../../demo/random.ts";

const root = join(import.meta.dirname, "../..");
const perRun = 500;

export interface Simulated {
	schedules: number;
	seconds: number;
	/** What a run said whose schedules broke a law, the shrunk one among it. */
	failures: { seed: number; schedules: number; message: string }[];
}

interface Results {
	testResults: { message: string; assertionResults: { status: string; failureMessages: string[] }[] }[];
}

/** One run of vitest; its failure, or undefined where every law held. */
async function simulate(schedules: number, seed: number): Promise<string | undefined> {
	const folder = await mkdtemp(join(tmpdir(), "sporlos-simulation-"));
	try {
		const file = join(folder, "results.json");
		const args = ["run", "--project=workerd", "--reporter=json", `--outputFile=${file}`, "simulation/simulation.test"];
		const vitest = spawn(process.execPath, [join(root, "node_modules/vitest/vitest.mjs"), ...args], {
			cwd: root,
			stdio: "ignore",
			env: { ...process.env, SIMULATIONS: String(schedules), REPLAY: JSON.stringify({ seed }) },
		});
		const status = await new Promise<number | null>((resolve) => vitest.on("close", resolve));
		const text = await readFile(file, "utf8").catch(() => "");
		if (status === 0 && text) return undefined;
		const { testResults = [] }: Partial<Results> = text ? JSON.parse(text) : {};
		const messages = testResults.flatMap(({ message, assertionResults }) => [
			message,
			...assertionResults.flatMap(({ failureMessages }) => failureMessages),
		]);
		return messages.join("\n").trim() || `vitest ended with ${status}`;
	} finally {
		await rm(folder, { recursive: true, force: true });
	}
}

export async function runSimulation(
	options: { schedules: number; seed: string },
	tell: (line: string) => void,
): Promise<Simulated> {
	const began = performance.now();
	const failures: Simulated["failures"] = [];
	let done = 0;
	while (done < options.schedules) {
		const schedules = Math.min(perRun, options.schedules - done);
		const seed = Math.floor(fraction(`${options.seed} ${done}`) * 2 ** 31);
		const message = await simulate(schedules, seed);
		if (message !== undefined) failures.push({ seed, schedules, message });
		done += schedules;
		tell(`${done} of ${options.schedules} schedules, ${failures.length} runs failed`);
	}
	return { schedules: done, seconds: Math.round((performance.now() - began) / 1000), failures };
}
