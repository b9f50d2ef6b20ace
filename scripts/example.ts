/**
 * Figures of the demo shop's sample visits for the preview of an unvisited site: invented reports through the real fold, seal and
 * Stats API, without a server. Leaves out drawing them. They are kept in demo/example.json, because making them takes a while.
 */
import * as v from "valibot";
import { aims } from "../demo/aims.ts";
import { notice } from "../demo/notice.ts";
import { sampleReports } from "../demo/sample-visits.ts";
import { addDays, periodsBetween } from "../schema/period.ts";
import { measuringSchema } from "../schema/settings.ts";
import { Cells } from "../worker/book/cells.ts";
import { fold } from "../worker/book/fold.ts";
import { seal } from "../worker/closing/seal.ts";
import { gatherPanels } from "../worker/dashboard/figures.ts";
import { askAims } from "../worker/dashboard/goals/figures.ts";
import { parseView } from "../worker/dashboard/range.ts";
import { scrub } from "../worker/ingest/scrub.ts";
import type { ReadCell } from "../worker/query/memory.ts";
import { treesOf } from "../worker/query/read.ts";
import type { Range, Stats } from "../worker/stats/answers.ts";
import { type Scope, scopeOver } from "../worker/stats/scope.ts";
import { statsIn } from "../worker/stats/stats.ts";

const seed = 2026;
/** Enough visits for lists that are not all "(other)", few enough to be made in seconds. */
const level = 0.25;
const k = 5;
const days = 28;

/** The first day after the example's range. */
export const exampleToday = "2026-11-23";

const site: Scope["site"] = {
	id: "example",
	name: "Nordfjord Turer",
	origins: [],
	timeZone: "Europe/Oslo",
	grain: "day",
	k,
	retentionMonths: 25,
	books: 1,
	shard: 0,
	settings: v.parse(measuringSchema, aims),
	notice,
	policy: "",
	valid: new Set(),
	superseded: new Set(),
	policies: [],
	watchedUntil: 0,
};

function sealedDay(date: string): ReadCell[] {
	const cells = new Cells();
	for (const report of sampleReports({ seed, site: site.id, policy: "", date, level }))
		cells.add(date, fold(scrub(report)));
	const sealed = seal(cells.periods.get(date) ?? new Map(), k) ?? [];
	return sealed.map(({ tree, key, tally }) => ({
		period: date,
		tree,
		key,
		parts: [tally],
		end: Number.POSITIVE_INFINITY,
	}));
}

/** The answers that the overview asks for, by the name of the call and the first day it asks for. */
export type ExampleAnswers = Record<string, Record<string, unknown>>;

export async function makeExample(): Promise<ExampleAnswers> {
	const first = addDays(exampleToday, -2 * days);
	const cells = periodsBetween(first, addDays(exampleToday, -1), "day").flatMap(sealedDay);
	const scope = scopeOver(site, {
		async read(trees, { from, to }) {
			return {
				periods: periodsBetween(from, to, "day"),
				trees: treesOf(cells.filter(({ tree, period }) => trees.includes(tree) && from <= period && period <= to)),
				open: new Set(),
				takesIn: new Map(),
				isAllOpen: false,
				sample: true,
				imported: new Map(),
			};
		},
		loads: async () => new Map(),
	});
	const answers: ExampleAnswers = {};
	const stats = statsIn(scope);
	const noting = Object.fromEntries(
		Object.entries(stats).map(([name, ask]) => [
			name,
			async (range: Range) => {
				const answer = await (ask as (range: Range) => Promise<unknown>)(range);
				answers[name] = { ...answers[name], [range.from]: answer };
				return answer;
			},
		]),
	) as unknown as Stats;
	const view = parseView(new URLSearchParams(), exampleToday);
	const { from, to, compare } = view;
	const summary = await noting.summary({ from, to, ...(compare ? { compare } : {}) });
	await gatherPanels(noting, view, summary);
	await askAims(noting, view);
	return answers;
}
