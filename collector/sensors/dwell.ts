/**
 * Visible and engaged time. Engaged: visible, focused, and with input in the last 30 seconds (the start of a view and coming
 * back to it count as input: somebody just acted). Leaves out: what was done with the input.
 */
import { engagedCreditMs, sleepMs } from "../../schema/limits.ts";
import type { Guard } from "../safely.ts";

/** A tick comes every second on a visible page; a longer silence was sleep, whatever the clocks say. */
const longestSpanMs = 60_000;
/** Pointers move hundreds of times a second; four looks are enough. */
const inputEveryMs = 250;

export interface Instant {
	/** Wall clock and monotonic clock, ms. They part while the machine sleeps. */
	wall: number;
	mono: number;
}
export interface Span extends Instant {
	visible: boolean;
	focused: boolean;
	/** Monotonic time of the last input. */
	input: number;
}

/** Time to credit for a span that ends at `end`; the span's facts hold for the whole of it. */
export function credit(span: Span, end: Instant): { visibleMs: number; engagedMs: number } {
	const passed = end.mono - span.mono;
	const slept = Math.abs(end.wall - span.wall - passed) > sleepMs || passed > longestSpanMs;
	if (slept || passed < 0 || !span.visible) return { visibleMs: 0, engagedMs: 0 };
	const engaged = span.focused ? Math.min(end.mono, span.input + engagedCreditMs) - span.mono : 0;
	return { visibleMs: passed, engagedMs: Math.max(0, engaged) };
}

const instant = (): Instant => ({ wall: Date.now(), mono: performance.now() });
const look = (input: number): Span => ({
	...instant(),
	visible: document.visibilityState === "visible",
	focused: document.hasFocus(),
	input,
});

/** Returns a function that credits up to now; `fresh` starts anew for another view. `acted` runs before an input counts. */
export function watchDwell(
	guard: Guard,
	view: () => { visibleMs: number; engagedMs: number },
	acted: () => void,
): (fresh?: boolean) => void {
	let span = look(performance.now());
	const advance = (fresh = false) => {
		const { visibleMs, engagedMs } = credit(span, instant());
		view().visibleMs += visibleMs;
		view().engagedMs += engagedMs;
		const next = look(span.input);
		if (fresh || (next.visible && !span.visible)) next.input = next.mono;
		span = next;
	};
	guard.listen(window, "focus blur", () => advance());
	guard.listen(document, "pointerdown pointermove keydown wheel touchmove scroll", () => {
		if (performance.now() - span.input < inputEveryMs) return;
		acted();
		advance();
		span.input = span.mono;
	});
	return advance;
}
