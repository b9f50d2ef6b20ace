/** The frame in the corner of the page in which we say something to its owner, never to visitors. Leaves out what is said. */
import css from "./frame.css";

export function make(name: string, text = "", className = ""): HTMLElement {
	const element = document.createElement(name);
	element.textContent = text;
	element.className = className;
	return element;
}

/** Opens a frame as an element of this name; clicks in it are nobody's (clicks.ts). Returns the element, and where to say things. */
export function openFrame(name: `sporlos-${string}`): [host: HTMLElement, box: HTMLElement] {
	const host = make(name);
	const root = host.attachShadow({ mode: "open" });
	const sheet = new CSSStyleSheet(); // allowed under a strict CSP
	sheet.replaceSync(css);
	root.adoptedStyleSheets = [sheet];
	const box = make("details") as HTMLDetailsElement;
	box.open = true;
	box.append(make("summary", "Sporløs"));
	root.append(box);
	document.body.append(host);
	return [host, box];
}
