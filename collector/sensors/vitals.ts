/**
 * LCP, INP, CLS and FCP as https://github.com/GoogleChrome/web-vitals defines them, routes and restored pages included; a test
 * compares the two. Our own, because the library cannot stop listening and keeps count for each vital apart: one observer
 * does for all. What it reads is buffered, so that coming late costs nothing. Every change is taken, because reports are
 * cumulative. Leaves out: TTFB (response.ts), and what LCP and INP are made of.
 */

import type {} from "web-vitals"; // declares what the DOM's types do not have yet
import { clsScale, type Vital } from "../../schema/buckets.ts";
import type { PageView } from "../page-view.ts";
import { observe } from "./observe.ts";
import { tellPaint } from "./paint.ts";
import { watchResponse } from "./response.ts";
import { watchInputs } from "./ring.ts";
import type { Tools } from "./tools.ts";

/** A session of layout shifts has no pause longer than the first, and is itself no longer than the second. */
const pauseMs = 1_000;
const sessionMs = 5_000;
/** One in so many interactions is passed over: INP is the 98th percentile. */
const perOutlier = 50;
const maxInteractions = 10;
/** Ids of interactions rise by so much in Chromium, which only counts them itself since 2025. */
const idStep = 7;
/** Shorter events are not told of. */
const slowMs = 40;
/** What stands for all interactions of a route or a restored page if none was slow. */
const fastMs = 8;

export function watchVitals(tools: Tools): void {
	const { guard, view, viewAt, bucketOf } = tools;
	const load = watchResponse(tools);
	const [noteEvent, tellAnswer] = watchInputs(tools);
	const [entry] = performance.getEntriesByType("navigation") as PerformanceNavigationTiming[];
	const activated = entry?.activationStart ?? 0;
	/** What is painted once the page was hidden came late for that reason. */
	let hiddenAt =
		performance
			.getEntriesByType("visibility-state")
			.find(({ name, startTime }) => name === "hidden" && startTime >= activated)?.startTime ??
		(document.hidden ? 0 : Number.POSITIVE_INFINITY);

	/** The navigation whose vitals are told now: 0 is the load, later ones are routes and restores. */
	let began = 0;
	let interaction: number | undefined;
	/** Its view. */
	let owner: PageView | undefined;
	let isPainted = false;
	let firstId = 0;
	let lastId = 0;
	let countBefore = 0;
	/** The slowest interactions, each by its longest events; the slowest first. */
	let slowest: [PerformanceEventTiming, ...PerformanceEventTiming[]][] = [];
	/** Shifts in a row, their sum, and the worst. */
	let session: LayoutShift[] = [];
	let sum = 0;
	let worst = 0;
	let worstAt: LayoutShift | undefined;

	/** Returns the speed in which it was noted. */
	const note = (vital: Vital, value: number, entry?: PerformanceEntry) => {
		// Its first value is heard of while it is on screen; it began with a click on the view before.
		owner ??= began ? view() : viewAt(0);
		const { speed } = owner ?? {};
		if (!owner || !speed) return undefined;
		const bucket = bucketOf(value);
		// To the browser a new query is a navigation too. To us the view goes on: nothing is painted first any more, the worst stays.
		const goesOn = began > owner.since;
		if (vital === "inp" || vital === "cls") {
			// Where the browser knows no routes, the load would get what happened on them.
			if (entry && viewAt(entry.startTime) !== owner) return undefined;
			if (goesOn && bucket < (speed[vital] ?? 0)) return undefined;
		} else if (goesOn) return undefined;
		speed[vital] = bucket;
		return speed;
	};

	const countInteractions = () => performance.interactionCount ?? (lastId - firstId) / idStep + 1;
	const noteFirstPaint = (value: number) => {
		isPainted = true;
		note("fcp", value);
	};
	const noteLargest = (value: number, entry: LargestContentfulPaint, shown = entry.startTime) => {
		const speed = shown < hiddenAt && note("lcp", value);
		if (speed) speed.lcpOf = tellPaint(tools, entry, value, began, load);
	};
	/** Again with each batch: the events of an interaction come one after the other. */
	const noteRest = () => {
		if (isPainted) note("cls", worst * clsScale, worstAt);
		const count = countInteractions() - countBefore;
		const events = slowest[Math.min(slowest.length - 1, Math.floor(count / perOutlier))];
		if (!events) return began && count && note("inp", fastMs);
		// A first click that leaves the page has no duration yet: that is no interaction in 0 ms.
		const speed = events[0].duration && note("inp", events[0].duration, events[0]);
		if (speed) speed.inpOf = tellAnswer(events);
	};
	const restart = (at: number, by?: number) => {
		began = at;
		interaction = by;
		owner = undefined;
		countBefore = countInteractions();
		slowest = [];
		sum = worst = 0;
		worstAt = undefined;
	};

	const noteInteraction = (event: PerformanceEventTiming) => {
		const { interactionId, duration, startTime } = event;
		if (!interactionId) return;
		firstId ||= interactionId;
		lastId = Math.max(lastId, interactionId);
		const known = slowest.find(([first]) => first.interactionId === interactionId);
		if (!known) slowest.push([event]);
		else if (duration > known[0].duration) known.splice(0, known.length, event);
		else if (duration === known[0].duration && startTime === known[0].startTime) known.push(event);
		slowest = slowest.sort(([a], [b]) => b.duration - a.duration).slice(0, maxInteractions);
	};

	const noteRoutePaint = (entry: InteractionContentfulPaint) => {
		const paint = entry.largestContentfulPaint;
		if (paint && interaction && interaction === entry.interactionId)
			noteLargest(Math.max(paint.renderTime - entry.startTime, 0), paint, paint.renderTime);
	};

	const readers: Record<string, (entry: never) => unknown> = {
		paint: ({ name, startTime }: PerformanceEntry) =>
			name === "first-contentful-paint" && startTime < hiddenAt && noteFirstPaint(Math.max(startTime - activated, 0)),
		"largest-contentful-paint": (entry: LargestContentfulPaint) =>
			began || noteLargest(Math.max(entry.startTime - activated, 0), entry),
		"layout-shift": (entry: LayoutShift) => {
			const { hadRecentInput, startTime, value } = entry;
			if (hadRecentInput) return;
			const [first = entry] = session;
			const goesOn = startTime - (session.at(-1)?.startTime ?? 0) < pauseMs && startTime - first.startTime < sessionMs;
			if (sum && goesOn) session.push(entry);
			else session = [entry];
			sum = session.length > 1 ? sum + value : value;
			if (sum <= worst) return;
			worst = sum;
			[worstAt] = session;
		},
		event: (event: PerformanceEventTiming) => {
			noteEvent(event);
			noteInteraction(event);
		},
		"first-input": noteInteraction,
	};
	// Versions of Chromium that only tried routes out had entries without this method.
	if ("getLargestInteractionContentfulPaint" in (window.PerformanceSoftNavigation?.prototype ?? {}))
		Object.assign(readers, {
			"interaction-contentful-paint": noteRoutePaint,
			"soft-navigation": (route: PerformanceSoftNavigation) => {
				noteRest();
				restart(route.startTime, route.interactionId);
				hiddenAt = Number.POSITIVE_INFINITY;
				noteFirstPaint(Math.max((route.presentationTime || route.paintTime || 0) - route.startTime, 0));
				const painted = route.getLargestInteractionContentfulPaint?.();
				if (painted) noteRoutePaint(painted);
			},
		});

	const take = (entries: PerformanceEntryList) => {
		for (const entry of entries) readers[entry.entryType]?.(entry as never);
		noteRest();
	};
	const observer = observe(guard, Object.keys(readers), take, { durationThreshold: slowMs });
	// Before the core reports: its listener is on the document.
	guard.listen(window, "visibilitychange", ({ timeStamp }) => {
		if (!document.hidden) return;
		take(observer?.takeRecords() ?? []);
		hiddenAt = Math.min(hiddenAt, timeStamp);
	});
	guard.listen<PageTransitionEvent>(window, "pageshow", ({ persisted, timeStamp }) => {
		if (!persisted) return;
		restart(timeStamp);
		// The first frame is made, the second one comes when it was shown.
		const shown = guard.safely(() => {
			const value = performance.now() - timeStamp;
			noteFirstPaint(value);
			note("lcp", value);
			noteRest();
		});
		requestAnimationFrame(() => requestAnimationFrame(shown));
	});
}
