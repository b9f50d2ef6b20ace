/**
 * The collector's own corner of localStorage. Where storage is missing, full or blocked, values live in memory for as
 * long as the page does. Leaves out: the visitor's choice, and clearing, which are the gate's.
 */

export interface Shelf {
	read<T>(name: string): T | undefined;
	/** Without a value: removes it. Nothing is written once the grant has ended. True where it will be there on the next page. */
	write(name: string, value?: unknown): boolean;
	/** What follows `beginning` in the names that begin with it. */
	names(beginning: string): string[];
}

export function openShelf(site: string, signal: AbortSignal): Shelf {
	const prefix = `sporlos:${site}:`;
	/** What could not be stored. */
	const memory: Record<string, string> = {};
	let store: Record<string, string> = {};
	let lasts = false;
	try {
		store = localStorage;
		lasts = true;
	} catch {
		// blocked: the empty object takes its place
	}
	return {
		read: (name) => {
			try {
				return JSON.parse(memory[prefix + name] ?? (store[prefix + name] as string));
			} catch {
				return undefined;
			}
		},
		write: (name, value) => {
			if (signal.aborted) return false;
			const key = prefix + name;
			delete memory[key];
			try {
				if (value) store[key] = JSON.stringify(value);
				else delete store[key];
				return lasts;
			} catch {
				// Full. A stale visit would join the wrong views; of what was seen and counted, stale is better than nothing.
				if (name === "visit") delete store[key];
				memory[key] = JSON.stringify(value);
				return false;
			}
		},
		names: (beginning) =>
			[...new Set([store, memory].flatMap(Object.keys))].flatMap((key) => key.split(prefix + beginning)[1] ?? []),
	};
}
