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
	let soon: ReturnType<typeof setTimeout> | undefined;
	const look = () => {
		const { interaction } = view();
		if (!interaction || interaction.scroll > 9) return; // layout is not asked for nothing
		const tenth = tenthOf(scrollY + innerHeight, document.documentElement.scrollHeight);
		interaction.scroll = Math.max(interaction.scroll, tenth);
	};
	// The place where it came to rest counts too, and not every engine tells the end of every scroll.
	const rested = guard.safely(() => {
		soon = undefined;
		look();
	});
	guard.listen(document, "scroll", () => {
		if (soon) return;
		look();
		soon = setTimeout(rested, lookEveryMs);
	});
	guard.signal.addEventListener("abort", () => clearTimeout(soon));
	return look;
}
