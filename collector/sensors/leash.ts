/**
 * What web-vitals sees instead of `addEventListener` and `PerformanceObserver` (the build puts them there): the same,
 * but let go when the grant ends, which the library itself cannot do. Leaves out: anything about metrics.
 */
let signal: AbortSignal | undefined;

/** Everything registered from now on goes with this signal. */
export function leash(ending: AbortSignal): void {
	signal = ending;
}

const listen = globalThis.addEventListener as typeof window.addEventListener;

export const addEventListener = (type: string, listener: EventListener, options?: AddEventListenerOptions | boolean) =>
	listen.call(globalThis, type, listener, {
		...(typeof options === "object" ? options : { capture: options === true }),
		...(signal && { signal }),
	});

export class PerformanceObserver extends globalThis.PerformanceObserver {
	constructor(callback: PerformanceObserverCallback) {
		super(callback);
		signal?.addEventListener("abort", () => this.disconnect(), { once: true });
	}
}
