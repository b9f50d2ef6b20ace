/**
 * The guard every callback of the collector goes through: nothing is thrown into the page, nothing runs after the grant
 * ends, and five errors switch the collector off. Leaves out: reporting those errors anywhere.
 */

/** A collector that fails this often is of no use to anybody. */
const fuse = 5;

export interface Guard {
	signal: AbortSignal;
	off(): void;
	/** Counts an error. */
	fail(): void;
	safely<A extends unknown[]>(run: (...args: A) => unknown): (...args: A) => void;
	listen<E extends Event>(target: EventTarget, types: string, run: (event: E) => unknown): void;
	every(ms: number, run: () => unknown): void;
}

/** Everything registered here goes when `granted` aborts or `off` is called. */
export function createGuard(granted: AbortSignal): Guard {
	const own = new AbortController();
	const { signal } = own;
	const off = () => own.abort();
	if (granted.aborted) off();
	granted.addEventListener("abort", off, { once: true });

	let errors = 0;
	const fail = () => {
		if (++errors >= fuse) off();
	};
	const safely =
		<A extends unknown[]>(run: (...args: A) => unknown) =>
		(...args: A) => {
			if (signal.aborted) return;
			try {
				const result = run(...args);
				if (result instanceof Promise) result.catch(fail);
			} catch {
				fail();
			}
		};
	return {
		signal,
		off,
		fail,
		safely,
		listen: (target, types, run) => {
			const listener = safely(run) as (event: Event) => void;
			for (const type of types.split(" ")) target.addEventListener(type, listener, { signal, capture: true, passive: true });
		},
		every: (ms, run) => {
			const timer = setInterval(safely(run), ms);
			signal.addEventListener("abort", () => clearInterval(timer), { once: true });
		},
	};
}
