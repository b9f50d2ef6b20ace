/**
 * LCP, INP, CLS, FCP and TTFB by Google's web-vitals, in a chunk of its own: its observers are buffered, so that coming
 * late costs nothing. Every change is handed on, because reports are cumulative. Leaves out: which view a value belongs to.
 */
import { type Metric, onCLS, onFCP, onINP, onLCP, onTTFB } from "web-vitals";
import { leash } from "./leash.ts";

export interface VitalChange {
	name: string;
	value: number;
	/** The same for all changes of one metric of one page shown. */
	id: string;
	/** True where the page came back from the back/forward cache. */
	restored: boolean;
}

export function watchVitals(signal: AbortSignal, changed: (change: VitalChange) => void): void {
	leash(signal);
	const hand = ({ name, value, id, navigationType }: Metric) => {
		// A first click that leaves the page has no duration yet: that is no interaction in 0 ms.
		if (value || name !== "INP") changed({ name, value, id, restored: navigationType === "back-forward-cache" });
	};
	for (const observe of [onTTFB, onFCP, onLCP, onCLS, onINP]) observe(hand, { reportAllChanges: true });
}
