/**
 * How a page view is left. The browser announces most ways before they happen (an intent); the rest is told from how the
 * page goes. Measured in Chromium and Firefox; where an engine cannot tell, the answer is `unknown`, never a guess.
 * Leaves out: what the next view learns about this one (visit.ts).
 */
import { cleanHost } from "../../schema/clean.ts";
import { intentMs } from "../../schema/limits.ts";
import type { Leaving } from "../page-view.ts";
import type { Guard } from "../safely.ts";

export interface Signs {
	/** What was announced, if it was within the last seconds. */
	intent?: Leaving | undefined;
	/** Navigation type that pageswap named just now; undefined: no pageswap. */
	swap?: string | undefined;
	/** Every navigation comes with a pageswap here, so that its absence means the page is closed. */
	swapsAlways: boolean;
	/** The engine announces every navigation that a page can know of. */
	announces: boolean;
	persisted: boolean;
	/** The page was in the background already: it was left when it went there. */
	away: boolean;
}

/** The leaving method at pagehide, or undefined where what was sent at `hidden` stays. */
export function tellLeaving({ intent, swap, swapsAlways, announces, persisted, away }: Signs): Leaving | undefined {
	if (intent) return intent;
	if (swap === "reload") return { how: swap, certain: true };
	if (!swap && away) return undefined;
	const isTyped = announces && (swap || persisted);
	return { how: isTyped ? "typed" : swapsAlways ? "closed" : "unknown", certain: false };
}

/** Undefined for what leaves the page in place. */
function intentOf(event: NavigateEvent): Leaving | undefined {
	const { navigationType, destination, sourceElement, formData } = event;
	const { protocol, origin, host } = new URL(destination.url);
	if (event.hashChange || destination.sameDocument || !protocol.startsWith("http")) return undefined;
	let how: Leaving["how"] = "script";
	if (navigationType === "reload") how = navigationType;
	else if (navigationType === "traverse")
		how = destination.index < (navigation.currentEntry?.index ?? 0) ? "back" : "forward";
	else if (formData || sourceElement?.matches("form,button,input")) how = "form";
	else if (sourceElement?.closest("a,area")) how = origin === location.origin ? "link" : "outbound";
	return { how, certain: true, ...(how === "outbound" && { host: cleanHost(host) }) };
}

/** Returns a function to ask at pagehide. Browsers without the Navigation API (before 2026) get `unknown`. */
export function watchLeaving(guard: Guard): (page: Pick<Signs, "persisted" | "away">) => Leaving | undefined {
	let intent: Leaving | undefined;
	let intended = 0;
	let swap: string | undefined;
	// Only a browser that knows the source of a navigation announces enough.
	const announces = "sourceElement" in (window.NavigateEvent?.prototype ?? {});
	if (announces) {
		guard.listen<NavigateEvent>(navigation, "navigate", (event) => {
			// Firefox announces a download twice, the second time as if it were a link.
			if (event.downloadRequest !== null || event.sourceElement?.closest("[download]")) return;
			intent = intentOf(event);
			intended = performance.now();
		});
		guard.listen(navigation, "navigatesuccess", () => {
			intent = undefined; // a router took the navigation over: the page stays
		});
	}
	guard.listen<PageSwapEvent>(window, "pageswap", ({ activation }) => {
		swap = activation?.navigationType ?? "push"; // to another origin: without details
	});
	// Safari has pageswap too, but not for other origins; only Chromium tells why a page was not restored.
	const swapsAlways = "onpageswap" in window && "notRestoredReasons" in PerformanceNavigationTiming.prototype;
	return (page) => {
		if (performance.now() - intended > intentMs) intent = undefined;
		const leaving = tellLeaving({ intent, swap, swapsAlways, announces, ...page });
		intent = swap = undefined;
		return leaving;
	};
}
