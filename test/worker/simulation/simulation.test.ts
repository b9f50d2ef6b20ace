import { reset } from "cloudflare:test";
import { env } from "cloudflare:workers";
import fc from "fast-check";
import { beforeAll, describe, test } from "vitest";
import { grains } from "../../../schema/period.ts";
import { applyMigrations } from "../migrations.ts";
import { testEnv } from "../support.ts";
import { putFuseInD1 } from "./faults.ts";
import { Simulation } from "./run.ts";
import { schedule } from "./schedule.ts";

/**
 * SIMULATIONS says how many schedules; REPLAY repeats a failure: the `seed` and `path` that it printed, as JSON.
 */
const { SIMULATIONS, REPLAY } = env as unknown as { SIMULATIONS: string; REPLAY: string };
const schedules = Number(SIMULATIONS);
const replay = JSON.parse(REPLAY) as { seed?: number; path?: string };

beforeAll(async () => {
	await reset();
	await applyMigrations();
	await putFuseInD1(testEnv.DB);
});

describe("a book under any schedule of posts, time, crashes, faults and closings", () => {
	let sites = 0;
	test(`${schedules} schedules keep every law after every step`, { timeout: 1_200_000 }, async () => {
		await fc.assert(
			fc.asyncProperty(fc.constantFrom(...grains), schedule, (grain, steps) =>
				new Simulation(`simulated-${++sites}`, grain).run(steps),
			),
			{ numRuns: schedules, seed: 20261122, ...replay },
		);
	});
});
