/**
 * Visible and engaged time. Engaged: visible, focused, and with input in the last 30 seconds (the start of a view and coming
 * back to it count as input: somebody just acted). Leaves out: what was done with the input.
 */
import { engagedCreditMs, sleepMs } from "../../schema/limits.ts";
import { inputEveryMs, longestSpanMs } from "../limits.ts";
import type { PageView } from "../page-view.ts";
import type { Guard } from "../safely.ts";

export interface Span {
	/** Wall clock and monotonic clock, ms. They part while the machine sleeps. */
	wall: number;
	mono: number;
	visible: boolean;
	focused: boolean;
	/** Monotonic time of the last input. */
	input: number;
}

/** Visible and engaged ms from the beginning of one span to the beginning of the next; the first one's facts hold all along. */
export function credit(span: Span, next: Pick<Span, "wall" | "mono">): [visibleMs: number, engagedMs: number] {
	const passed = next.mono - span.mono;
	const slept = Math.abs(next.wall - span.wall - passed) > sleepMs || passed > longestSpanMs;
	if (slept || !span.visible) return [0, 0];
	const engaged = Math.min(passed, span.input + engagedCreditMs - span.mono);
	return [passed, span.focused ? Math.max(0, engaged) : 0];
}

/** Returns a function that credits up to now; `fresh` where that counts as input. `acted` runs before an input counts. */
export function watchDwell(guard: Guard, view: () => PageView, acted: () => void): (fresh?: boolean) => void {
	const look = (input: number): Span => ({
		wall: Date.now(),
		mono: performance.now(),
		visible: !document.hidden,
		focused: document.hasFocus(),
		input,
	});
	let span = look(performance.now());
	const advance = (fresh?: boolean) => {
		const next = look(span.input);
		const [visibleMs, engagedMs] = credit(span, next);
		view().visibleMs += visibleMs;
		view().engagedMs += engagedMs;
		if (fresh || next.visible > span.visible) next.input = next.mono;
		span = next;
	};
	// Every element's own come by here too.
	guard.listen(window, "focus blur", ({ target }) => target === window && advance());
	guard.listen(document, "pointerdown pointermove keydown scroll", ({ timeStamp }) => {
		if (timeStamp - span.input < inputEveryMs) return;
		acted();
		advance(true);
	});
	return advance;
}
