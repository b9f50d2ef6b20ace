/**
 * The collector: everything that runs after a grant and nothing before it. Wires sensors, journal and sender to the page's
 * coming and going. Leaves out: consent, which the gate owns together with the signal that ends all this.
 */
import { bucketOf } from "../schema/buckets.ts";
import { cleanHost, cleanPath, cleanWords } from "../schema/clean.ts";
import { aliveEveryMs, maxTimes, visitGapMs } from "../schema/limits.ts";
import type { Purpose } from "../schema/purposes.ts";
import type { ViewKind } from "../schema/report.ts";
import { askConfig } from "./config.ts";
import { openJournal } from "./journal.ts";
import { openLedger } from "./ledger.ts";
import { arrivalMs, backgroundMs, maxViews, redirectMs, settleMs, tickMs } from "./limits.ts";
import { watchPage } from "./page-lifecycle.ts";
import { createView, type Leaving, type PageView, tentativeLeaving } from "./page-view.ts";
import { createGuard } from "./safely.ts";
import { watchDwell } from "./sensors/dwell.ts";
import { watchLeaving } from "./sensors/leaving.ts";
import { watchRoutes } from "./sensors/routes.ts";
import { watchScroll } from "./sensors/scroll.ts";
import type { Sensors, Tools } from "./sensors/tools.ts";
import { openShelf } from "./storage.ts";
import { createSend } from "./transport/send.ts";

const wait = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

export interface StartOptions {
	/** Address of the Worker, or of a proxy path in front of it, without a trailing slash. */
	endpoint: string;
	site: string;
	/** Policy version, mechanism and day (yyyy-mm-dd) of the grant. */
	policy: string;
	by: string;
	day: string;
	purposes: Purpose[];
	/** True on the page on which it was given. */
	given: true | undefined;
	/** Ends everything at once. */
	signal: AbortSignal;
	/** True where timings of the page on which consent was given must not be read. */
	strict: boolean;
}

export interface Collector {
	/** Begins a page view of kind `route`. */
	page(path?: string): void;
	event: Sensors["event"];
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

	/** By the device's clock, which all tabs share. */
	let acted = 0;
	// By performance.now(), which nobody can set.
	let began = 0;
	let due = 0;
	let hiddenAt = 0;
	let queue: unknown;
	let current: PageView;
	/** All of this page, the newest first, as far as they are remembered. */
	let views: PageView[] = [];
	let sensors: Sensors | undefined;
	let look: (() => void) | undefined;
	const view = () => current;

	/** Runs alone among the site's tabs, with all in sight that they have stored. */
	async function alone(run: (lock?: Lock) => void): Promise<void> {
		const turn = async (lock?: Lock) => {
			await wait(arrivalMs);
			if (!signal.aborted) run(lock);
		};
		await (navigator.locks?.request(`sporlos:${site}`, turn as (lock: Lock | null) => Promise<void>) ?? turn());
	}

	/** Begins another view in place of the current one. */
	function begin(kind: ViewKind, path = here(), navigation?: string): void {
		const next = createView(consent, kind, path);
		const now = Date.now();
		current = next;
		views = [next, ...views].slice(0, maxViews);
		acted = now;
		began = performance.now();
		due = began + settleMs;
		const before = queue;
		const place = async () => {
			await before; // the view before must have its place first
			look?.();
			const setting = await askConfig(shelf, `${endpoint}/v1/sites/${site}/config`, now, signal);
			if (!setting?.config.active) return setting && off();
			const page = here(setting.config.hashRoutes);
			if (kind !== "route" && next === current) next.page = page;
			if (kind === "route") await wait(redirectMs);
			await alone((lock) => journal.place(next, now, navigation, setting, lock));
		};
		queue = safely(place)(); // counts errors, never rejects
	}

	const here = watchRoutes(guard, route);
	begin(loadKind, undefined, entry?.type);
	if (entry) view().query = entry.name; // many a page takes the tags out of its address at once
	const { leaving, interaction, speed } = view(); // there where their purpose is granted
	const advance = leaving && watchDwell(guard, view, act);
	const leave = leaving && watchLeaving(guard);
	look = interaction && watchScroll(guard, view);
	const tools: Tools = {
		guard,
		view,
		viewAt: (time) => views.find(({ since }) => since <= time),
		reach: (...happening) => {
			if (current.happened.length < maxTimes) current.happened.push(happening);
		},
		strict,
		cleanPath,
		cleanHost,
		cleanWords,
		bucketOf,
	};
	const watch = ({ watchSensors }: typeof import("./sensors/index.ts")) => {
		sensors = watchSensors(tools);
	};
	const watching = (interaction || (speed && !strict)) && import("./sensors/index.ts").then(safely(watch), () => {});

	function change(kind: ViewKind, path?: string): void {
		renew();
		begin(kind, path);
		advance?.(true);
	}

	/** The page changed without a load. A view that has just begun and has no place yet was a redirect, and goes on under the new name. */
	function route(page: string, how: Leaving["how"]): void {
		if (!current.report && performance.now() - began < redirectMs) current.page = page;
		else {
			leaveAs({ how, certain: how !== "unknown" });
			change("route", page);
		}
	}

	/** Brings the report of the current view up to date. */
	function renew(lock?: Lock): void {
		advance?.();
		look?.();
		for (const view of views) journal.renew(view, lock);
		if (current.report) shelf.write("last", acted); // else the next view still has to see how long it was silent
	}

	/** A page that goes cannot wait for a lock. */
	async function report(why?: "last"): Promise<void> {
		due = performance.now() + aliveEveryMs;
		if (why) renew();
		else await alone(renew);
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

	function leaveAs(leaving: Leaving | undefined): void {
		if (current.leaving && leaving) current.leaving = leaving;
	}

	watchPage(guard, {
		hidden: (closes) => {
			if (!current.gone) leaveAs(closes ? { how: "closed", certain: false } : tentativeLeaving());
			hiddenAt = performance.now();
			return report("last");
		},
		shown: () => {
			if (current.gone) return; // comes back from the back/forward cache: `restored` follows
			act();
			leaveAs(tentativeLeaving());
		},
		left: (persisted) => {
			// Firefox hides a page just before it closes it.
			const away = document.hidden && performance.now() - hiddenAt > backgroundMs;
			const told = leave?.({ persisted, away });
			if (current.leaving?.how !== "closed") leaveAs(told);
			current.gone = true;
			// A visible page becomes hidden next, with the last vitals: one beacon is enough.
			if (document.hidden) return report("last");
			acted = Date.now();
		},
		restored: () => change("restore"),
	});

	const tick = () => {
		if (current.gone) return undefined;
		advance?.();
		look?.();
		return current.report && performance.now() > due ? report() : send("again");
	};
	const timer = setInterval(safely(tick), tickMs);
	signal.addEventListener("abort", () => clearInterval(timer));

	if (/[?&#]sporlos-/.test(location.href))
		import("./debug/asked.ts").then(
			safely(({ openAsked }) => openAsked({ endpoint, site, consent, signal, view, waiting: ledger.undelivered })),
			() => {},
		);

	return {
		page: safely((path = here()) => route(cleanPath(path), "unknown")),
		event: safely(async (name, properties) => {
			await watching; // in the order of the calls
			sensors?.event(name, properties);
		}),
	};
}
