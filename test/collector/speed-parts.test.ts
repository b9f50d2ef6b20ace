/** The pure parts of the speed sensors: steps and spans of a load, a paint and an answer, and the lines of requests. */
import { describe, expect, test } from "vitest";
import { paintSteps } from "../../collector/sensors/paint.ts";
import { countRequest } from "../../collector/sensors/resources.ts";
import { loadSteps } from "../../collector/sensors/response.ts";
import { answerSteps } from "../../collector/sensors/ring.ts";
import { spans } from "../../collector/sensors/spans.ts";
import { bucketOf } from "../../schema/buckets.ts";

describe("spans", () => {
	test("have the bucket of the time between two instants, as far as instants are known", () => {
		expect(spans({ bucketOf }, ["a", "b", "c"], [100, 150, 150])).toEqual({ a: bucketOf(50), b: 0 });
	});
});

describe("the load of a page", () => {
	const load = {
		workerStart: 0,
		fetchStart: 10,
		domainLookupStart: 12,
		connectStart: 30,
		connectEnd: 60,
		responseStart: 200,
		responseEnd: 250,
		activationStart: 0,
	} as PerformanceNavigationTiming;

	test("has an end for every phase that is over", () => {
		expect(loadSteps(load)).toEqual([0, 10, 12, 30, 60, 200, 250]);
		expect(loadSteps({ ...load, responseEnd: 0 })).toEqual([0, 10, 12, 30, 60, 200]);
	});

	test("waits for the service worker where there is one", () => {
		expect(loadSteps({ ...load, workerStart: 5 })[1]).toBe(5);
	});

	test("took no time before a prerendered page was shown, and never less than none", () => {
		expect(loadSteps({ ...load, activationStart: 100 })).toEqual([0, 0, 0, 0, 0, 100, 150]);
		expect(loadSteps({ ...load, activationStart: 9_000 })).toEqual([0, 0, 0, 0, 0, 0, 0]);
	});
});

describe("the steps of a paint", () => {
	test("are first byte, begin and end of the load, and when it was shown", () => {
		expect(paintSteps(100, 600, { requestStart: 300, startTime: 290, responseEnd: 500 })).toEqual([100, 300, 500, 600]);
	});

	test("stay in order: loaded before the first byte, still loading when shown, and hosts that tell no more than the start", () => {
		expect(paintSteps(100, 600, { requestStart: 50, startTime: 40, responseEnd: 60 })).toEqual([100, 100, 100, 600]);
		expect(paintSteps(100, 600, { requestStart: 300, startTime: 290, responseEnd: 900 })).toEqual([100, 300, 600, 600]);
		expect(paintSteps(100, 600, { requestStart: 0, startTime: 290, responseEnd: 500 })).toEqual([100, 290, 500, 600]);
	});
});

describe("the steps of an answer", () => {
	const event = (startTime: number, processingStart: number, processingEnd: number, shown: number) => ({
		startTime,
		processingStart,
		processingEnd,
		duration: shown - startTime,
	});
	const down = event(1_000, 1_020, 1_025, 1_200);

	test("take in all events of the same frame, and no others", () => {
		const mousedown = event(1_000, 1_025, 1_150, 1_204);
		expect(answerSteps(down, [down, mousedown])).toEqual([1_000, 1_020, 1_150, 1_200]);
		expect(answerSteps(down, [down, event(1_300, 1_310, 1_350, 1_400)])).toEqual([1_000, 1_020, 1_025, 1_200]);
	});

	test("begin with the input, though something else was handled before", () => {
		expect(answerSteps(down, [down, event(900, 910, 1_015, 1_200)])[1]).toBe(1_000);
	});

	test("end with the frame, though handlers went on", () => {
		expect(answerSteps(down, [event(1_000, 1_020, 5_000, 1_200)])).toEqual([1_000, 1_020, 1_200, 1_200]);
	});
});

describe("lines of requests", () => {
	type Lines = Parameters<typeof countRequest>[0];

	test("count by name and bucket, failures apart", () => {
		const lines: Lines = [];
		countRequest(lines, 30, "/api", 40, false);
		countRequest(lines, 30, "/api", 40, true);
		countRequest(lines, 30, "/api", 41, false);
		countRequest(lines, 30, "/other", 40, false);
		expect(lines).toEqual([
			["/api", 40, 2, 1],
			["/api", 41, 1, 0],
			["/other", 40, 1, 0],
		]);
	});

	test("leave room for others: a busy name has a few lines, and counts in the nearest", () => {
		const lines: Lines = [];
		for (let bucket = 10; bucket < 60; bucket += 5) countRequest(lines, 30, "/poll", bucket, false);
		expect(lines.map(([, bucket]) => bucket)).toEqual([10, 15, 20, 25, 30, 35]);
		expect(lines.reduce((all, [, , times]) => all + times, 0)).toBe(10);
		expect(lines.at(-1)).toEqual(["/poll", 35, 5, 0]);
	});

	test("drop a name that comes when all lines are taken, and still count those that are there", () => {
		const lines: Lines = [];
		for (const name of ["/a", "/b", "/c", "/a"]) countRequest(lines, 2, name, 40, false);
		countRequest(lines, 2, "/b", 50, true);
		expect(lines).toEqual([
			["/a", 40, 2, 0],
			["/b", 40, 2, 1],
		]);
	});

	test("never count further than a report may", () => {
		const lines: Lines = [["/a", 40, 1_000, 3]];
		countRequest(lines, 30, "/a", 40, true);
		expect(lines).toEqual([["/a", 40, 1_000, 3]]);
	});
});
