/**
 * Finds a banner's button by what it says, through open shadow roots. It counts only in a dialog, a region or something
 * that lies over the page, and only where that speaks of consent. Leaves out pressing it, and closed shadow roots.
 */

const clickable = "button, a, summary, [role=button], [role=link], input[type=button], input[type=submit]";
const boxes = "dialog, [role=dialog], [role=alertdialog], [role=region], [aria-modal=true], aside";

function parentOf(element: Element): Element | null {
	const root = element.getRootNode();
	return element.parentElement ?? (root instanceof ShadowRoot ? root.host : null);
}

function* everyRoot(root: Document | ShadowRoot): Generator<Document | ShadowRoot> {
	yield root;
	for (const element of root.querySelectorAll("*")) if (element.shadowRoot) yield* everyRoot(element.shadowRoot);
}

function isVisible(element: Element): boolean {
	const { width, height } = element.getBoundingClientRect();
	return width > 0 && height > 0 && element.checkVisibility({ opacityProperty: true, visibilityProperty: true });
}

/** What a person would read on it. */
function labelOf(element: Element): string[] {
	const { innerText = "", value = "" } = element as HTMLInputElement;
	return [innerText || value, element.getAttribute("aria-label") ?? ""].map((text) =>
		text.replace(/\s+/g, " ").trim().toLowerCase(),
	);
}

function isInBanner(element: Element, about: RegExp): boolean {
	for (let box: Element | null = element; box && box !== document.body; box = parentOf(box)) {
		const isBox = box.matches(boxes) || ["fixed", "sticky"].includes(getComputedStyle(box).position);
		const named = `${box.id} ${box.getAttribute("class") ?? ""}`;
		if (about.test(named)) return true;
		if (isBox && about.test(`${box.textContent} ${box.shadowRoot?.textContent ?? ""}`)) return true;
	}
	return false;
}

/** The first visible button whose words match, or null. `anywhere`: also outside a banner. */
export function findButton({
	words,
	about,
	anywhere,
}: {
	words: string;
	about: string;
	anywhere: boolean;
}): Element | null {
	const [said, subject] = [new RegExp(words, "u"), new RegExp(about, "i")];
	for (const root of everyRoot(document)) {
		for (const element of root.querySelectorAll(clickable)) {
			if (!labelOf(element).some((label) => label && said.test(label)) || !isVisible(element)) continue;
			if (anywhere || isInBanner(element, subject)) return element;
		}
	}
	return null;
}

/** A place with text where a click does nothing but be seen, or null. */
export function findHarmlessPlace(): { x: number; y: number } | null {
	for (const element of document.querySelectorAll("h1, h2, h3, p")) {
		const { left, top, width, height } = element.getBoundingClientRect();
		const [x, y] = [left + Math.min(width / 2, 40), top + height / 2];
		const hit = width && height && y > 0 && y < innerHeight ? document.elementFromPoint(x, y) : null;
		if (hit === element && !hit.closest("a, button, label, summary, [onclick], [role=button]")) return { x, y };
	}
	return null;
}
