/**
 * The collector's own corner of localStorage. Where storage is missing, full or blocked, values live in memory for as
 * long as the page does. Leaves out: the visitor's choice, and clearing, which are the gate's.
 */

export interface Shelf {
	read<T>(name: string): T | undefined;
	/** Without a value: removes it. Nothing is written once the grant has ended. */
	write(name: string, value?: unknown): void;
}

export function openShelf(site: string, signal: AbortSignal): Shelf {
	const prefix = `sporlos:${site}:`;
	const memory = new Map<string, string>();
	return {
		read: (name) => {
			try {
				return JSON.parse(memory.get(name) ?? localStorage[prefix + name]);
			} catch {
				return undefined;
			}
		},
		write: (name, value) => {
			if (signal.aborted) return;
			const text = JSON.stringify(value);
			memory.delete(name);
			try {
				localStorage.removeItem(prefix + name); // so that a full storage does not keep a stale value
				if (value) localStorage[prefix + name] = text;
			} catch {
				memory.set(name, text);
			}
		},
	};
}
