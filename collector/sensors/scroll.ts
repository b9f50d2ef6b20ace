/** The deepest tenth of the page that was on screen. Leaves out: scrolling inside elements. */
import type { Guard } from "../safely.ts";

/** Layout is only asked about this often while scrolling. */
const lookEveryMs = 200;

/** Tenth of the page reached, 0…10: the lower edge of the window against the height of the page. */
export function tenthOf(bottom: number, height: number): number {
	return Math.min(10, Math.max(0, Math.floor((10 * (bottom + 1)) / Math.max(1, height)))); // +1: zoom leaves fractions
}

/** Returns a function that looks now. */
export function watchScroll(guard: Guard, view: () => { scroll: number }): () => void {
	let looked = 0;
	const look = () => {
		const { scrollHeight } = document.documentElement;
		view().scroll = Math.max(view().scroll, tenthOf(scrollY + innerHeight, scrollHeight));
	};
	guard.listen(document, "scroll", (event: Event) => {
		if (event.timeStamp - looked < lookEveryMs) return;
		looked = event.timeStamp;
		look();
	});
	return look;
}
