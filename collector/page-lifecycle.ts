/** The one place that listens to the page's coming and going. Leaves out: what any of it means for a view. */
import { closingMs } from "./limits.ts";
import type { Guard } from "./safely.ts";

export interface PageMoments {
	/** `closes`: asked before whether it may be unloaded, and not left. Firefox does that to a page it closes. */
	hidden(closes: boolean): unknown;
	shown(): unknown;
	/** The page is being left; `persisted` where the browser means to keep it for Back. */
	left(persisted: boolean): unknown;
	/** The page came back from the back/forward cache. */
	restored(): unknown;
}

export function watchPage(guard: Guard, moments: PageMoments): void {
	let askedAt = Number.NEGATIVE_INFINITY;
	guard.listen(window, "beforeunload", ({ timeStamp }) => {
		askedAt = timeStamp;
	});
	guard.listen<PageTransitionEvent>(window, "pagehide", (event) => moments.left(event.persisted));
	guard.listen<PageTransitionEvent>(window, "pageshow", (event) => event.persisted && moments.restored());
	// On the document, not the window: the last vitals are taken in a listener on the window, which runs
	// before this one. In Chromium those values only exist between pagehide and visibilitychange.
	guard.listen(document, "visibilitychange freeze", ({ timeStamp }) =>
		document.hidden ? moments.hidden(timeStamp - askedAt < closingMs) : moments.shown(),
	);
}
