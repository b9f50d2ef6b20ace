/** Leaving methods by real mouse and keyboard in three engines. Runs where EVERY_ENGINE is set, as CI does. */
import { beforeAll, expect, test } from "vitest";
import { type EngineName, engineNames } from "../support/engines/index.ts";
import { type LeavingResult, runLeaving } from "../truth/leaving.ts";
import { leavingCases } from "../truth/leaving-cases.ts";

/** What CI has time for: Chromium does everything, the others each method once and closing in every way. */
const casesFor = (engine: EngineName) =>
	leavingCases.filter(
		({ method }, index) =>
			engine === "chromium" ||
			method === "closed" ||
			leavingCases.findIndex((other) => other.method === method) === index,
	);

const results = {} as Record<EngineName, LeavingResult[]>;

beforeAll(async () => {
	// Side by side: most of the time each of them waits.
	const runs = engineNames.map((engine) => runLeaving({ engines: [engine], cases: casesFor(engine) }));
	for (const [index, run] of (await Promise.all(runs)).entries())
		results[engineNames[index] as EngineName] = run.results;
}, 10 * 60_000);

const withVerdict = (engine: EngineName, wanted: (verdict: LeavingResult["verdict"]) => boolean) =>
	results[engine].filter(({ verdict }) => wanted(verdict)).map(({ by, told, note }) => [by, told, note]);
const toldRight = (engine: EngineName) =>
	new Set(results[engine].filter(({ verdict }) => verdict === "right").map(({ method }) => method));

test("Chromium tells every way of leaving a page right", () => {
	expect(results.chromium.length).toBe(leavingCases.length);
	expect(withVerdict("chromium", (verdict) => verdict !== "right")).toEqual([]);
});

test.each(["firefox", "webkit"] as const)("%s tells no way of leaving a page wrong", (engine) => {
	expect(results[engine].length).toBeGreaterThan(10);
	expect(withVerdict(engine, (verdict) => verdict === "wrong")).toEqual([]);
});

test("what Firefox announces is told, and what the device itself knows in WebKit", () => {
	const announced = ["link", "outbound", "form", "back", "forward", "reload", "script", "typed", "away", "lost"];
	expect([...toldRight("firefox")]).toEqual(expect.arrayContaining(announced));
	expect([...toldRight("webkit")]).toEqual(expect.arrayContaining(["reload", "away", "lost"]));
});
