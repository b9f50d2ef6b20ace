/**
 * Single letters for whoever uses the keyboard a lot: each clicks the link that bears it in `data-key`, Esc takes the last filter
 * away, h shows what there is. They can be switched off (WCAG 2.1.4), which this browser remembers. Leaves out the help itself: it is
 * loaded when somebody asks for it.
 */

const setting = "sporlos-keys";
const off = "off";

/** Storage can be forbidden: then keys are on, and switching them off lasts as long as the page. */
let areOn = true;
function readSetting(): void {
	try {
		areOn = localStorage.getItem(setting) !== off;
	} catch {}
}
function change(on: boolean): void {
	areOn = on;
	try {
		if (on) localStorage.removeItem(setting);
		else localStorage.setItem(setting, off);
	} catch {}
}

async function showHelp(): Promise<void> {
	const { showKeyHelp } = await import("./key-help.ts");
	showKeyHelp(areOn, change);
}

const linkOf = (key: string) =>
	[...document.querySelectorAll<HTMLElement>("[data-key]")].find((link) => link.dataset.key === key);

export function listenForKeys(): void {
	if (!document.querySelector("[data-help]")) return;
	readSetting();
	addEventListener("click", ({ target }) => {
		if (target instanceof Element && target.closest("[data-help]")) void showHelp();
	});
	addEventListener("keydown", (event) => {
		const { key, target, ctrlKey, metaKey, altKey, isComposing, repeat, defaultPrevented } = event;
		if (!areOn || ctrlKey || metaKey || altKey || isComposing || repeat || defaultPrevented) return;
		if (target instanceof Element && target.closest("input, select, textarea, [contenteditable], dialog")) return;
		const letter = key.toLowerCase();
		const found =
			key === "Escape"
				? [...document.querySelectorAll<HTMLElement>(".chip")].at(-1)
				: letter === "h" || letter === "?"
					? document.querySelector<HTMLElement>("[data-help]")
					: linkOf(letter);
		if (!found) return;
		event.preventDefault();
		found.click();
	});
}
