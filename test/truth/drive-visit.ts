/**
 * One random visit over the test site, driven in an engine, and the log of it. The same seed gives the same visit where the
 * engine can do the same. Leaves out: what should have been counted.
 */
import type { Random } from "../../demo/random.ts";
import type { Engine } from "../support/engines/index.ts";
import { until } from "../support/until.ts";
import { type Act, acts, type Doing, type Ending, endings, type Step, steps } from "./acts.ts";
import { paths } from "./pages.ts";
import type { TestSite } from "./site.ts";
import type { ViewLog, VisitLog } from "./visit-log.ts";
import { Walker, wait } from "./walker.ts";

/** How a visitor behaves: weights, and spans from which a number is drawn. */
export interface Habit {
	views: [min: number, max: number];
	dwellMs: [min: number, max: number];
	acts: Partial<Record<Act, number>>;
	steps: Partial<Record<Step, number>>;
	endings: Partial<Record<Ending, number>>;
}

export interface Driving {
	engine: Engine;
	site: TestSite;
	random: Random;
	habit: Habit;
	/** Whether everything has arrived that can; waited for before the browser goes, for a while. */
	arrived(views: ViewLog[]): boolean;
}

/** What has not arrived by then is not coming. */
const lastReportMs = 5_000;
/** Nobody leaves a page in the very moment in which it stops scrolling. */
const afterScrollMs = 300;

/** What the engine cannot do, for the result. */
export function listNotPossible({ can, name }: Engine): string[] {
	return [
		can.tabs ? "" : "several tabs, and leaving by `away`: its driver opens tabs in the background",
		can.wheel ? "" : "scrolling: its driver has no wheel, so the tenth is that of the page as it opens",
		can.download ? "" : "downloads: a bar of the browser's makes the window smaller, at a moment nobody can tell",
		name === "chromium"
			? ""
			: "closing a tab: the engine drops the last beacon now and then; the table of leaving methods has it",
		can.crash ? "" : "a crash of the page: `lost` is a SIGKILL of the browser instead",
		name === "webkit" ? "dead clicks: without the Navigation API a slow answer looks like none, so none is told" : "",
	].filter(Boolean);
}

export async function driveVisit(driving: Driving): Promise<VisitLog> {
	const { engine, site, random, habit } = driving;
	const log: VisitLog = { views: [] };
	let ending = random.pick<Ending>(habit.endings);
	if (ending === "away" && !engine.can.tabs) ending = "typed";
	if (ending === "closed" && engine.name !== "chromium") ending = "typed";
	const isAlone = ending === "quit" || ending === "kill" || (ending === "lost" && !engine.can.crash);
	const profile = await engine.newProfile(isAlone);
	try {
		const walker = new Walker(profile, await profile.open(), site, log);
		const doing: Doing = { engine, random, walker, stay: () => stay(doing, habit) };
		await visit(doing, habit, ending);
		await until("the last report", () => driving.arrived(log.views), lastReportMs).catch(() => {}); // then it is missing
	} catch (error) {
		log.trouble = error instanceof Error ? error.message : String(error);
	} finally {
		site.isOffline = true; // what follows is the script tidying up, not the visitor
		await profile.close().catch(() => {}); // gone already, perhaps
	}
	return log;
}

async function visit(doing: Doing, habit: Habit, ending: Ending): Promise<void> {
	const { walker, random } = doing;
	await walker.go(paths[random.whole(0, paths.length - 1)] as string);
	const count = random.whole(...habit.views);
	while (walker.log.views.length < count) {
		await stay(doing, habit);
		await steps[random.pick<Step>(habit.steps)](doing);
	}
	if (ending !== "lost") await stay(doing, habit);
	await endings[ending](doing);
}

/** Reads the page: acts, wheel, and time. */
async function stay(doing: Doing, { acts: weights, dwellMs }: Habit): Promise<void> {
	const { walker, random, engine } = doing;
	const end = walker.view.began + random.whole(...dwellMs);
	for (let left = random.whole(0, 2); left > 0; left--) await acts[random.pick<Act>(weights)](doing);
	if (engine.can.wheel && random.chance(0.5)) {
		await walker.scroll(random.whole(2, 12) * 100);
		await wait(afterScrollMs);
	}
	await wait(end - Date.now());
}
