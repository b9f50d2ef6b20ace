/**
 * `npm test`: a browser, the checks, and every test. The last line is `N passed, N failed, N skipped`, whatever happens;
 * the three checks count as tests. Arguments go to vitest.
 */
import { spawn } from "node:child_process";
import { mkdtemp, open, readFile, rm } from "node:fs/promises";
import { setPriority, tmpdir } from "node:os";
import { join } from "node:path";
import { ensureBrowser } from "./browser.ts";
import { runChecks } from "./checks.ts";
import { Failure } from "./failure.ts";
import { type Counts, closingLine, countResults, failedLines, type TestReport } from "./test-results.ts";

const root = join(import.meta.dirname, "..");
/** The whole run should take 15 minutes, with every engine 25; on a slow day twice that. Tests that hang must not eat the closing line. */
const longestMs = (process.env.EVERY_ENGINE ? 60 : 30) * 60_000;

/** Side by side: driving a browser mostly waits for visitors to dwell. What only computes gives way to it. */
const driving = ["--project=browser"];
const further = [
	"--project=whole",
	...(process.env.EVERY_ENGINE ? ["--project=engines"] : []),
	"--no-file-parallelism",
];
const computing = ["--project=unit", "--project=workerd", "--maxWorkers=2"];
const givesWay = 5;
/** After those: a third browser at the same time would slow down the others' visitors. */
const looking = ["--project=dashboard"];

/** One run of vitest; what it prints goes to `output`. */
async function runTests(args: string[], output: "inherit" | number): Promise<Counts> {
	const folder = await mkdtemp(join(tmpdir(), "sporlos-test-"));
	try {
		const file = join(folder, "results.json");
		const reporters = ["--reporter=default", "--reporter=json", `--outputFile.json=${file}`];
		const vitest = spawn(process.execPath, [join(root, "node_modules/.bin/vitest"), "run", ...reporters, ...args], {
			cwd: root,
			stdio: ["ignore", output, output],
			signal: AbortSignal.timeout(longestMs),
			killSignal: "SIGKILL",
		});
		if (args === computing && vitest.pid) setPriority(vitest.pid, givesWay);
		const exitCode = await new Promise<number | null>((resolve) => {
			vitest.on("error", (error) => console.error(`vitest: ${error.message}`));
			vitest.on("close", resolve);
		});
		const text = await readFile(file, "utf8").catch(() => undefined);
		const report = text === undefined ? undefined : (JSON.parse(text) as TestReport);
		failures.push(...failedLines(report, root));
		return countResults(report, exitCode);
	} finally {
		await rm(folder, { recursive: true, force: true });
	}
}

/** The same, but what it prints is told in one piece when it has ended. */
async function runQuietly(args: string[]): Promise<Counts> {
	const folder = await mkdtemp(join(tmpdir(), "sporlos-test-"));
	const output = await open(join(folder, "output"), "w");
	try {
		return await runTests(args, output.fd);
	} finally {
		await output.close();
		process.stdout.write(await readFile(join(folder, "output")));
		await rm(folder, { recursive: true, force: true });
	}
}

/** Begins the second once the first has ended, however it ended. */
function inTurn<T>(first: () => Promise<T>, second: () => Promise<T>): [Promise<T>, Promise<T>] {
	const begun = first();
	return [begun, begun.then(second, second)];
}

const counts: Counts = { passed: 0, failed: 0, skipped: 0 };
const failures: string[] = [];
try {
	ensureBrowser();
	for (const [name, passed] of Object.entries(await runChecks())) {
		console.log(`${passed ? "passed" : "FAILED"}: ${name}`);
		if (passed) counts.passed++;
		else counts.failed++;
	}
	const args = process.argv.slice(2);
	const runs =
		args.length > 0
			? [runTests(args, "inherit")]
			: [
					runTests(driving, "inherit"),
					runQuietly(computing),
					...inTurn(
						() => runQuietly(further),
						() => runQuietly(looking),
					),
				];
	for (const tests of await Promise.all(runs))
		for (const key of ["passed", "failed", "skipped"] as const) counts[key] += tests[key];
} catch (error) {
	console.error(error instanceof Failure ? error.message : error);
	counts.failed++;
}
process.exitCode = counts.failed > 0 ? 1 : 0;
for (const line of failures) console.log(line);
console.log(closingLine(counts));
process.exit();
