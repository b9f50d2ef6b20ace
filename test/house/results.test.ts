import { describe, expect, test } from "vitest";
import { closingLine, countResults, failedLines } from "../../scripts/test-results.ts";

const file = (status: string, ...tests: string[]) => ({
	status,
	assertionResults: tests.map((status) => ({ status })),
});

describe("the closing line", () => {
	test("counts what passed, failed and was skipped", () => {
		const report = {
			testResults: [file("passed", "passed", "passed", "pending"), file("failed", "passed", "failed", "todo")],
		};
		expect(closingLine(countResults(report, 1))).toBe("3 passed, 1 failed, 2 skipped");
	});

	test("a file that does not load is a failure", () => {
		expect(countResults({ testResults: [file("failed"), file("passed", "passed")] }, 1)).toEqual({
			passed: 1,
			failed: 1,
			skipped: 0,
		});
	});

	test("a hook that fails after its tests have passed is a failure", () => {
		expect(countResults({ testResults: [file("failed", "passed")] }, 1).failed).toBe(1);
	});

	test("a worker that crashes with every test passed is a failure", () => {
		expect(countResults({ testResults: [file("passed", "passed")] }, 1)).toEqual({ passed: 1, failed: 1, skipped: 0 });
	});

	test("vitest that ends without a report is a failure", () => {
		expect(countResults(undefined, null).failed).toBe(1);
	});
});

describe("before the closing line", () => {
	test("everything that failed has a line with its file, its name and the first line of its error", () => {
		const failed = { status: "failed", fullName: "a page opens", failureMessages: ["Error: it did not\n at line 3"] };
		const testResults = [
			{ name: "/here/test/a.test.ts", status: "failed", assertionResults: [{ status: "passed" }, failed] },
			{ name: "/here/test/b.test.ts", status: "failed", message: "Error: no such file\n at b", assertionResults: [] },
			{ name: "/here/test/c.test.ts", status: "passed", assertionResults: [{ status: "passed" }] },
		];
		expect(failedLines({ testResults }, "/here")).toEqual([
			"FAILED: test/a.test.ts: a page opens: Error: it did not",
			"FAILED: test/b.test.ts: Error: no such file",
		]);
	});
});
