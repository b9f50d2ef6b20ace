/**
 * LCP, INP, CLS and FCP by Google's web-vitals, whose observers are buffered, so that coming late costs nothing; TTFB by
 * response.ts. Every change is taken, because reports are cumulative. Leaves out: what LCP and INP are made of.
 */
import { type Metric, onCLS, onFCP, onINP, onLCP } from "web-vitals";
import { clsScale, type Vital } from "../../schema/buckets.ts";
import type { PageView } from "../page-view.ts";
import { tellPaint } from "./paint.ts";
import { watchResponse } from "./response.ts";
import { watchInputs } from "./ring.ts";
import type { Tools } from "./tools.ts";

export function watchVitals(tools: Tools): void {
	const { guard, view, viewAt, bucketOf } = tools;
	const load = watchResponse(tools);
	const tellAnswer = watchInputs(tools);
	/** The view of each navigation, by when it began: 0 is the load, later ones are routes and restores. */
	const owners: Record<number, PageView | undefined> = {};

	const hand = guard.safely((metric: Metric) => {
		const { name, value, entries, navigationStartTime: began = 0 } = metric;
		// Its first value is heard of while it is on screen; it began with a click on the view before.
		owners[began] ??= began ? view() : viewAt(0);
		const owner = owners[began];
		const { speed } = owner ?? {};
		// A first click that leaves the page has no duration yet: that is no interaction in 0 ms.
		if (!owner || !speed || (!value && name === "INP")) return;
		const vital = name.toLowerCase() as Vital;
		const bucket = bucketOf(name === "CLS" ? value * clsScale : value);
		// To the browser a new query is a navigation too. To us the view goes on: nothing is painted first any more, the worst stays.
		const goesOn = began > owner.since;
		const [entry] = entries;
		if (name === "INP" || name === "CLS") {
			// Where the browser knows no routes, the load would get what happened on them.
			if (entry && viewAt(entry.startTime) !== owner) return;
			if (goesOn && bucket < (speed[vital] ?? 0)) return;
		} else if (goesOn) return;
		speed[vital] = bucket;
		if (name === "LCP") speed.lcpOf = tellPaint(tools, metric, load);
		if (name === "INP") speed.inpOf = tellAnswer(metric);
	});
	for (const observe of [onFCP, onLCP, onCLS, onINP]) observe(hand);
}
