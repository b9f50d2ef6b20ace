/**
 * The guard every callback of the collector goes through: nothing is thrown into the page, nothing runs after the grant
 * ends, and five errors switch the collector off. Leaves out: reporting those errors anywhere.
 */

import { fuse } from "./limits.ts";

export interface Guard {
	/** Aborts with the grant, or with `off`. */
	signal: AbortSignal;
	off(): void;
	/** What it returns never rejects. */
	safely<A extends unknown[]>(run: (...args: A) => unknown): (...args: A) => Promise<unknown> | undefined;
	/** `types` is one or several, with spaces between. */
	listen<E extends Event>(target: EventTarget, types: string, run: (event: E) => unknown): void;
}

export function createGuard(granted: AbortSignal): Guard {
	const own = new AbortController();
	const { signal } = own;
	const off = () => own.abort();
	granted.addEventListener("abort", off);
	let errors = 0;
	const count = () => {
		if (++errors >= fuse) off();
	};
	/** Not async itself: most callbacks are not, and there are hundreds, each of which would leave a promise. */
	const safely: Guard["safely"] =
		(run) =>
		(...args) => {
			if (signal.aborted) return undefined;
			try {
				return (run(...args) as Promise<unknown> | undefined)?.catch?.(count);
			} catch {
				count();
				return undefined;
			}
		};
	return {
		signal,
		off,
		safely,
		listen: (target, types, run) => {
			const listener = safely(run as (event: Event) => unknown);
			for (const type of types.split(" "))
				target.addEventListener(type, listener, { signal, capture: true, passive: true });
		},
	};
}
