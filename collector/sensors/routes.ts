/**
 * Routes: the page's address changes without a load, which begins a view of its own. Told by the Navigation API, else by
 * wrapping `history`. Only another cleaned path counts, so that queries, anchors and what routers and scroll libraries
 * write into the history of the same page do not. Leaves out: redirects, which are joined where views begin (index.ts).
 */
import { cleanPath } from "../../schema/clean.ts";
import { intentMs } from "../../schema/limits.ts";
import type { Leaving } from "../page-view.ts";
import type { Guard } from "../safely.ts";

type How = Leaving["how"];

/**
 * `changed` gets the new page and how the one before was left. Returns a function that tells the page of the address now;
 * from the first `true` on with what is behind #: `/shop#/a` and `/shop#!/a` are `/shop/a`.
 */
export function watchRoutes(guard: Guard, changed: (page: string, how: How) => unknown): (hash?: boolean) => string {
	let hashRoutes: boolean | undefined;
	const pageOf = ({ pathname, hash }: Pick<Location, "pathname" | "hash">) =>
		cleanPath(pathname + ((hashRoutes && hash.split(/^#!?(?=\/)/)[1]) || ""));
	let page = pageOf(location);
	let intent: How | undefined;
	let intended: number;

	const look = (otherwise: How = "script", told?: How) => {
		const next = pageOf(location);
		if (next === page) return;
		page = next;
		if (performance.now() - intended > intentMs) intent = undefined;
		changed(next, told ?? intent ?? otherwise);
		intent = undefined; // one click is one route
	};

	// Routers push from script, long after the click at times: the browser names neither its source nor the visitor.
	guard.listen(document, "click submit", ({ type, target, isTrusted, timeStamp }) => {
		if (!isTrusted) return; // a script's can go to what is no element
		const link = (target as Element).closest("a");
		intent = type === "submit" ? "form" : link && pageOf(link) !== page ? "link" : undefined;
		intended = timeStamp;
	});

	if (window.navigation) {
		guard.listen<NavigationCurrentEntryChangeEvent>(navigation, "currententrychange", ({ navigationType, from }) => {
			const isBack = from.index > (navigation.currentEntry?.index ?? 0);
			look("script", navigationType === "traverse" ? (isBack ? "back" : "forward") : undefined);
		});
	} else {
		// Nobody says in which direction; following a link to # comes here too.
		guard.listen(window, "popstate", () => look("unknown"));
		const see = guard.safely(look);
		for (const name of ["pushState", "replaceState"] as const) {
			const original = history[name];
			const ours: typeof original = function (this: History, ...args) {
				see("unknown"); // Next.js replaces the state before our turn at popstate comes
				queueMicrotask(see); // after the page's own, whatever that throws
				return original.apply(this, args);
			};
			Reflect.set(history, name, ours); // on a frozen one nothing, without a throw
			guard.signal.addEventListener("abort", () => {
				// Wrapped once more, ours stays and does nothing: what is below cannot be taken out.
				if (history[name] === ours) history[name] = original;
			});
		}
	}
	return (hash) => {
		hashRoutes ||= hash;
		page = pageOf(location);
		return page;
	};
}
