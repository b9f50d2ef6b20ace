/**
 * Reads vitest's JSON report into three numbers and the names of what failed. A file or a worker that failed outside its tests counts
 * as a failure.
 */
import { relative } from "node:path";

export interface Counts {
	passed: number;
	failed: number;
	skipped: number;
}

/** The parts of vitest's JSON report that are read here. */
export interface TestReport {
	testResults: {
		/** Path of the file. */
		name?: string;
		status: string;
		/** What went wrong outside its tests. */
		message?: string;
		assertionResults: { status: string; fullName?: string; failureMessages?: string[] }[];
	}[];
}

/** `report` is undefined when vitest wrote none; `exitCode` is vitest's own. */
export function countResults(report: TestReport | undefined, exitCode: number | null): Counts {
	const counts: Counts = { passed: 0, failed: 0, skipped: 0 };
	for (const { status, assertionResults } of report?.testResults ?? []) {
		for (const { status } of assertionResults) {
			if (status === "passed") counts.passed++;
			else if (status === "failed") counts.failed++;
			else counts.skipped++;
		}
		// A file that could not be loaded, or whose hooks failed, has no failed test of its own.
		if (status === "failed" && !assertionResults.some(({ status }) => status === "failed")) counts.failed++;
	}
	if (exitCode !== 0 && counts.failed === 0) counts.failed++;
	return counts;
}

/** A line for everything that failed, because the long output before the closing line is easily cut off. */
export function failedLines(report: TestReport | undefined, root: string): string[] {
	const firstLine = (text = "") => text.split("\n", 1)[0] ?? "";
	return (report?.testResults ?? [])
		.filter(({ status }) => status === "failed")
		.flatMap(({ name = "", message, assertionResults }) => {
			const tests = assertionResults.filter(({ status }) => status === "failed");
			const what = tests.map(({ fullName, failureMessages }) => `${fullName}: ${firstLine(failureMessages?.[0])}`);
			return (tests.length > 0 ? what : [firstLine(message)]).map((line) => `FAILED: ${relative(root, name)}: ${line}`);
		});
}

export function closingLine({ passed, failed, skipped }: Counts): string {
	return `${passed} passed, ${failed} failed, ${skipped} skipped`;
}
