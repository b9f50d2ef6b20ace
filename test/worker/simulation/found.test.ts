import { reset } from "cloudflare:test";
import { beforeAll, describe, test } from "vitest";
import { applyMigrations } from "../migrations.ts";
import { testEnv } from "../support.ts";
import { putFuseInD1 } from "./faults.ts";
import { Simulation } from "./run.ts";
import type { Step, Trouble } from "./schedule.ts";

const come = (browsers: number): Step => ({
	do: "arrive",
	browsers,
	page: "/",
	channel: "direct",
	device: "desktop",
	fate: "answered",
	fails: null,
});
const day: Step = { do: "wait", minutes: 1500 };
const month: Step = { do: "wait", minutes: 44_640 };
const fold: Step = { do: "fold", fails: null };
const alarm: Step = { do: "alarm", fails: null };
/** `periods` by their place among the ended ones that are not closed. */
const close = (periods: number[], trouble: Trouble = "none", fails: number | null = null): Step => ({
	do: "close",
	periods,
	twice: false,
	trouble,
	during: null,
	fails,
});
/** One browser's day, which has to join a later one. */
const smallDay = [come(1), day, close([0])];

let sites = 0;
const run = (...steps: Step[]) => new Simulation(`found-${++sites}`).run(steps);

beforeAll(async () => {
	await reset();
	await applyMigrations();
	await putFuseInD1(testEnv.DB);
});

describe("schedules that once broke a law", () => {
	test("a small period joins one of two that close at the same time", async () => {
		await run(...smallDay, come(5), day, come(5), day, close([1, 2]));
	});

	test("a closing that D1 took without an answer is finished before a later one joins the same period again", async () => {
		await run(...smallDay, come(5), day, come(5), day, close([1], "cut off"), close([2]));
	});

	test("a period that became small after D1 took a later one is not dropped with it", async () => {
		await run(come(1), day, come(5), day, close([1], "cut off"), close([0]), close([1]), come(5), day, close([1]));
	});

	test("storage that fails at any row of a closing leaves no joined period behind", { timeout: 60_000 }, async () => {
		for (let rows = 0; rows <= 40; rows++) {
			await run(...smallDay, come(5), day, fold, close([1], "none", rows), come(5), day, close([1]), close([0]));
		}
	});

	test("a reader sees a joined period once while its closing is unfinished", async () => {
		await run(...smallDay, come(5), day, close([1], "cut off"), close([1]));
	});

	test("a site that falls quiet forgets its receipts", async () => {
		await run(come(5), day, alarm, close([0]), month, alarm);
	});
});
