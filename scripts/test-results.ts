/** Reads vitest's JSON report into three numbers. A file or a worker that failed outside its tests counts as a failure. */

export interface Counts {
	passed: number;
	failed: number;
	skipped: number;
}

/** The parts of vitest's JSON report that are read here. */
export interface TestReport {
	testResults: { status: string; assertionResults: { status: string }[] }[];
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

export function closingLine({ passed, failed, skipped }: Counts): string {
	return `${passed} passed, ${failed} failed, ${skipped} skipped`;
}
