/** Ground truth and delivery, with the counts CI has time for. Run where EVERY_ENGINE is set; long runs by `npm run bench`. */
import { expect, test } from "vitest";
import { runDelivery } from "../truth/delivery.ts";
import { runTruth } from "../truth/ground-truth.ts";

const timeout = 8 * 60_000;

test.each([
	["chromium", 24],
	["firefox", 8],
	["webkit", 6],
] as const)("%s, %i random visits: every figure equals the script's own log", { timeout }, async (engine, visits) => {
	const run = await runTruth({ engine, visits, seed: "ci" });
	expect(run.checks.filter(({ ok }) => !ok)).toEqual([]);
	expect(run.views).toBeGreaterThan(visits);
});

test("60 views that end in every way: 99 % arrive, 97 % of their final states, none twice", { timeout }, async () => {
	const run = await runDelivery({ views: 60, seed: "ci" });
	expect(run.checks.filter(({ ok }) => !ok)).toEqual([]);
	expect(run.views).toBeGreaterThanOrEqual(60);
	expect(run.repeated).toBeGreaterThan(0); // reports do come twice
});
