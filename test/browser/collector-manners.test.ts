/**
 * What the collector does to a page, counted exactly, in the session that `npm run bench` gives everybody. Leaves out: times,
 * which no test fails on.
 */
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { contestants } from "../bench/contestants.ts";
import { type Rig, startRig } from "../bench/rig.ts";
import type { Measured } from "../bench/session.ts";

const ours = contestants.filter(({ grant }) => grant);

let rig: Rig;
beforeAll(async () => {
	rig = await startRig(async () => new Map());
});
afterAll(() => rig?.close());

describe.each(ours)("$name, with 20 clicks and scrolling on a slow device", (contestant) => {
	let measured: Measured;
	beforeAll(async () => {
		measured = await rig.run(contestant);
	});

	test("asks for nothing but the gate before a grant", () => {
		expect(measured.early).toBe(0);
	});

	test("sends at most two requests a page view, none of them with a preflight", () => {
		expect(measured.requests).toBeGreaterThan(0);
		expect(measured.requests).toBeLessThanOrEqual(2);
		expect(measured.preflights).toBe(0);
	});

	test("sends at most 2.6 kB a page view, the settled report of the view before included", () => {
		expect(measured.sentBytes).toBeLessThanOrEqual(2_600);
	});

	test("shifts nothing on the page", () => {
		expect(measured.shift).toBe(0);
	});

	test("leaves the back/forward cache to the page", () => {
		expect(measured.isRestored).toBe(true);
	});
});
