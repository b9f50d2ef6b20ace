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
/** A visit by the place of its group, of its browser, and among the browser's own. */
const erase = (group: number, browser: number, fails: number | null = null): Step => ({
	do: "erase",
	group,
	browser,
	visit: 0,
	fails,
});
const sweep = (trouble: Trouble = "none", fails: number | null = null): Step => ({ do: "sweep", trouble, fails });
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

	test("a period that becomes small after a later one took in an earlier one is read still", async () => {
		const move: Step = { do: "move", group: 0, page: "/", fate: "answered", fails: null };
		await run(come(3), day, move, day, close([0]), come(2), move, day, close([2]), close([1]));
	});

	test("a site that falls quiet forgets its receipts", async () => {
		await run(come(5), day, alarm, close([0]), month, alarm);
	});
});

describe("erasures that could happen twice, or never", () => {
	test("D1 took one whose answer was lost, and others came before it was tried again", async () => {
		for (const trouble of ["answer lost", "cut off"] as const)
			await run(come(9), day, close([0]), erase(0, 0), sweep(trouble), erase(0, 1), sweep(trouble), sweep());
	});

	test("storage or D1 fails at any row of one", { timeout: 60_000 }, async () => {
		for (let rows = 0; rows <= 12; rows++) {
			await run(come(9), day, close([0]), erase(0, 0), sweep("none", rows), erase(0, 1), sweep());
			await run(come(9), day, close([0]), erase(0, 0), sweep(rows), erase(0, 1), sweep());
			await run(come(9), fold, erase(0, 0, rows), day, close([0]), erase(0, 1, rows), sweep());
		}
	});

	test("it is asked for while D1 has taken the closing and the book has not ended it", async () => {
		await run(come(9), day, close([0], "cut off"), erase(0, 0), sweep(), close([0]), sweep());
	});

	test("a small period gives it up at once, but not while a closing takes it in", async () => {
		await run(come(3), day, close([0]), erase(0, 0), come(9), day, close([1], "cut off"), erase(0, 1), sweep());
		await run(...smallDay, come(9), day, close([1], "cut off"), erase(0, 0), close([0]), sweep());
	});

	test("a period joined by a later one is erased from that one, although it was asked for before", async () => {
		await run(come(3), day, close([0]), come(9), day, close([1], "unreachable"), erase(0, 0), close([1]), sweep());
		await run(come(3), day, close([0]), come(9), day, close([1]), erase(0, 0), erase(1, 0), sweep());
	});

	test("a closing that waits for it finds too few devices afterwards", async () => {
		await run(come(5), day, close([0]), erase(0, 0), sweep(), come(9), day, close([0]));
		await run(come(4), day, close([0], "unreachable"), erase(0, 0), close([0]), sweep(), month, alarm);
	});

	test("a small period goes without a trace before it is carried out", async () => {
		const small = [come(3), day, close([0], "unreachable"), erase(0, 0), close([0])];
		await run(...small, month, come(3), day, close([1]), sweep(), come(9), day, close([1]));
	});

	test("receipts are forgotten before it is carried out", async () => {
		await run(come(9), day, close([0]), erase(0, 0), sweep("unreachable"), month, alarm, sweep());
		await run(come(3), day, close([0], "unreachable"), erase(0, 0), close([0]), month, alarm, sweep());
	});

	test("a crash between any two", async () => {
		const crash: Step = { do: "crash" };
		await run(
			come(9),
			erase(0, 0),
			crash,
			fold,
			erase(0, 1),
			crash,
			day,
			close([0]),
			erase(0, 2),
			crash,
			sweep(),
			crash,
		);
	});
});
