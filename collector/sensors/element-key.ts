/**
 * The key of an element, for every sensor that names one, made of structure: the `data-sporlos` word, else landmark, tag,
 * role or one stable class, and kind of link or field. Leaves out: text, value, id and address.
 */
import { cleanElement } from "../../schema/clean.ts";

/** Words in lower case; what a build tool or a script makes up has digits, capitals or a known prefix. */
const stableClass = /^(?!css-|sc-)[a-z-]{2,30}$/;

/** What is clicked as a whole, whatever of it is hit. */
export const clickable = "a,button,input,select,textarea,summary,[role]";

/** The key of what `target` is part of, or of `element` itself where that is given. */
export function elementKey(target: Element, element = target.closest(clickable) ?? target): string {
	const named = target.closest<HTMLElement>("[data-sporlos]")?.dataset.sporlos;
	if (named) return cleanElement(named);
	const landmark = element.parentElement?.closest("header,nav,main,aside,footer,form,dialog")?.localName;
	const word = element.getAttribute("role") ?? [...element.classList].find((name) => stableClass.test(name));
	// A form has fields for properties, where they are called so.
	const { type, href, origin } = element.matches("form") ? ({} as HTMLAnchorElement) : (element as HTMLAnchorElement);
	const kind = type || (href && (origin === location.origin ? "in" : "out"));
	return cleanElement([landmark, element.localName + (word ? `.${word}` : ""), kind].filter(Boolean).join(" "));
}
