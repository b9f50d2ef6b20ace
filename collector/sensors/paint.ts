/**
 * What was painted largest, and where the time went after the first byte. Defined as in
 * https://github.com/GoogleChrome/web-vitals#lcpattribution
 */
import type { Report } from "../../schema/report.ts";
import { elementKey } from "./element-key.ts";
import { spans } from "./spans.ts";
import type { Tools } from "./tools.ts";

type PaintParts = NonNullable<NonNullable<Report["speed"]>["lcpOf"]>;

/** Instants: first byte, the load begins, it ends, it is shown; in this order whatever the browser says. */
export function paintSteps(
	firstByte: number,
	shown: number,
	{
		requestStart,
		startTime,
		responseEnd,
	}: Pick<PerformanceResourceTiming, "requestStart" | "startTime" | "responseEnd">,
): number[] {
	const begin = Math.max(firstByte, requestStart || startTime); // other hosts need not tell when the request began
	return [firstByte, begin, Math.min(shown, Math.max(begin, responseEnd)), shown]; // videos go on loading
}

/** `value` is the LCP of the page's load (`began` is 0), or of a route, which has no first byte. */
export function tellPaint(
	tools: Tools,
	entry: LargestContentfulPaint,
	value: number,
	began: number,
	load?: PerformanceNavigationTiming,
): PaintParts {
	const { element, url, startTime } = entry;
	const origin = began || (load?.activationStart ?? 0);
	const firstByte = began ? origin : Math.max(origin, load?.responseStart ?? 0);
	const resource = (performance.getEntriesByName(url, "resource") as PerformanceResourceTiming[]).findLast(
		(entry) => (entry.requestStart || entry.startTime) <= startTime,
	);
	return {
		...(element && { element: elementKey(element) }),
		// Text does not load. An image the browser keeps no timing of could have loaded at any time.
		...(!url && spans(tools, ["render"], [firstByte, origin + value])),
		...(resource && spans(tools, ["delay", "load", "render"], paintSteps(firstByte, origin + value, resource))),
	};
}
