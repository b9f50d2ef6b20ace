/**
 * The collector's own corner of localStorage. Where storage is missing, full or blocked, values live in memory for as
 * long as the page does. Leaves out: the visitor's choice, and clearing, which are the gate's.
 */

export interface Shelf {
	read<T>(name: string): T | undefined;
	/** Without a value: removes it. Nothing is written once the grant has ended. */
	write(name: string, value?: unknown): void;
	/** What follows `beginning` in the names that begin with it. */
	names(beginning: string): string[];
}

export function openShelf(site: string, signal: AbortSignal): Shelf {
	const prefix = `sporlos:${site}:`;
	/** What could not be stored. */
	const memory: Record<string, string> = {};
	let store: Record<string, string> = {};
	try {
		store = localStorage;
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
			if (signal.aborted) return;
			const key = prefix + name;
			delete memory[key];
			try {
				if (value) store[key] = JSON.stringify(value);
				else delete store[key];
			} catch {
				delete store[key]; // full: what is stale must not stay
				memory[key] = JSON.stringify(value);
			}
		},
		names: (beginning) =>
			[...Object.keys(store), ...Object.keys(memory)]
				.filter((key) => key.startsWith(prefix + beginning))
				.map((key) => key.slice((prefix + beginning).length)),
	};
}
