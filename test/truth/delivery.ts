/**
 * Delivery: views with random endings, tabs and browsers closed, pages crashed, the network gone for a while, answers lost,
 * and how many of the views and of their final states arrive, and that none counts twice. In Chromium.
 */

import type { Summary } from "../../worker/stats/answers.ts";
import { type App, startApp } from "../support/app.ts";
import { readFigures, todayInOslo } from "../support/reports.ts";
import type { Habit } from "./drive-visit.ts";
import type { Check } from "./ground-truth.ts";
import { type Driven, driveVisits, isToldRight } from "./lanes.ts";
import type { ViewLog } from "./visit-log.ts";

export interface DeliveryRun {
	kind: "delivery";
	date: string;
	engine: "chromium";
	version: string;
	seed: string;
	visits: number;
	views: number;
	seconds: number;
	/** How the views ended, by the script's own log. */
	endings: Record<string, number>;
	/** Of these: no report arrived; or the last one does not say how the view ended. */
	missing: Record<string, number>;
	notFinal: Record<string, number>;
	posts: number;
	/** Reports that had come before. */
	repeated: number;
	checks: Check[];
	ok: boolean;
}

/** Short stays, because it is endings that are looked at; pages that are left before their first report among them. */
const habit: Habit = {
	views: [4, 16],
	dwellMs: [300, 2_800],
	acts: { button: 1 },
	steps: { link: 10, back: 4, forward: 1, typed: 2, form: 1, reload: 2, reopen: 5, offline: 2, crash: 1 },
	endings: { closed: 5, outbound: 3, quit: 1, kill: 1 },
};
const lanes = 5;
/** Of answers to reports that were taken. */
const answersLost = 0.05;
/** Goals: shares of views, and of final states. */
const goals = { arrived: 0.99, final: 0.97 };

/** Each view with the report that is its own: both are in the order of the visit, and some reports may be missing. */
function pairUp({ log, reports }: Driven) {
	let next = 0;
	return log.views.map((view) => {
		const report = reports[next]?.place.page === view.page ? reports[next++] : undefined;
		return { view, report };
	});
}

function countEndings(views: ViewLog[]): Record<string, number> {
	const counts: Record<string, number> = {};
	for (const { how, by } of views) {
		const name = by ? `${how}, ${by}` : how;
		counts[name] = (counts[name] ?? 0) + 1;
	}
	return counts;
}

async function readCounted(app: App, from: string): Promise<number> {
	const path = `summary?from=${from}&to=${todayInOslo()}`;
	return (await readFigures<Summary>(app.app, app.ownerKey, path)).views;
}

/** Drives visits until there were so many views. Throws only where the application or the browser does not start. */
export async function runDelivery({ views, seed }: { views: number; seed: string }): Promise<DeliveryRun> {
	const began = Date.now();
	const from = todayInOslo();
	const app = await startApp({ sample: false });
	try {
		const soFar = (driven: readonly Driven[]) => driven.reduce((sum, { log }) => sum + log.views.length, 0);
		const { driven, engine } = await driveVisits({
			engine: "chromium",
			app,
			seed,
			habit,
			lanes,
			answersLost,
			goesOn: (done) => soFar(done) < views,
		});
		const pairs = driven.flatMap(pairUp);
		const missing = pairs.filter(({ report }) => !report);
		const notFinal = pairs.filter(({ view, report }) => !isToldRight("chromium", view, report));
		const posts = driven.flatMap((one) => one.posts);
		const sent = posts.flatMap(({ reports }) => reports.map(({ view, seq }) => `${view} ${seq}`));
		const taken = driven.reduce((sum, { reports }) => sum + reports.length, 0);
		const counted = await readCounted(app, from);
		const trouble = driven.flatMap(({ log }) => log.trouble ?? []);
		const share = (name: string, got: number, goal: number): Check => ({
			name: `${name}: ${((100 * got) / pairs.length).toFixed(2)} %, at least ${100 * goal} %`,
			ok: got >= goal * pairs.length,
			expected: Math.ceil(goal * pairs.length),
			got,
		});
		const checks: Check[] = [
			{ name: "driven without trouble", ok: trouble.length === 0, expected: [], got: trouble },
			share("views that arrive", pairs.length - missing.length, goals.arrived),
			share("final states that arrive", pairs.length - notFinal.length, goals.final),
			{ name: "no view twice", ok: counted === taken && taken <= pairs.length, expected: taken, got: counted },
		];
		return {
			kind: "delivery",
			date: new Date(began).toISOString().slice(0, 10),
			engine: "chromium",
			version: engine.version,
			seed,
			visits: driven.length,
			views: pairs.length,
			seconds: Math.round((Date.now() - began) / 1000),
			endings: countEndings(pairs.map(({ view }) => view)),
			missing: countEndings(missing.map(({ view }) => view)),
			notFinal: countEndings(notFinal.map(({ view }) => view)),
			posts: posts.length,
			repeated: sent.length - new Set(sent).size,
			checks,
			ok: checks.every(({ ok }) => ok),
		};
	} finally {
		await app.stop();
	}
}
