/**
 * What web-vitals gets from us in place of some of its own small modules (the build puts it there, see lean-vitals.ts): the
 * same without what nobody here asks for, which is ratings, deltas, attribution, ids that other pages do not have, and
 * waiting until a prerendered page is shown, since nothing of us runs before that. Leaves out: all that decides a value.
 */
import type { Metric } from "web-vitals";

/** In place of whenActivated.js. */
export const whenActivated = (run: () => void) => run();

/** In place of getActivationStart.js: when a prerendered page was shown. */
export const getActivationStart = () =>
	(performance.getEntriesByType("navigation") as PerformanceNavigationTiming[])[0]?.activationStart ?? 0;

/** In place of initUnique.js: nobody looks into a metric's workings from outside. */
export const initUnique = <T>(_: unknown, Kind: new () => T) => new Kind();

/** In place of bindReporter.js: every change is handed on. */
export const bindReporter = (hand: (metric: Metric) => void, metric: Metric) => {
	let last: number;
	return () => {
		if (metric.value < 0 || metric.value === last) return;
		last = metric.value;
		hand(metric);
	};
};

let id = 0;

/** In place of initMetric.js. */
export const initMetric = (
	name: string,
	value = -1,
	navigationType?: string,
	navigationId?: number,
	navigationInteractionId?: number,
	_?: string,
	navigationStartTime = 0,
) => ({
	id: ++id,
	name,
	value,
	entries: [],
	navigationType,
	navigationId,
	navigationInteractionId,
	navigationStartTime,
});

/** In place of softNavs.js. Versions of Chromium that only tried routes out had entries without this method. */
export const checkSoftNavsEnabled = () =>
	PerformanceObserver.supportedEntryTypes.includes("soft-navigation") &&
	"getLargestInteractionContentfulPaint" in PerformanceSoftNavigation.prototype;

/** The same; for attribution only. */
export const storeSoftNavEntry = () => {};
