/**
 * The guard every callback of the collector goes through: nothing is thrown into the page, nothing runs after the grant
 * ends, and five errors switch the collector off. Leaves out: reporting those errors anywhere.
 */

import { fuse } from "./limits.ts";

export interface Guard {
	/** Aborts with the grant, or with `off`. */
	signal: AbortSignal;
	off(): void;
	safely<A extends unknown[]>(run: (...args: A) => unknown): (...args: A) => Promise<void>;
	/** `types` is one or several, with spaces between. */
	listen<E extends Event>(target: EventTarget, types: string, run: (event: E) => unknown): void;
}

export function createGuard(granted: AbortSignal): Guard {
	const own = new AbortController();
	const { signal } = own;
	const off = () => own.abort();
	granted.addEventListener("abort", off);
	let errors = 0;
	/** Synchronous up to the callback's first await; the promise never rejects. */
	const safely =
		<A extends unknown[]>(run: (...args: A) => unknown) =>
		async (...args: A) => {
			try {
				if (!signal.aborted) await run(...args);
			} catch {
				if (++errors >= fuse) off();
			}
		};
	return {
		signal,
		off,
		safely,
		listen: (target, types, run) => {
			for (const type of types.split(" "))
				target.addEventListener(type, safely(run as (event: Event) => unknown), {
					signal,
					capture: true,
					passive: true,
				});
		},
	};
}
