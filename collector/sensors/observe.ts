/**
 * What our sensors observe with: guarded like everything else, and let go when the grant ends. Leaves out: anything about what
 * the entries say.
 */
import type { Guard } from "../safely.ts";

/** Hands on entries of these types, buffered ones too, in the order in which they ended. */
export function observe<E extends PerformanceEntry>(
	guard: Guard,
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
