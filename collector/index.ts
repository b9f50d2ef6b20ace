/**
 * The collector: everything that runs after a grant and nothing before it. Wires sensors, journal and delivery to the
 * page's coming and going. Leaves out: consent, which the gate owns together with the signal that ends all this.
 */
import { clsScale, type Vital } from "../schema/buckets.ts";
import { aliveEveryMs, earlyReportMs, visitGapMs } from "../schema/limits.ts";
import type { Purpose } from "../schema/purposes.ts";
import type { ViewKind } from "../schema/report.ts";
import { askConfig } from "./config.ts";
import { openJournal } from "./journal.ts";
import { watchPage } from "./page-lifecycle.ts";
import { createView, type PageView, randomId, tentativeLeaving } from "./page-view.ts";
import { createGuard } from "./safely.ts";
import { watchClicks } from "./sensors/clicks.ts";
import { watchDwell } from "./sensors/dwell.ts";
import { watchLeaving } from "./sensors/leaving.ts";
import { watchScroll } from "./sensors/scroll.ts";
import type { VitalChange } from "./sensors/vitals.ts";
import { openShelf } from "./storage.ts";
import { createDelivery } from "./transport/delivery.ts";
import { underLock } from "./visit.ts";

export interface StartOptions {
	/** Address of the Worker, or of a proxy path in front of it, without a trailing slash. */
	endpoint: string;
	site: string;
	/** Policy version, mechanism and day (yyyy-mm-dd) of the grant. */
	policy: string;
	by: string;
	day: string;
	purposes: Purpose[];
	/** Ends everything at once. */
	signal: AbortSignal;
	/** True where timings of the page on which consent was given must not be read. */
	strict: boolean;
}

export interface Collector {
	/** Begins a page view of kind `route`. */
	page(path?: string): void;
}

const tickMs = 1_000;
/** The gate puts its banner into this element; clicks there are not the site's. */
const bannerElement = "sporlos-choices";
/** A quick page is given this long to settle before its first report. */
const settleMs = 2_000;

export function start(options: StartOptions): Collector {
	const { endpoint, site, policy, by, day, purposes, strict } = options;
	const has = (purpose: Purpose) => purposes.includes(purpose);
	const guard = createGuard(options.signal);
	const { signal } = guard;
	const shelf = openShelf(site, signal);
	const journal = openJournal(shelf, site, { policy, by, day, purposes });
	const delivery = createDelivery(`${endpoint}/v1/reports`, journal.outbox, signal, () => {
		shelf.remove("visit"); // a view that was refused must not be anybody's predecessor
		guard.off();
	});
	const [entry] = performance.getEntriesByType("navigation") as PerformanceNavigationTiming[];
	const tab = tabId(site);
	const isVisible = () => document.visibilityState === "visible";

	// Instants in ms, device's clock.
	let began = 0;
	let acted = 0;
	let reported = 0;
	let hiddenAt = 0;
	let queue = Promise.resolve();
	let current = begin(kindOf(entry));
	/** The view whose page load the vitals are about; it may outlive its time as the current one. */
	let loaded = current;

	const view = () => current;
	const advance = has("visits") ? watchDwell(guard, view, act) : () => {};
	const look = has("interactions") ? watchScroll(guard, view) : () => {};
	if (has("interactions")) watchClicks(guard, view, bannerElement);
	const leave = has("visits") ? watchLeaving(guard) : () => undefined;
	if (has("performance") && !strict) import("./sensors/vitals.ts").then(guard.safely(watch), () => {});

	/** Begins another view in place of the current one. */
	function begin(kind: ViewKind, path = location.pathname): PageView {
		const next = createView(kind, path, isVisible());
		const now = Date.now();
		began = acted = now;
		reported = 0;
		const isLoad = kind !== "restore" && kind !== "return" && kind !== "route";
		const arrival = { now, tab, navigation: isLoad ? entry?.type : undefined };
		const place = async () => {
			const setting = await askConfig(shelf, `${endpoint}/v1/sites/${site}/config`, now, signal);
			if (signal.aborted || !setting) return;
			if (!setting.config.active) return guard.off();
			const step = guard.safely(() => journal.place(next, arrival, setting));
			if (has("visits")) await underLock(`sporlos:${site}`, step);
			else step();
		};
		queue = queue.then(place).catch(guard.fail); // in turn: the view before must have its place first
		return next;
	}

	function change(kind: ViewKind, path?: string): void {
		settleView();
		if (loaded !== current) journal.renew(loaded, Date.now(), acted);
		current = begin(kind, path);
		if (kind === "restore") loaded = current;
		advance(true);
	}

	/** Brings the current view and its report up to date. */
	function settleView(): void {
		advance();
		look();
		journal.renew(current, Date.now(), acted);
	}

	function report(last: boolean): void {
		settleView();
		if (loaded !== current) journal.renew(loaded, Date.now(), acted);
		reported = Date.now();
		guard.safely(delivery.deliver)(last);
	}

	/** The visitor did something; after a long silence that is a new view in a new visit. */
	function act(): void {
		if (Date.now() - acted > visitGapMs) change("return");
		acted = Date.now();
	}

	function watch({ watchVitals }: typeof import("./sensors/vitals.ts")): void {
		const owners = new Map<string, PageView>();
		watchVitals(
			signal,
			guard.safely(({ id, name, value, restored }: VitalChange) => {
				if (!owners.has(id) && restored === (loaded.kind === "restore")) owners.set(id, loaded);
				owners.get(id)?.speed.set(name.toLowerCase() as Vital, name === "CLS" ? value * clsScale : value);
			}),
		);
	}

	watchPage(guard, {
		hidden: () => {
			if (!current.left) current.leaving = tentativeLeaving(false);
			hiddenAt = performance.now();
			report(true);
		},
		shown: () => {
			if (current.left) return; // comes back from the back/forward cache: `restored` follows
			current.leaving = tentativeLeaving(true);
			act();
			advance();
		},
		left: (persisted) => {
			const hiddenMs = isVisible() ? 0 : performance.now() - hiddenAt;
			if (!hiddenMs) acted = Date.now();
			current.leaving = leave({ persisted, hiddenMs, eligible: current.kind === "restore" }) ?? current.leaving;
			current.left = true;
			// A visible page becomes hidden next, with the last vitals: one beacon is enough.
			if (hiddenMs) report(true);
			else settleView();
		},
		restored: () => change("restore"),
	});

	guard.every(tickMs, () => {
		if (current.left) return;
		advance();
		delivery.retry();
		const now = Date.now();
		const isSettled = document.readyState === "complete" && (!has("performance") || loaded.speed.has("lcp"));
		const isEarly = now - began >= (isSettled ? settleMs : earlyReportMs - tickMs);
		if (reported ? isVisible() && now - reported >= aliveEveryMs : current.booking && isEarly) report(false);
	});

	return {
		page: guard.safely((path?: string) => {
			current.leaving = { how: "unknown", certain: false };
			change("route", path);
		}),
	};
}

function kindOf(entry: PerformanceNavigationTiming | undefined): ViewKind {
	if (entry?.responseStatus === 404) return "404";
	return entry && "activationStart" in entry && entry.activationStart ? "prerender" : "load";
}

/** The same for all pages of a tab, another in every tab; never sent. */
function tabId(site: string): string {
	const key = `sporlos:${site}:tab`;
	const fresh = randomId();
	try {
		const known = sessionStorage.getItem(key) ?? fresh;
		sessionStorage.setItem(key, known);
		return known;
	} catch {
		return fresh;
	}
}
