/**
 * The state of one page view while it lasts: its report as it grows, and the times that become buckets only when it is
 * sent. Sensors write into it. Leaves out: its place in a visit, which the journal gives it.
 */
import { cleanPath } from "../schema/clean.ts";
import type { Purpose } from "../schema/purposes.ts";
import type { Report, ViewKind } from "../schema/report.ts";
import type { Happening } from "./aims.ts";

export type Consent = Report["consent"];
export type Leaving = NonNullable<Report["leaving"]>;
/** The parts that sensors write, for each purpose granted. */
type Parts = Pick<Report, "leaving" | "speed" | "interaction" | "own">;

export interface PageView extends Parts {
	kind: ViewKind;
	page: string;
	/** When it came on screen, by `performance.now()`. */
	since: number;
	/** Holds the address's query, for campaign and search; never kept. */
	query: string;
	/** What may reach goals and has not been looked at yet. */
	happened: Happening[];
	/** Goals and steps reached in this view. */
	goals: string[];
	/** Known once the view has its place in a visit. */
	report?: Report;
	visibleMs: number;
	engagedMs: number;
	/** True once pagehide was seen. */
	gone?: true;
}

/** More than 128 random bits in 22 characters of base64url. */
export function randomId(): string {
	return btoa(String.fromCharCode(...crypto.getRandomValues(new Uint8Array(18))))
		.replace(/[+/]/g, "_")
		.slice(2);
}

/** What a view's leaving is until it is known: last seen on screen, or in the background. */
export function tentativeLeaving(isAway = document.hidden): Leaving {
	return { how: isAway ? "away" : "lost", certain: false };
}

export function createView({ purposes }: Consent, kind: ViewKind, path: string): PageView {
	const has = (purpose: Purpose) => purposes.includes(purpose);
	return {
		kind,
		page: cleanPath(path),
		since: kind.startsWith("r") ? performance.now() : 0, // route, restore and return: later than the page
		query: location.search,
		happened: [],
		goals: [],
		visibleMs: 0,
		engagedMs: 0,
		...(has("visits") && { leaving: tentativeLeaving() }),
		...(has("performance") && { speed: {} }),
		...(has("interactions") && { interaction: { scroll: 0, clicks: [] }, own: {} }),
	};
}
