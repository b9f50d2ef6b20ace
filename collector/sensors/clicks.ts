/**
 * Clicks by element key. A key is made of structure: the `data-sporlos` word, else landmark, tag, role and kind of link or
 * field, one stable class. Never text, value, id or address. Leaves out: rage and dead clicks.
 */
import { cleanElement } from "../../schema/clean.ts";
import { maxClicksPerElement, maxElementsPerReport } from "../../schema/limits.ts";
import type { Guard } from "../safely.ts";

/** All keys of a report together: keeps it far below its limit in bytes. */
const maxKeyChars = 2_000;

const actionable = "a,button,input,select,textarea,label,summary,[role]";
const landmark = "header,nav,main,aside,footer,form,dialog,article";
/** Words in lower case; what a build tool or a script makes up has digits, capitals or a known prefix. */
const stableClass = /^(?!css-|sc-|jsx-|svelte-)[a-z]{2,}([-_]+[a-z]+)*$/;

function linkKind(link: HTMLAnchorElement): string {
	if (!link.protocol.startsWith("http")) return link.protocol; // mailto:, tel:
	if (link.hasAttribute("download")) return "file";
	if (link.origin !== location.origin) return "out";
	return link.hash && link.pathname === location.pathname ? "hash" : "in";
}

export function elementKey(target: Element): string {
	const named = target.closest("[data-sporlos]")?.getAttribute("data-sporlos");
	if (named) return cleanElement(named);
	const element = target.closest(actionable) ?? target;
	const place = element.parentElement?.closest(landmark)?.localName;
	const role = element.getAttribute("role");
	const word = [...element.classList].find((name) => name.length < 30 && stableClass.test(name));
	const kind =
		element instanceof HTMLAnchorElement && element.href
			? linkKind(element)
			: element instanceof HTMLInputElement || element instanceof HTMLButtonElement
				? element.type
				: "";
	const own = element.localName + (role ? `[${role}]` : "") + (word ? `.${word}` : "") + (kind ? ` ${kind}` : "");
	return cleanElement(place ? `${place} ${own}` : own);
}

export function watchClicks(guard: Guard, view: () => { clicks: Map<string, number> }, ignore: string): void {
	guard.listen(document, "click", ({ target, isTrusted }: Event) => {
		if (!isTrusted || !(target instanceof Element) || target.localName === ignore) return;
		const { clicks } = view();
		const key = elementKey(target);
		const count = clicks.get(key);
		const isFull = clicks.size >= maxElementsPerReport || [...clicks.keys(), key].join("").length > maxKeyChars;
		if (!key || (!count && isFull)) return;
		clicks.set(key, Math.min(maxClicksPerElement, (count ?? 0) + 1));
	});
}
