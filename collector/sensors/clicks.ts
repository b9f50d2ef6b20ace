/**
 * Clicks by element key. A key is made of structure: the `data-sporlos` word, else landmark, tag, role or one stable class,
 * and kind of link or field. Never text, value, id or address. Leaves out: rage and dead clicks.
 */
import { cleanElement } from "../../schema/clean.ts";
import { maxClicksPerElement, maxElementsPerReport } from "../../schema/limits.ts";
import { maxKeyChars } from "../limits.ts";
import type { PageView } from "../page-view.ts";
import type { Guard } from "../safely.ts";

/** Words in lower case; what a build tool or a script makes up has digits, capitals or a known prefix. */
const stableClass = /^(?!css-|sc-)[a-z-]{2,30}$/;

export function elementKey(target: Element): string {
	const named = target.closest<HTMLElement>("[data-sporlos]")?.dataset.sporlos;
	if (named) return cleanElement(named);
	const element = (target.closest("a,button,input,select,textarea,summary,[role]") ?? target) as HTMLAnchorElement;
	const landmark = element.parentElement?.closest("header,nav,main,aside,footer,form,dialog")?.localName;
	const word = element.role ?? [...element.classList].find((name) => stableClass.test(name));
	const kind = element.type || (element.href && (element.origin === location.origin ? "in" : "out"));
	return cleanElement([landmark, element.localName + (word ? `.${word}` : ""), kind].filter(Boolean).join(" "));
}

/** Clicks in the gate's own banner are not the site's. */
export function watchClicks(guard: Guard, view: () => PageView): void {
	guard.listen(document, "click", ({ target, isTrusted }) => {
		const element = target as Element;
		const clicks = view().interaction?.clicks;
		if (!clicks || !isTrusted || element.localName === "sporlos-choices") return;
		const key = elementKey(element);
		const known = clicks.find(([name]) => name === key);
		if (!known && clicks.length < maxElementsPerReport && JSON.stringify(clicks).length < maxKeyChars)
			clicks.push([key, 1]);
		if (known && known[1] < maxClicksPerElement) known[1]++;
	});
}
