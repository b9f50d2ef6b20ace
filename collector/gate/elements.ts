/** Making elements without markup in texts, as a strict content policy and Trusted Types ask for. Leaves out their look. */

export type Content = Node | string | false | undefined;

/** Puts the content in place of what was there; what is false, undefined or empty is left out. */
export function fill<E extends Element>(element: E, content: Content[] | string): E {
	element.replaceChildren(...[content].flat().filter((part): part is Node | string => !!part));
	return element;
}

export function make<Name extends keyof HTMLElementTagNameMap>(
	name: Name,
	content: Content[] | string,
	properties: Partial<HTMLElementTagNameMap[Name]> = {},
): HTMLElementTagNameMap[Name] {
	return fill(Object.assign(document.createElement(name), properties), content);
}

/** Never in a form, where it would send it. */
export function makeButton(label: Content[] | string, onclick: () => void, className = ""): HTMLButtonElement {
	return make("button", label, { className, onclick });
}

/** The buttons that decide, side by side and alike, and below them what else there is. */
export function makeFoot(pair: HTMLButtonElement[], ...more: Content[]): HTMLElement {
	return make("div", [make("div", pair, { className: "pair" }), ...more], { className: "foot" });
}
