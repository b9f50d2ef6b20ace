/** The help for the keys: what each does, taken from the links that bear them, and the switch that turns them off. A file of its own. */

const nb = {
	title: "Hurtigtaster",
	escape: "Fjern det siste filteret",
	arrows: "Flytt lesemerket i grafen",
	help: "Vis denne oversikten",
	on: "Bruk hurtigtaster i denne nettleseren",
	close: "Lukk",
};
const en: typeof nb = {
	title: "Keyboard shortcuts",
	escape: "Remove the last filter",
	arrows: "Move the reading line of the chart",
	help: "Show this list",
	on: "Use shortcuts in this browser",
	close: "Close",
};

function add<Name extends keyof HTMLElementTagNameMap>(
	parent: Element,
	name: Name,
	text = "",
): HTMLElementTagNameMap[Name] {
	const element = document.createElement(name);
	element.textContent = text;
	parent.append(element);
	return element;
}

/** The words on a link, without the dates and icons beside them. */
function wordsOf(link: Element): string {
	const copy = link.cloneNode(true) as HTMLElement;
	for (const meta of copy.querySelectorAll(".meta")) meta.remove();
	return copy.title || copy.textContent.trim();
}

export function showKeyHelp(areOn: boolean, change: (on: boolean) => void): void {
	const words = document.documentElement.lang === "nb" ? nb : en;
	const dialog = add(document.body, "dialog");
	dialog.className = "keys";
	add(dialog, "h2", words.title).id = "keys-title";
	dialog.setAttribute("aria-labelledby", "keys-title");
	const links = [...document.querySelectorAll<HTMLElement>("[data-key]")];
	const list = add(dialog, "dl");
	for (const [key, meaning] of [
		...links.map((link) => [link.dataset.key ?? "", wordsOf(link)] as const),
		["Esc", words.escape],
		["←  →", words.arrows],
		["h", words.help],
	] as const) {
		const row = add(list, "div");
		add(add(row, "dt"), "kbd", key);
		add(row, "dd", meaning);
	}
	const label = add(dialog, "label");
	const box = add(label, "input");
	box.type = "checkbox";
	box.checked = areOn;
	box.addEventListener("change", () => change(box.checked));
	label.append(` ${words.on}`);
	const button = add(dialog, "button", words.close);
	button.type = "button";
	button.autofocus = true;
	button.addEventListener("click", () => dialog.close());
	dialog.addEventListener("close", () => dialog.remove());
	dialog.showModal();
}
