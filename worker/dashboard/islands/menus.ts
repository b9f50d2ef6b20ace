/** Closes an open menu on Esc or a click elsewhere; opening and choosing is plain HTML. */

function openMenus(): HTMLDetailsElement[] {
	return [...document.querySelectorAll<HTMLDetailsElement>(".menu[open], .rest > details[open]")];
}

export function closeMenus(): void {
	addEventListener("keydown", (event) => {
		const { key, target } = event;
		if (key !== "Escape") return;
		for (const menu of openMenus()) {
			event.preventDefault(); // it has done its work
			menu.open = false;
			if (target instanceof Node && menu.contains(target)) menu.querySelector("summary")?.focus();
		}
	});
	addEventListener("click", ({ target }) => {
		for (const menu of openMenus()) if (target instanceof Node && !menu.contains(target)) menu.open = false;
	});
}
