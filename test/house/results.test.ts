import { describe, expect, test } from "vitest";
import { closingLine, countResults } from "../../scripts/test-results.ts";

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
