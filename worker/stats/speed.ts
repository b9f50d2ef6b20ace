/** How fast the site is: web vitals, the phases behind them, and what requests by script and third parties cost. */
import { type Vital, vitalLimits } from "../../schema/buckets.ts";
import type { MeasureName } from "../../schema/measures.ts";
import { otherName } from "../../schema/tree-rules.ts";
import type { TreeName } from "../../schema/trees.ts";
import { sumEstimate } from "../query/quantile.ts";
import { sumByKey } from "../query/sums.ts";
import { type Counts, read } from "../query/tally.ts";
import type { ResourceRow, Stats } from "./answers.ts";
import { fewestIn, timesOf, vitalDetailOf, vitalOf, vitalsOf } from "./figures.ts";
import { pageKey } from "./pages.ts";
import { phases } from "./rows.ts";
import { found, listed, rowsOf, type Scope } from "./scope.ts";

const lcpParts = { delay: "lcpDelay", load: "lcpLoad", render: "lcpRender" } as const;
const inpParts = { input: "inpInput", processing: "inpProcessing", presentation: "inpPresentation" } as const;
const judged = ["ttfb", "lcp", "inp"] as const satisfies Vital[];

/** A figure for each name of a fixed list. */
function each<Name extends string, Figure>(names: readonly Name[], figure: (name: Name) => Figure) {
	return Object.fromEntries(names.map((name) => [name, figure(name)])) as Record<Name, Figure>;
}

function partsOf<Part extends string>(tally: Counts, measureOf: Record<Part, MeasureName>) {
	return each(Object.keys(measureOf) as Part[], (part) => timesOf(tally, measureOf[part]));
}

const phasesOf = (tally: Counts) => each(phases, (phase) => timesOf(tally, phase));

export function speed(scope: Scope): Pick<Stats, "vitals" | "responses" | "resources"> {
	const { k } = scope.site;
	return {
		async vitals({ page, device, ...span }) {
			const [tree, key]: [TreeName, string] =
				page === undefined ? (device ? ["device", device] : ["site", ""]) : pageKey(page, device);
			const reading = await scope.read([tree], span, { page });
			const hidden = tree === "device" ? sumByKey(reading, tree).hiddenShare("views") : 0;
			return {
				...scope.answer(span, reading, hidden),
				page: page ?? null,
				device: device ?? null,
				vitals: found(reading, `vitals ${k}`, { page, device }, () => {
					const tally = sumByKey(reading, tree).get(key) ?? new Map();
					return vitalsOf((vital) => vitalDetailOf(tally, vital, k, fewestIn(reading.isAllOpen)));
				}),
			};
		},

		async responses(range) {
			const reading = await scope.read(["site", "page"], range);
			const tally = sumByKey(reading, "site").get("") ?? new Map();
			const pages = sumByKey(reading, "page");
			// Figures are worked out for the rows that are asked for only: what they are ordered by is enough of the others.
			const byCost = pages.ranked("cost of ttfb", (of) => sumEstimate(of, "ttfb"));
			const wanted = range.only ? byCost.filter(({ name }) => range.only?.has(name)) : byCost;
			const { rows } = listed(wanted, range);
			return {
				...scope.answer(range, reading, pages.hiddenShare("views")),
				rows: rows.map(({ name, tally: of }) => ({ page: name, ttfb: vitalOf(of, "ttfb"), phases: phasesOf(of) })),
				total: byCost.length,
				phases: phasesOf(tally),
				vitals: each(judged, (vital) => vitalOf(tally, vital)),
				lcpParts: partsOf(tally, lcpParts),
				inpParts: partsOf(tally, inpParts),
				limits: each(judged, (vital) => vitalLimits[vital]),
			};
		},

		async resources(range) {
			const reading = await scope.read(["route", "third-party"], range);
			const routes = sumByKey(reading, "route");
			const parties = sumByKey(reading, "third-party");
			const rows = [
				...rowsOf(routes, resourceRow("route"), ({ costMs }) => costMs),
				...rowsOf(parties, resourceRow("party"), ({ costMs }) => costMs),
			].sort((a, b) => b.costMs - a.costMs);
			const all = routes.total("requests") + parties.total("requests");
			const hidden = all === 0 ? 0 : routes.read(otherName, "requests") / all;
			return { ...scope.answer(range, reading, hidden), ...listed(rows, range) };
		},
	};
}

const resourceRow =
	(kind: ResourceRow["kind"]) =>
	(name: string, tally: Counts): ResourceRow => ({
		kind,
		name,
		requests: read(tally, "requests"),
		failed: read(tally, "failed"),
		durationMs: timesOf(tally, "duration"),
		costMs: Math.round(sumEstimate(tally, "duration")),
	});
