/**
 * How a page view is left. The browser announces most ways before they happen (an intent); the rest is told from how the
 * page goes. Measured in Chromium and Firefox; where an engine cannot tell, the answer is `unknown`, never a guess.
 * Leaves out: what the next view learns about this one (visit.ts).
 */
import { cleanHost } from "../../schema/clean.ts";
import type { LeavingMethod } from "../../schema/leaving.ts";
import { intentMs } from "../../schema/limits.ts";
import type { Leaving } from "../page-view.ts";
import type { Guard } from "../safely.ts";

/** A page that has been in the background this long was left when it went there. */
const backgroundMs = 1_000;

export interface Intent {
	how: LeavingMethod;
	host?: string;
	/** ms, monotonic. */
	at: number;
}

export interface Signs {
	intent?: Intent | undefined;
	/** Monotonic clock, ms. */
	now: number;
	/** What pageswap said just now: a navigation's type, `foreign` for one to another origin, undefined for none. */
	swap?: string | undefined;
	/** Every navigation announces itself through pageswap here, so that its absence means the page is closed. */
	swapsAlways: boolean;
	/** The engine announces all navigations that a page can know of. */
	announces: boolean;
	persisted: boolean;
	/** This very document was in the back/forward cache before, so it is eligible. */
	eligible: boolean;
	/** How long the page has been in the background, ms; 0 while visible. */
	hiddenMs: number;
}

/** The leaving method at pagehide, or undefined where what was sent at `hidden` stays. */
export function tellLeaving(signs: Signs): Leaving | undefined {
	const { intent, swap } = signs;
	if (intent && signs.now - intent.at < intentMs) {
		return { how: intent.how, certain: true, ...(intent.host && { host: intent.host }) };
	}
	if (swap === "reload") return { how: "reload", certain: true };
	if (swap) return { how: "typed", certain: false };
	if (signs.hiddenMs > backgroundMs) return undefined;
	if (signs.swapsAlways) return { how: "closed", certain: true };
	if (signs.announces && signs.persisted) return { how: "typed", certain: false };
	if (signs.announces && signs.eligible && !signs.persisted) return { how: "closed", certain: false };
	return { how: "unknown", certain: false };
}

/** Intent of a navigation away from the page that a person or script began through `source`. */
function intentTo(address: string, source: Element | null | undefined, byUser: boolean, hasForm: boolean): Intent | undefined {
	const target = new URL(address, location.href);
	if (!target.protocol.startsWith("http")) return undefined; // mailto: and tel: leave the page in place
	const at = performance.now();
	if (hasForm || source?.matches("form,button,input")) return { how: "form", at };
	if (!byUser && !source) return { how: "script", at };
	if (!source?.closest("a,area")) return { how: "script", at };
	return target.origin === location.origin ? { how: "link", at } : { how: "outbound", at, host: cleanHost(target.host) };
}

function intentOf(event: NavigateEvent): Intent | undefined {
	const { navigationType, destination, sourceElement, userInitiated, formData } = event;
	if (event.downloadRequest !== null || event.hashChange || destination.sameDocument) return undefined;
	if (navigationType === "reload") return { how: "reload", at: performance.now() };
	if (navigationType === "traverse") {
		const isBack = destination.index < (navigation.currentEntry?.index ?? 0);
		return { how: isBack ? "back" : "forward", at: performance.now() };
	}
	return intentTo(destination.url, sourceElement, userInitiated, formData !== null);
}

/** Returns a function to ask at pagehide. */
export function watchLeaving(
	guard: Guard,
): (page: Pick<Signs, "persisted" | "eligible" | "hiddenMs">) => Leaving | undefined {
	let intent: Intent | undefined;
	let swap: string | undefined;
	// Only a browser that knows the source of a navigation announces enough.
	const announces = "NavigateEvent" in window && "sourceElement" in NavigateEvent.prototype;
	if (announces) {
		guard.listen<NavigateEvent>(navigation, "navigate", (event) => {
			if (event.downloadRequest === null) intent = intentOf(event);
		});
		guard.listen(navigation, "navigatesuccess", () => {
			intent = undefined; // a router took the navigation over: the page stays
		});
	} else {
		guard.listen<MouseEvent>(window, "click", (event) => {
			const link = event.target instanceof Element ? event.target.closest<HTMLAnchorElement>("a[href],area[href]") : null;
			const staysHere = event.ctrlKey || event.metaKey || event.shiftKey || link?.target || link?.hasAttribute("download");
			if (link && !staysHere && !link.getAttribute("href")?.startsWith("#")) intent = intentTo(link.href, link, true, false);
		});
		guard.listen<SubmitEvent>(window, "submit", () => {
			intent = { how: "form", at: performance.now() };
		});
	}
	guard.listen<PageSwapEvent>(window, "pageswap", (event) => {
		swap = event.activation?.navigationType ?? "foreign";
	});
	// Safari has pageswap too, but not for other origins; only Chromium tells why a page was not restored.
	const swapsAlways = "onpageswap" in window && "notRestoredReasons" in PerformanceNavigationTiming.prototype;
	return (page) => {
		const leaving = tellLeaving({ intent, swap, swapsAlways, announces, now: performance.now(), ...page });
		intent = swap = undefined;
		return leaving;
	};
}
