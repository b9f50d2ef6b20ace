/** The state of one page view while it lasts; sensors write into it, report.ts reads it. Leaves out: what is sent. */
import type { Vital } from "../schema/buckets.ts";
import { cleanPath } from "../schema/clean.ts";
import type { Report, ViewKind } from "../schema/report.ts";

export type Leaving = NonNullable<Report["leaving"]>;
export type VisitPart = NonNullable<Report["visit"]>;

export interface PageView {
	id: string;
	kind: ViewKind;
	page: string;
	/** Number of the newest report. */
	seq: number;
	/** Where and when the visit is booked; known once the view has its place in a visit. */
	booking?: { period: string; hour: number; book: number };
	visit?: VisitPart;
	leaving: Leaving;
	visibleMs: number;
	engagedMs: number;
	/** ms, CLS × clsScale. */
	speed: Map<Vital, number>;
	/** Deepest tenth reached. */
	scroll: number;
	/** Clicks by element key. */
	clicks: Map<string, number>;
	/** First marks of the period, taken by this view. */
	first: string[];
	/** The newest report without its number, to tell whether anything is new. */
	told?: string;
	/** True once pagehide was seen. */
	left?: true;
}

/** 128 random bits, base64url. */
export function randomId(random: Uint8Array = crypto.getRandomValues(new Uint8Array(16))): string {
	return btoa(String.fromCharCode(...random))
		.replace(/\+/g, "-")
		.replace(/\//g, "_")
		.slice(0, 22);
}

/** What a view's leaving is until it is known: seen last on screen, or in the background. */
export function tentativeLeaving(visible: boolean): Leaving {
	return { how: visible ? "lost" : "away", certain: false };
}

export function createView(kind: ViewKind, path: string, visible: boolean): PageView {
	return {
		id: randomId(),
		kind,
		page: cleanPath(path),
		seq: 0,
		leaving: tentativeLeaving(visible),
		visibleMs: 0,
		engagedMs: 0,
		speed: new Map(),
		scroll: 0,
		clicks: new Map(),
		first: [],
	};
}
