/**
 * Which pages are slow and left more often than the site as a whole: worked out from the figures of pages and of the whole site, so
 * that an assistant need not. It says what goes together; what causes what, nobody can tell from counts, and the caveats say so.
 */
import * as v from "valibot";
import { vitalLimits } from "../../schema/buckets.ts";
import { otherName } from "../../schema/tree-rules.ts";
import { named, said } from "../../schema/words.ts";
import { fewestForInterval } from "../query/quantile.ts";
import type { PageRow, Pages, Summary, VitalFigure } from "../stats/answers.ts";
import { answer, count, interval, listOf, share, speedBands, vitalFigure } from "../stats/shapes.ts";

const judged = ["lcp", "inp"] as const;

/** Pages looked at, the most viewed ones. */
export const mostPages = 500;
const usualRows = 10;

const shareOf = {
	share: v.nullable(share),
	interval: said(interval, "95 % interval (Wilson); null where nothing was counted.", "95 %-intervall (Wilson)."),
};
const row = v.object({
	page: v.string(),
	views: count,
	exits: count,
	exitShare: v.object(shareOf),
	exitsBeyond: said(
		v.number(),
		"Exits more than there would be if it were left as often as the whole site.",
		"Utganger utover det den ville hatt om den ble forlatt like ofte som hele nettstedet.",
	),
	lcp: vitalFigure,
	inp: vitalFigure,
	slow: said(
		v.array(v.picklist(judged)),
		"Vitals whose p75 is beyond what is good: LCP 2500 ms, INP 200 ms.",
		"Målinger med p75 over det som er godt: LCP 2500 ms, INP 200 ms.",
	),
	certain: said(
		v.boolean(),
		"False where chance could explain the slowness or the exits: an interval reaches what is ordinary.",
		"Usann der tilfeldigheter kan forklare tregheten eller utgangene.",
	),
});

export const slowPages = named(
	"SlowPages",
	v.object({
		...answer.entries,
		whole: said(
			v.object({ views: count, exits: count, exitShare: v.object(shareOf) }),
			"The whole site, or the class of devices asked for.",
			"Hele nettstedet, eller typen enheter det ble spurt om.",
		),
		judged: said(
			v.object({ pages: count, of: count }),
			"Pages with enough measurements to be judged, of those there are.",
			"Sider med nok målinger til å vurderes, av dem som finnes.",
		),
		rows: v.array(row),
		total: listOf(row).entries.total,
		bySpeed: said(
			v.array(
				v.object({ speed: v.picklist(speedBands), visits: count, bounces: count, bounceShare: v.object(shareOf) }),
			),
			"Visits that ended after one page, by the LCP of that page; the whole site.",
			"Besøk som sluttet etter én side, etter sidens LCP; hele nettstedet.",
		),
	}),
);
export type SlowPages = v.InferOutput<typeof slowPages>;

const z = 1.96;

/** A share with its Wilson interval, to four decimals. */
export function estimatedShare(
	part: number,
	whole: number,
): { share: number | null; interval: [number, number] | null } {
	if (whole === 0) return { share: null, interval: null };
	const p = Math.min(1, part / whole);
	const middle = (p + z ** 2 / (2 * whole)) / (1 + z ** 2 / whole);
	const half = (z / (1 + z ** 2 / whole)) * Math.sqrt((p * (1 - p)) / whole + z ** 2 / (4 * whole ** 2));
	const written = (value: number) => Math.round(Math.min(1, Math.max(0, value)) * 10_000) / 10_000;
	return { share: written(p), interval: [written(middle - half), written(middle + half)] };
}

const isMeasured = ({ n, p75 }: VitalFigure) => n >= fewestForInterval && p75 !== null;
const isSlow = (page: PageRow, vital: (typeof judged)[number]) =>
	isMeasured(page[vital]) && (page[vital].p75 ?? 0) > vitalLimits[vital][0];
const isSurelySlow = (page: PageRow, vital: (typeof judged)[number]) =>
	(page[vital].interval?.[0] ?? 0) > vitalLimits[vital][0];

function rowOf(page: PageRow, usual: number): SlowPages["rows"][number] {
	const { views, exits, lcp, inp } = page;
	const exitShare = estimatedShare(exits, views);
	const slow = judged.filter((vital) => isSlow(page, vital));
	const certain = slow.some((vital) => isSurelySlow(page, vital)) && (exitShare.interval?.[0] ?? 0) > usual;
	const exitsBeyond = Math.round(exits - views * usual);
	return { page: page.page, views, exits, exitShare, exitsBeyond, lcp, inp, slow, certain };
}

/** The pages that are slow and left more often than usual, those that lose most first. */
export function findSlowPages(list: Pages, summary: Summary, limit = usualRows): SlowPages {
	const { rows: all, total: of, ...about } = list;
	const exits = summary.leaving.reduce((sum, way) => sum + way.exits, 0);
	const usual = summary.views === 0 ? 0 : exits / summary.views;
	const enough = all.filter(
		(page) => page.page !== otherName && page.views >= fewestForInterval && judged.some((one) => isMeasured(page[one])),
	);
	const rows = enough
		.map((page) => rowOf(page, usual))
		.filter((page) => page.slow.length > 0 && page.exits > page.views * usual)
		.sort((a, b) => b.exitsBeyond - a.exitsBeyond || b.views - a.views);
	return {
		...about,
		whole: { views: summary.views, exits, exitShare: estimatedShare(exits, summary.views) },
		judged: { pages: enough.length, of },
		rows: rows.slice(0, limit),
		total: rows.length,
		bySpeed: summary.bySpeed.map(({ speed, visits, bounces }) => ({
			speed,
			visits,
			bounces,
			bounceShare: estimatedShare(bounces, visits),
		})),
	};
}

/** What has to be said with it, besides what is said of all figures. */
export function slowPagesCaveats({ rows, judged: { pages: enough, of } }: SlowPages): string[] {
	return [
		`${enough} of ${of} pages have the ${fewestForInterval} views and measurements it takes to be judged; of the others nothing is known.`,
		rows.length === 0
			? "None of those is both slow and left more often than the whole site."
			: "Slow and often left go together on these pages; that the one causes the other is not shown. Pages where visits naturally end, like a confirmation or opening hours, are left often too. A comparison before and after a change can tell.",
		...(rows.some(({ certain }) => !certain) ? ["Where `certain` is false, chance can explain it."] : []),
		"`bySpeed` is of the whole site, by the first page of a visit: not of these pages alone.",
	];
}
