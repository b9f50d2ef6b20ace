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
import { computing, driving, givesWay, lanes, watched } from "./test-runs.ts";

const root = join(import.meta.dirname, "..");
/** The whole run should take 15 minutes, with every engine 25; on a slow day twice that. Tests that hang must not eat the closing line. */
const longestMs = (process.env.EVERY_ENGINE ? 60 : 30) * 60_000;

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

/** The same, but what it prints is told in one piece when it has ended, except of the one that can be watched. */
async function runQuietly(args: string[]): Promise<Counts> {
	if (args === watched) return runTests(args, "inherit");
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

/** Does one after another of what is left to do, beside others who take from the same list. */
async function take<T, R>(left: T[], work: (next: T) => Promise<R>): Promise<R[]> {
	const done: R[] = [];
	for (let next = left.shift(); next; next = left.shift()) done.push(await work(next));
	return done;
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
	const left = [...driving];
	const runs =
		args.length > 0
			? [runTests(args, "inherit")]
			: [runQuietly(computing), ...Array.from({ length: lanes }, () => take(left, runQuietly))];
	for (const tests of (await Promise.all(runs)).flat())
		for (const key of ["passed", "failed", "skipped"] as const) counts[key] += tests[key];
} catch (error) {
	console.error(error instanceof Failure ? error.message : error);
	counts.failed++;
}
process.exitCode = counts.failed > 0 ? 1 : 0;
for (const line of failures) console.log(line);
console.log(closingLine(counts));
process.exit();
