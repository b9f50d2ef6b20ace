/** Fetches the page again and puts its new <main> in place of the old one, keeping focus, scroll and what is unfolded. */
import { contentOnlyHeader } from "../live-figures.ts";

/** "over": whoever looks is not signed in any more. */
export type Refreshed = "shown" | "not-now" | "over";

/** The browser parses the answer itself, so no text becomes markup here and Trusted Types need no policy. */
function fetchDocument(address: string): Promise<Document | "not-now" | "over"> {
	return new Promise((resolve) => {
		const request = new XMLHttpRequest();
		request.open("GET", address);
		request.responseType = "document";
		request.setRequestHeader(contentOnlyHeader, "1");
		request.onload = () => {
			const { status, responseXML } = request;
			resolve(status === 401 || status === 404 ? "over" : (status === 200 && responseXML) || "not-now");
		};
		request.onerror = () => resolve("not-now");
		request.send();
	});
}

/** What had focus, findable in the new page: by id, else as the nth link with the same address or nth summary. */
function focusFinder(main: Element): ((next: Element) => HTMLElement | undefined) | undefined {
	const { activeElement } = document;
	if (!(activeElement instanceof HTMLElement) || !main.contains(activeElement)) return undefined;
	if (activeElement.id) return () => document.getElementById(activeElement.id) ?? undefined;
	const alike = (root: Element) =>
		[...root.querySelectorAll<HTMLElement>(activeElement.localName)].filter(
			(element) => element.getAttribute("href") === activeElement.getAttribute("href"),
		);
	const place = alike(main).indexOf(activeElement);
	return (next) => alike(next)[place];
}

/** True while someone is filling in the form of dates: nothing may be pulled away from under them. */
function isTyping(main: Element): boolean {
	const { activeElement } = document;
	return activeElement instanceof HTMLInputElement && main.contains(activeElement);
}

/** `enliven` adds what the script adds, before focus is given back. */
export async function refreshMain(enliven: () => void): Promise<Refreshed> {
	const fetched = await fetchDocument(location.href);
	if (typeof fetched === "string") return fetched;
	const main = document.querySelector("main");
	const next = fetched.querySelector("main");
	if (!main || !next || isTyping(main)) return "not-now";
	for (const { id } of main.querySelectorAll<HTMLDetailsElement>("details[open]")) {
		const same = next.querySelector(`#${CSS.escape(id)}`);
		if (same instanceof Element && same.localName === "details") same.setAttribute("open", "");
	}
	const scrolled = [...main.querySelectorAll(".scroller, .pop")].map((element) => element.scrollTop);
	const { scrollX, scrollY } = window;
	const find = focusFinder(main);
	main.replaceWith(document.adoptNode(next));
	// With the first figures the header gets its ways to them.
	const header = document.querySelector("header.site");
	const nextHeader = fetched.querySelector("header.site");
	if (header && nextHeader && !header.isEqualNode(nextHeader)) header.replaceWith(document.adoptNode(nextHeader));
	[...next.querySelectorAll(".scroller, .pop")].forEach((element, index) => {
		element.scrollTop = scrolled[index] ?? 0;
	});
	scrollTo({ left: scrollX, top: scrollY, behavior: "instant" });
	document.title = fetched.title;
	enliven();
	find?.(next)?.focus({ preventScroll: true });
	return "shown";
}
