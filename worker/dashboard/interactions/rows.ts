/** The rows of the page about interactions: elements by share, clicks that did not work, scroll reach. Pure; leaves out drawing. */
import { otherName } from "../../../schema/tree-rules.ts";
import type { ElementRow, Elements, FormRow } from "../../stats/answers.ts";

export const troubles = ["rage", "dead", "afterError"] as const;
export type Trouble = (typeof troubles)[number];

export interface ClickedElement {
	row: ElementRow;
	/** Views of its page, 0 where that is hidden. */
	of: number;
	/** Share (0…1) of its page's views with a click on it, of the comparison too where it was clicked then. */
	share: number;
	before?: { views: number; of: number };
}

const isHidden = ({ page, element }: { page: string; element: string }) => page === otherName || element === otherName;

/** Views with a click of a page's views. What comes in between two counts may be one more. */
function shareOf(views: number, of: number): number {
	return of === 0 ? 0 : Math.min(views / of, 1);
}

/**
 * Elements that were clicked, the largest share of their page's views first, those of pages with too few views for a share
 * last; and the clicks on all that are too rare to be named.
 */
export function clickedElements(
	rows: readonly ElementRow[],
	viewsOf: ReadonlyMap<string, number>,
	fewest: number,
	before?: { rows: readonly ElementRow[]; viewsOf: ReadonlyMap<string, number> },
): { elements: ClickedElement[]; hiddenClicks: number } {
	const nameOf = ({ page, element }: ElementRow) => `${page}\n${element}`;
	const old = new Map(before?.rows.map((row) => [nameOf(row), row.views]));
	const elements = rows
		.filter((row) => row.clicks > 0 && !isHidden(row))
		.map((row): ClickedElement => {
			const of = viewsOf.get(row.page) ?? 0;
			const was = old.get(nameOf(row));
			const share = shareOf(row.views, of);
			if (was === undefined) return { row, of, share };
			return { row, of, share, before: { views: was, of: before?.viewsOf.get(row.page) ?? 0 } };
		});
	const rank = ({ of, share }: ClickedElement) => (of < fewest ? -1 : share);
	return {
		elements: elements.sort((a, b) => rank(b) - rank(a) || b.row.clicks - a.row.clicks),
		hiddenClicks: rows.filter(isHidden).reduce((sum, { clicks }) => sum + clicks, 0),
	};
}

/** Clicks on an element that did not do what was meant. A click can be of several kinds, so this only ranks. */
export const troubleOf = (row: ElementRow) => row.rage + row.dead + row.afterError;

export function troubledElements(rows: readonly ElementRow[]): ElementRow[] {
	return rows
		.filter((row) => troubleOf(row) > 0 && !isHidden(row))
		.sort((a, b) => troubleOf(b) - troubleOf(a) || b.clicks - a.clicks);
}

export interface Reach {
	/** Share of the page, 0.1…1. */
	depth: number;
	/** Views that came this far or further. */
	views: number;
}

/** How many views came to each tenth or further, and how many were measured. */
export function reachOf(scroll: Elements["scroll"]): { reached: Reach[]; measured: number } {
	const from = (tenth: number) => scroll.reduce((sum, row) => (row.tenth >= tenth ? sum + row.views : sum), 0);
	return {
		reached: Array.from({ length: 10 }, (_, at) => ({ depth: (at + 1) / 10, views: from(at + 1) })),
		measured: from(0),
	};
}

/** The deepest tenth that half of the views came to. */
export function halfDepth({ reached, measured }: ReturnType<typeof reachOf>): number {
	return reached.filter(({ views }) => views * 2 >= measured).at(-1)?.depth ?? 0;
}

/** Views in which a form was given up at a field that is not named. */
export function unnamedFields(form: FormRow): number {
	return Math.max(0, form.abandoned - form.fields.reduce((sum, { abandoned }) => sum + abandoned, 0));
}
