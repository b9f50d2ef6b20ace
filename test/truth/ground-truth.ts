/**
 * Ground truth: random visits driven in an engine against the real Worker, and every figure of the Stats API compared with
 * the script's own log. Leaves out: how a visit is driven, and which counts there are.
 */
import { boundaries, bucketOf } from "../../schema/buckets.ts";
import type { Report } from "../../schema/report.ts";
import { type App, startApp } from "../support/app.ts";
import type { EngineName } from "../support/engines/index.ts";
import { readFigures, todayInOslo } from "../support/reports.ts";
import { counts, type Facts, type Figures, factsOf, type Tallied } from "./counts.ts";
import { type Habit, listNotPossible } from "./drive-visit.ts";
import { type Driven, driveVisits, isToldRight } from "./lanes.ts";
import { paths, thanks } from "./pages.ts";
import type { ViewLog } from "./visit-log.ts";

export interface Check {
	name: string;
	ok: boolean;
	/** Sums where they agree, else only what differs. */
	expected: unknown;
	got: unknown;
}

export interface TruthRun {
	kind: "truth";
	date: string;
	engine: EngineName;
	version: string;
	seed: string;
	visits: number;
	views: number;
	seconds: number;
	/** The bounds between which the script knows how long a page was shown lie this far apart, median. */
	dwellSpanMs: number;
	checks: Check[];
	notPossible: string[];
	ok: boolean;
}

/** Times may differ this much, or by one bucket. */
const dwellToleranceMs = 250;
const lanes: Record<EngineName, number> = { chromium: 6, firefox: 3, webkit: 3 };
const habit: Habit = {
	views: [1, 6],
	dwellMs: [300, 4_000],
	acts: { button: 8, event: 2, error: 1, download: 1, type: 1, rage: 1, dead: 1 },
	steps: { link: 10, form: 2, script: 1, typed: 2, reload: 2, back: 2, forward: 1, tab: 1 },
	endings: { closed: 4, outbound: 3, typed: 2, away: 2, lost: 1 },
};

async function readAll(app: App, from: string): Promise<Figures> {
	const figures = <T>(route: string, page = "") =>
		readFigures<T>(app.app, app.ownerKey, `${route}?from=${from}&to=${todayInOslo()}${page}`);
	const byPage = async <T>(route: string) => {
		const answers = [...paths, thanks].map(
			async (page) => [page, await figures<T>(route, `&page=${encodeURIComponent(page)}`)] as const,
		);
		return new Map(await Promise.all(answers));
	};
	return {
		summary: await figures("summary"),
		pages: await figures("pages"),
		elements: await figures("elements"),
		channels: await figures("channels"),
		events: await figures("events"),
		devices: await figures("devices"),
		flows: await byPage("flows"),
		leaving: await byPage("leaving"),
	};
}

/** Of what differs, only that. */
function compare(name: string, expected: Tallied, got: Tallied): Check {
	const names = [...new Set([...Object.keys(expected), ...Object.keys(got)])];
	const different = names.filter((key) => (expected[key] ?? 0) !== (got[key] ?? 0));
	const only = (tallied: Tallied) => Object.fromEntries(different.map((key) => [key, tallied[key] ?? 0]));
	const sum = (tallied: Tallied) => Object.values(tallied).reduce((total, n) => total + n, 0);
	if (different.length === 0) return { name, ok: true, expected: sum(expected), got: sum(got) };
	return { name, ok: false, expected: only(expected), got: only(got) };
}

/** Views one by one, each against its report: what has no exact figure in the API. */
function compareViews(
	name: string,
	driven: Driven[],
	differs: (view: ViewLog, report: Report) => string | undefined,
): Check {
	const pairs = driven.flatMap(({ log, reports }) => log.views.map((view, i) => ({ view, report: reports[i] })));
	const wrong = pairs.flatMap(({ view, report }) => (report && differs(view, report)) ?? []);
	return { name, ok: wrong.length === 0, expected: pairs.length, got: wrong.length === 0 ? pairs.length : wrong };
}

/** The page was shown for a time between two that the script knows; the report's must lie there, with the tolerance. */
function dwellDiffers({ page, how, asked, began, left, gone }: ViewLog, { time }: Report): string | undefined {
	if (!left || !gone || !time) return undefined;
	const [least, most] = [left - began, gone - asked];
	const low = Math.min(bucketOf(least - dwellToleranceMs), bucketOf(least) - 1);
	const high = Math.max(bucketOf(most + dwellToleranceMs), bucketOf(most) + 1);
	if (time.visible >= low && time.visible <= high) return undefined;
	return `${page}, left by ${how}: shown ${least} to ${most} ms, told up to ${boundaries[time.visible]} ms`;
}

/** How sure the script itself is of a time: the median distance of its two bounds. */
function medianSpanMs(views: readonly ViewLog[]): number {
	const spans = views.flatMap(({ asked, began, left, gone }) => (left && gone ? gone - asked - (left - began) : []));
	return spans.sort((a, b) => a - b)[Math.floor(spans.length / 2)] ?? 0;
}

function checkAll(engine: EngineName, facts: Facts, driven: Driven[], figures: Figures): Check[] {
	const trouble = driven.flatMap(({ log }) => log.trouble ?? []);
	return [
		{ name: "driven without trouble", ok: trouble.length === 0, expected: [], got: trouble },
		...Object.entries(counts).map(([name, { log, api }]) => compare(name, log(facts), api(figures))),
		compareViews("leaving of each view", driven, (view, report) =>
			isToldRight(engine, view, report) ? undefined : `${view.page}: left by ${view.how}, told ${report.leaving?.how}`,
		),
		compareViews("scroll tenth of each view", driven, ({ page, tenth }, { interaction }) =>
			tenth === interaction?.scroll ? undefined : `${page}: ${tenth}, not ${interaction?.scroll}`,
		),
		compareViews(`dwell within ${dwellToleranceMs} ms or one bucket`, driven, dwellDiffers),
	];
}

/** Never throws: what goes wrong is a check that failed. */
export async function runTruth(input: { engine: EngineName; visits: number; seed: string }): Promise<TruthRun> {
	const { engine: name, visits, seed } = input;
	const began = Date.now();
	const date = new Date(began).toISOString().slice(0, 10);
	const run: TruthRun = {
		kind: "truth",
		date,
		engine: name,
		version: "",
		seed,
		visits,
		views: 0,
		seconds: 0,
		dwellSpanMs: 0,
		checks: [],
		notPossible: [],
		ok: false,
	};
	let app: App | undefined;
	try {
		const from = todayInOslo();
		app = await startApp({ sample: false });
		const { driven, engine } = await driveVisits({
			engine: name,
			app,
			seed,
			habit,
			lanes: Math.min(lanes[name], visits),
			goesOn: (_driven, begun) => begun < visits,
		});
		const facts = factsOf(name, driven);
		run.version = engine.version;
		run.notPossible = listNotPossible(engine);
		run.views = facts.views.length;
		run.dwellSpanMs = medianSpanMs(facts.views);
		run.checks = checkAll(name, facts, driven, await readAll(app, from));
	} catch (error) {
		run.checks.push({ name: "the run itself", ok: false, expected: "an end", got: String(error) });
	} finally {
		await app?.stop();
	}
	run.seconds = Math.round((Date.now() - began) / 1000);
	run.ok = run.checks.length > 0 && run.checks.every(({ ok }) => ok);
	return run;
}
