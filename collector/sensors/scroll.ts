/** The deepest tenth of the page that was on screen. Leaves out: scrolling inside elements. */
import { lookEveryMs } from "../limits.ts";
import type { PageView } from "../page-view.ts";
import type { Guard } from "../safely.ts";

/** Tenth of the page reached, 0…10: the lower edge of the window against the height of the page. */
export function tenthOf(bottom: number, height: number): number {
	return Math.min(10, Math.floor((10 * (bottom + 1)) / height)); // +1: zoom leaves fractions
}

/** Returns a function that looks now. */
export function watchScroll(guard: Guard, view: () => PageView): () => void {
	let looked = 0;
	const look = () => {
		const { interaction } = view();
		if (!interaction || interaction.scroll > 9) return; // layout is not asked for nothing
		const tenth = tenthOf(scrollY + innerHeight, document.documentElement.scrollHeight);
		interaction.scroll = Math.max(interaction.scroll, tenth);
	};
	guard.listen(document, "scroll scrollend", ({ type, timeStamp }) => {
		if (type === "scroll" && timeStamp - looked < lookEveryMs) return;
		looked = timeStamp;
		look();
	});
	return look;
}
