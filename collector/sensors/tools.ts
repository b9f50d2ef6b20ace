/** What the core hands to the sensors that come in a chunk of their own, so that nothing is in two files. Types only. */
import type { bucketOf } from "../../schema/buckets.ts";
import type { cleanHost, cleanPath, cleanWords } from "../../schema/clean.ts";
import type { AimKind } from "../../schema/site.ts";
import type { PageView } from "../page-view.ts";
import type { Guard } from "../safely.ts";

export interface Tools {
	guard: Guard;
	/** The page view on screen now; it has the parts whose purpose was granted. */
	view(): PageView;
	/** The page view that was on screen at an instant of `performance.now()`, as long as it is remembered. */
	viewAt(time: number): PageView | undefined;
	/** Something happened that may reach a goal or the next step of a funnel. */
	reach(kind: AimKind, text: string): void;
	/** True where timings of the page on which consent was given must not be read. */
	strict: boolean;
	cleanPath: typeof cleanPath;
	cleanHost: typeof cleanHost;
	cleanWords: typeof cleanWords;
	bucketOf: typeof bucketOf;
}

/** What the chunk gives back: what a page calls through `sporlos.event`. */
export interface Sensors {
	event(name: unknown, properties?: unknown): void;
}
