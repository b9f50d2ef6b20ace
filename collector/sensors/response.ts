/**
 * TTFB, and how long each phase of the page's own load took, from the start to its last byte. Does not wait for the load
 * event as web-vitals does: who leaves a slow page sooner has a TTFB too. Leaves out: restored pages and routes, for
 * which nothing was loaded.
 *
 * waiting: until the browser asked anybody: redirects, start of a service worker. cache: looking there, and the service
 * worker. dns, connect: the network's (0 where a connection was open). request: until the first byte. response: until the last.
 * The first five, and TTFB as their sum, are defined as in https://github.com/GoogleChrome/web-vitals#ttfbattribution
 */
import { spans } from "./spans.ts";
import type { Tools } from "./tools.ts";

/** Instants: the start, and the end of each phase that is over. What was before a prerendered page was shown took nobody's time. */
export function loadSteps(entry: PerformanceNavigationTiming): number[] {
	const ends = [
		entry.workerStart || entry.fetchStart,
		entry.domainLookupStart,
		entry.connectStart,
		entry.connectEnd,
		entry.responseStart,
	];
	if (entry.responseEnd) ends.push(entry.responseEnd);
	return [0, ...ends.map((instant) => Math.max(0, instant - (entry.activationStart ?? 0)))];
}

/** Returns what the browser noted of the load; some browsers tell nothing, to keep their users apart from nobody. */
export function watchResponse(tools: Tools): PerformanceNavigationTiming | undefined {
	const [entry] = performance.getEntriesByType("navigation") as PerformanceNavigationTiming[];
	const { speed } = tools.viewAt(0) ?? {};
	if (!speed || !entry?.responseStart) return undefined;
	const look = () => {
		const steps = loadSteps(entry);
		speed.ttfb = tools.bucketOf(steps[5] ?? 0);
		const phases = spans(tools, ["waiting", "cache", "dns", "connect", "request", "response"], steps);
		speed.phases = Object.fromEntries(Object.entries(phases).filter(([, bucket]) => bucket)); // most took no time
	};
	look();
	tools.guard.listen(window, "load", look);
	return entry;
}
