/** Asks Stats for goals and funnels, and says which of them a page has to do with and where each leads. Leaves out drawing. */
import { patternOf } from "../../../schema/settings.ts";
import type { AimKind } from "../../../schema/site.ts";
import type { Funnels, GoalRow, Goals, Stats } from "../../stats/answers.ts";
import { plainRange } from "../figures.ts";
import type { View } from "../range.ts";
import type { Drawing } from "../section.tsx";

export interface Aims {
	goals: Goals;
	/** Of the range they are compared with. */
	before: Goals | undefined;
	funnels: Funnels;
}

/** Both are counted for the whole site only, so neither page nor device is asked for. */
export async function askAims(stats: Stats, view: View): Promise<Aims> {
	const [goals, before, funnels] = await Promise.all([
		stats.goals(plainRange(view)),
		view.compare && stats.goals(view.compare),
		stats.funnels(plainRange(view)),
	]);
	return { goals, before, funnels };
}

export interface Aim {
	kind: AimKind;
	match: string;
}

/** What reaches a goal, as long as it is set. */
export function aimOf({ kind, match }: GoalRow): Aim | undefined {
	return kind !== null && match !== null ? { kind, match } : undefined;
}

/** The page that is an aim by itself; the others are about several, or none. */
export const pageOf = ({ kind, match }: Aim): string | undefined =>
	kind === "page" && !match.includes("*") ? match : undefined;

/** Whether views of a page reach it. */
export const isReachedOn = ({ kind, match }: Aim, page: string) =>
	kind === "page" && new RegExp(patternOf(match), "u").test(page);

/** Where what reaches an aim is shown: a page's own sheet, the pages that fit, or the list it is in. */
export function hrefOf({ kind, match }: Aim, linkTo: Drawing["linkTo"]): string {
	const site = { page: undefined };
	switch (kind) {
		case "page": {
			const page = pageOf({ kind, match });
			if (page !== undefined) return linkTo("pages", { page });
			const [longest = ""] = match.split("*").sort((a, b) => b.length - a.length);
			return linkTo("pages", { ...site, own: { sok: longest } });
		}
		case "click":
			return `${linkTo("usage", site)}#elementer`;
		case "form":
			return `${linkTo("usage", site)}#skjemaer`;
		case "event":
			return `${linkTo("usage", site)}#hendelser`;
		case "download":
			return `${linkTo("usage", site)}#annet`;
		case "outbound":
			return `${linkTo("paths", site)}#utgaende`;
	}
}

/** The flow in front of a page that is an aim by itself; the others have none. */
export function leadsHref(aim: Aim, linkTo: Drawing["linkTo"]): string | undefined {
	const page = pageOf(aim);
	return page === undefined ? undefined : linkTo("paths", { page });
}
