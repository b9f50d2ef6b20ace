/** Everything one partner's page shows for one choice of range, with verdicts, ranks and shares; still numbers, not text. */
import type { Interval, Noisy } from "../../release/interval.ts";
import {
	ranksOf,
	type Share,
	shareInterval,
	shareOf,
	shareVerdict,
	shownCount,
	type Verdict,
	verdictOf,
} from "./figures.ts";
import { type Dates, type Shown, type Span, shownOf, type Unit, unitOf, unitsBetween } from "./range.ts";
import { type NamedSum, type PartnerSource, type ReleasedSums, type ReleasedVital, releasedVitals } from "./source.ts";

/** The parts of a vital's histogram up to the limit of "good", and of engaged time up to 30 seconds (worker/book/bounded.ts). */
const goodParts = 7;
const shortParts = 3;

export interface Figure {
	/** Undefined where the noise is larger than what it hides. */
	estimate: Interval | undefined;
	verdict?: Verdict | undefined;
}
export interface PageFigure {
	page: string;
	estimate: Interval;
	/** Best and worst place; only for pages that are released in every period of the range. */
	rank?: [number, number];
	/** Set where some periods of the range do not have the page. */
	periods?: number;
	stayed?: Interval | undefined;
}
export interface NamedFigure {
	key: string;
	estimate: Interval;
}
export interface PartnerView {
	unit: Unit;
	shown: Shown;
	periods: number;
	sample: boolean;
	visitors?: Figure;
	vitals: { vital: ReleasedVital; good: Figure }[];
	/** Visitors, week by week or month by month. */
	series: (Dates & { estimate: Interval })[];
	pages?: PageFigure[];
	/** True where the release has engaged time. */
	dwell: boolean;
	lists: { [list in ReleasedList]?: NamedFigure[] };
}
export const releasedLists = ["channel", "device", "country"] as const;
export type ReleasedList = (typeof releasedLists)[number];

function goodShare(parts: readonly Noisy[] | undefined): Share | undefined {
	return parts && shareOf(parts.slice(0, goodParts), parts.slice(goodParts));
}

function vitalFigures(now: ReleasedSums, before: ReleasedSums | undefined): PartnerView["vitals"] {
	return releasedVitals.flatMap((vital) => {
		if (!now.vitals[vital]) return [];
		const share = goodShare(now.vitals[vital]);
		const earlier = goodShare(before?.vitals[vital]);
		const verdict = share && earlier && shareVerdict(share, earlier);
		return [{ vital, good: { estimate: share && shareInterval(share), verdict } }];
	});
}

/** Largest first; equal ones by name, so that nothing else decides the order. */
function ordered<T extends Noisy>(figures: readonly T[], name: (figure: T) => string): T[] {
	return [...figures].sort((a, b) => b.value - a.value || (name(a) < name(b) ? -1 : 1));
}

function pageFigures(pages: NonNullable<ReleasedSums["pages"]>, periods: number): PageFigure[] {
	const whole = pages.filter((page) => page.periods === periods);
	const ranks = ranksOf(whole);
	return ordered(pages, ({ page }) => page).map((sum) => {
		const stayed = sum.dwell && shareOf(sum.dwell.slice(shortParts), sum.dwell.slice(0, shortParts));
		const rank = ranks[whole.indexOf(sum)];
		return {
			page: sum.page,
			estimate: shownCount(sum),
			...(rank ? { rank } : { periods: sum.periods }),
			stayed: stayed && shareInterval(stayed),
		};
	});
}

function namedFigures(sums: readonly NamedSum[]): NamedFigure[] {
	return ordered(sums, ({ key }) => key).map((sum) => ({ key: sum.key, estimate: shownCount(sum) }));
}

/** Undefined before the first period is released. */
export async function viewOf(source: PartnerSource, span: Span): Promise<PartnerView | undefined> {
	if (!source.released) return undefined;
	const unit = unitOf(source.release.grain);
	const shown = shownOf(unit, span, source.released);
	const units = shown.whole ? unitsBetween(unit, shown) : []; // a part of a week would look like a fall
	const [now, before, series] = await Promise.all([
		source.sums(shown),
		shown.before && source.headline(shown.before),
		source.visitors(units),
	]);
	const verdict = now.visitors && before?.visitors && verdictOf(now.visitors, before.visitors);
	return {
		unit,
		shown,
		periods: now.periods,
		sample: now.sample,
		...(now.visitors ? { visitors: { estimate: shownCount(now.visitors), verdict } } : {}),
		vitals: vitalFigures(now, before),
		series: units.flatMap((dates, index) => {
			const sum = series[index];
			return sum ? [{ ...dates, estimate: shownCount(sum) }] : [];
		}),
		...(now.pages ? { pages: pageFigures(now.pages, now.periods) } : {}),
		dwell: now.pages?.some((page) => page.dwell) ?? false,
		lists: Object.fromEntries(
			releasedLists.flatMap((list) => (now.lists[list] ? [[list, namedFigures(now.lists[list])]] : [])),
		),
	};
}
