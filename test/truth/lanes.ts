/** Drives many visits side by side, each on a test site of its own, and keeps what each did and what counts for it. */
import { randomFrom } from "../../demo/random.ts";
import type { Report } from "../../schema/report.ts";
import type { App } from "../support/app.ts";
import { type Engine, type EngineName, openEngine } from "../support/engines/index.ts";
import { driveVisit, type Habit } from "./drive-visit.ts";
import { type Post, startTestSite } from "./site.ts";
import { toldBy, type ViewLog, type VisitLog } from "./visit-log.ts";

/** A visit as it was driven. */
export interface Driven {
	log: VisitLog;
	/** The reports that count, in the order of the visit. */
	reports: Report[];
	posts: Post[];
}

export interface Plan {
	engine: EngineName;
	app: App;
	seed: string;
	habit: Habit;
	/** So many visits at once, each lane with a browser of its own. */
	lanes: number;
	/** Whether there is to be another visit, after these. */
	goesOn(driven: readonly Driven[], begun: number): boolean;
	/** Every so often an answer gets lost on its way back, though the report was taken: 0 never, 1 always. */
	answersLost?: number;
}

/** Whether a report says of a view's end what the script did, as far as the engine can tell. */
export function isToldRight(engine: EngineName, { how }: ViewLog, report: Report | undefined): boolean {
	const told = report?.leaving?.how;
	return told !== undefined && toldBy(engine, how).includes(told);
}

/** Whether every view has been heard of, each left as it was left. */
function hasAll(engine: EngineName, views: readonly ViewLog[], reports: readonly Report[]): boolean {
	return reports.length === views.length && views.every((view, index) => isToldRight(engine, view, reports[index]));
}

async function driveOne(engine: Engine, { app, habit, answersLost = 0 }: Plan, seed: string): Promise<Driven> {
	const dice = randomFrom(`${seed} answers`);
	const site = await startTestSite(
		{ app: app.app, origin: app.site, siteId: app.siteId },
		{ losesAnswer: () => dice.chance(answersLost) },
	);
	const reports = () => site.counted().sort((a, b) => (a.visit?.index ?? 0) - (b.visit?.index ?? 0));
	try {
		const arrived = (views: ViewLog[]) => hasAll(engine.name, views, reports());
		const log = await driveVisit({ engine, site, habit, random: randomFrom(seed), arrived });
		return { log, reports: reports(), posts: site.posts };
	} finally {
		await site.stop();
	}
}

export async function driveVisits(plan: Plan): Promise<{ driven: Driven[]; engine: Engine }> {
	const driven: Driven[] = [];
	let begun = 0;
	const lane = async () => {
		const engine = await openEngine(plan.engine);
		try {
			while (plan.goesOn(driven, begun)) driven.push(await driveOne(engine, plan, `${plan.seed} ${begun++}`));
		} finally {
			await engine.close();
		}
		return engine;
	};
	const [engine] = await Promise.all(Array.from({ length: plan.lanes }, lane));
	return { driven, engine: engine as Engine };
}
