/**
 * The collector: everything that runs after a grant and nothing before it. Wires sensors, journal and sender to the page's
 * coming and going. Leaves out: consent, which the gate owns together with the signal that ends all this.
 */
import { bucketOf, clsScale, type Vital } from "../schema/buckets.ts";
import { aliveEveryMs, visitGapMs } from "../schema/limits.ts";
import type { Purpose } from "../schema/purposes.ts";
import type { ViewKind } from "../schema/report.ts";
import { askConfig } from "./config.ts";
import { openJournal } from "./journal.ts";
import { openLedger } from "./ledger.ts";
import { arrivalMs, backgroundMs, settleMs, tickMs } from "./limits.ts";
import { watchPage } from "./page-lifecycle.ts";
import { createView, type Leaving, type PageView, tentativeLeaving } from "./page-view.ts";
import { createGuard } from "./safely.ts";
import { watchClicks } from "./sensors/clicks.ts";
import { watchDwell } from "./sensors/dwell.ts";
import { watchLeaving } from "./sensors/leaving.ts";
import { watchScroll } from "./sensors/scroll.ts";
import type { VitalChange } from "./sensors/vitals.ts";
import { openShelf } from "./storage.ts";
import { createSend } from "./transport/send.ts";

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

export function start({ endpoint, site, signal: granted, strict, ...consent }: StartOptions): Collector {
	const guard = createGuard(granted);
	const { signal, off, safely } = guard;
	const shelf = openShelf(site, signal);
	const ledger = openLedger(shelf);
	const journal = openJournal(shelf, ledger, consent);
	const send = createSend(`${endpoint}/v1/reports`, ledger, consent.policy, signal, () => {
		shelf.write("visit"); // a view that was refused must not be anybody's predecessor
		off();
	});
	const [entry] = performance.getEntriesByType("navigation") as (PerformanceNavigationTiming & {
		activationStart?: number;
	})[];
	const loadKind = entry?.responseStatus === 404 ? "404" : entry?.activationStart ? "prerender" : "load";

	// Instants in ms, device's clock.
	let acted = 0;
	let due = 0;
	let hiddenAt = 0;
	let queue: unknown;
	let current: PageView;
	const view = () => current;

	/** Begins another view in place of the current one. */
	function begin(kind: ViewKind, path = location.pathname, navigation?: string): void {
		const next = createView(consent, kind, path);
		const now = Date.now();
		current = next;
		acted = now;
		due = now + settleMs;
		const before = queue;
		const place = async () => {
			await before; // the view before must have its place first
			const setting = await askConfig(shelf, `${endpoint}/v1/sites/${site}/config`, now, signal);
			if (!setting?.config.active) return setting && off();
			const turn = async () => {
				await new Promise((resolve) => setTimeout(resolve, arrivalMs));
				if (!signal.aborted) journal.place(next, now, navigation, setting);
			};
			await (navigator.locks?.request(`sporlos:${site}`, turn) ?? turn());
		};
		queue = safely(place)(); // counts errors, never rejects
	}

	begin(loadKind, undefined, entry?.type);
	const { leaving, interaction, speed } = view(); // there where their purpose is granted
	const advance = leaving && watchDwell(guard, view, act);
	const leave = leaving && watchLeaving(guard);
	const look = interaction && watchScroll(guard, view);
	if (interaction) watchClicks(guard, view);
	if (speed && !strict) import("./sensors/vitals.ts").then(safely(watch), () => {});

	function change(kind: ViewKind, path?: string): void {
		renew();
		begin(kind, path);
		advance?.(true);
	}

	/** Brings the report of the current view up to date. */
	function renew(): void {
		advance?.();
		look?.();
		journal.renew(current, acted);
	}

	function report(why?: "last"): Promise<void> {
		due = Date.now() + aliveEveryMs;
		renew();
		return send(why);
	}

	/** The visitor did something; after a long silence that is a new view in a new visit. */
	function act(): void {
		if (Date.now() - acted > visitGapMs) {
			leaveAs(tentativeLeaving(true));
			change("return");
		}
		acted = Date.now();
	}

	/** Each metric belongs to the view that was loaded or restored when it was first heard of. */
	function watch({ watchVitals }: typeof import("./sensors/vitals.ts")): void {
		const owners: Record<string, PageView | false> = {};
		const change = ({ id, name, value, restored }: VitalChange) => {
			owners[id] ??= current.kind === (restored ? "restore" : loadKind) && current;
			const { speed } = owners[id] || {};
			if (speed) speed[name.toLowerCase() as Vital] = bucketOf(name === "CLS" ? value * clsScale : value);
		};
		watchVitals(signal, safely(change));
	}

	function leaveAs(leaving: Leaving | undefined): void {
		if (current.leaving && leaving) current.leaving = leaving;
	}

	watchPage(guard, {
		hidden: () => {
			if (!current.left) leaveAs(tentativeLeaving());
			hiddenAt = Date.now();
			return report("last");
		},
		shown: () => {
			if (current.left) return; // comes back from the back/forward cache: `restored` follows
			act();
			leaveAs(tentativeLeaving());
		},
		left: (persisted) => {
			// Firefox hides a page just before it closes it.
			const away = document.hidden && Date.now() - hiddenAt > backgroundMs;
			leaveAs(leave?.({ persisted, away }));
			current.left = true;
			// A visible page becomes hidden next, with the last vitals: one beacon is enough.
			if (document.hidden) return report("last");
			acted = Date.now();
		},
		restored: () => change("restore"),
	});

	const tick = () => {
		if (current.left) return;
		advance?.();
		safely(send)("again");
		if (current.report && Date.now() > due) return report();
	};
	const timer = setInterval(safely(tick), tickMs);
	signal.addEventListener("abort", () => clearInterval(timer));

	return {
		page: safely((path?: string) => {
			leaveAs({ how: "unknown", certain: false });
			change("route", path);
		}),
	};
}
