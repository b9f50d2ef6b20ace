/**
 * What web-vitals listens and observes with (the build puts it there, see lean-vitals.ts), because the library itself
 * cannot stop: the same, but let go when the grant ends, and guarded like everything else. Our own observers hang on it
 * too. Leaves out: anything about metrics.
 */
import type { Guard } from "../safely.ts";

let guard: Guard;
const waiting = new Set<() => void>();

/** Everything registered from now on goes with this guard. */
export function leash(to: Guard): void {
	guard = to;
	addEventListener("visibilitychange", runWaiting);
}

/** Always captures, as web-vitals does. */
export const addEventListener = (type: string, listener: (event: Event) => unknown) =>
	guard.listen(window, type, listener);

/** In place of web-vitals' observe.js: hands on entries of these types, buffered ones too, in the order in which they ended. */
export function observe<E extends PerformanceEntry>(
	types: string[],
	take: (entries: E[]) => unknown,
	options?: PerformanceObserverInit,
): PerformanceObserver | undefined {
	const known = types.filter((type) => PerformanceObserver.supportedEntryTypes.includes(type));
	if (!known[0]) return undefined;
	const hand = guard.safely(take);
	const ended = ({ startTime, duration }: PerformanceEntry) => startTime + duration;
	const observer = new PerformanceObserver((list) =>
		// Safari would call in the middle of something else: https://github.com/GoogleChrome/web-vitals/issues/277
		queueMicrotask(() => hand((list.getEntries() as E[]).sort((a, b) => ended(a) - ended(b)))),
	);
	guard.signal.addEventListener("abort", () => observer.disconnect());
	for (const type of known) observer.observe({ type, buffered: true, ...options });
	return observer;
}

function runWaiting(): void {
	for (const run of waiting) {
		waiting.delete(run);
		run();
	}
}

/** In place of whenIdleOrHidden.js: entries of one interaction come one after the other, so INP waits for the next pause. */
export function whenIdleOrHidden(run: () => void): void {
	waiting.add(run);
	if (document.hidden) runWaiting();
	else {
		const late = guard.safely(runWaiting);
		// A busy page has no pauses: https://github.com/GoogleChrome/web-vitals/issues/754. Safari does not tell of any.
		globalThis.requestIdleCallback?.(late, { timeout: idleMs }) ?? setTimeout(late);
	}
}

const idleMs = 1_000;
