/** The script's own log of a visit: what it did, in its own words and by its own clock. Leaves out: doing it. */
import type { LeavingMethod } from "../../schema/leaving.ts";
import type { EngineName } from "../support/engines/index.ts";

export interface ViewLog {
	page: string;
	/** Page of the visit's view before it, in whatever tab. */
	before?: string;
	/**
	 * When the page was asked for, was there with its collector, was left, and was seen to be gone: the script's own clock,
	 * ms since 1970. The page was on the screen for at least `left − began`, at most `gone − asked`. No `left`: nobody
	 * could tell.
	 */
	asked: number;
	began: number;
	left?: number;
	gone?: number;
	/** What the script did to leave it. */
	how: LeavingMethod;
	/** What was special about it, for the table of losses. */
	by?: string;
	/** Clicks by element. */
	clicks: Record<string, number>;
	/** What else was done, by its name: how often. */
	happened: Record<string, number>;
	/** Deepest tenth of the page that was on the screen. */
	tenth: number;
}

export interface VisitLog {
	views: ViewLog[];
	/** Where the driving itself went wrong: such a run proves nothing. */
	trouble?: string;
}

/** What each engine always lets a page know of how it is left; see docs/leaving-methods.md. */
const tellable: Record<EngineName, readonly LeavingMethod[] | "all"> = {
	chromium: "all",
	firefox: ["link", "outbound", "form", "back", "forward", "reload", "script", "typed", "away", "lost"],
	webkit: ["reload", "away", "lost"],
};

/** What the report may say, given what the script did: the truth, or `unknown` where the engine cannot tell. Never else. */
export function toldBy(engine: EngineName, how: LeavingMethod): LeavingMethod[] {
	const known = tellable[engine];
	return known === "all" || known.includes(how) ? [how] : [how, "unknown"];
}
