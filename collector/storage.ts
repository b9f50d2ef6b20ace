/**
 * The collector's own corner of localStorage. Where storage is missing, full or blocked, values live in memory for as
 * long as the page does. Leaves out: the visitor's choice, which is the gate's, and clearing, which is the gate's too.
 */

export interface Shelf {
	read<T>(name: string): T | undefined;
	/** Nothing is written once the grant has ended. */
	write(name: string, value: unknown): void;
	remove(name: string): void;
	names(): string[];
}

export function openShelf(site: string, signal: AbortSignal): Shelf {
	const prefix = `sporlos:${site}:`;
	const memory = new Map<string, string>();

	const remove = (name: string) => {
		memory.delete(name);
		try {
			localStorage.removeItem(prefix + name);
		} catch {
			// blocked: nothing was there
		}
	};
	return {
		read: (name) => {
			try {
				return JSON.parse(memory.get(name) ?? localStorage.getItem(prefix + name) ?? "") ?? undefined;
			} catch {
				return undefined;
			}
		},
		write: (name, value) => {
			if (signal.aborted) return;
			const text = JSON.stringify(value);
			remove(name); // so that a full storage does not keep a stale value
			try {
				localStorage.setItem(prefix + name, text);
			} catch {
				memory.set(name, text);
			}
		},
		remove,
		names: () => {
			try {
				return Object.keys(localStorage)
					.filter((key) => key.startsWith(prefix))
					.map((key) => key.slice(prefix.length));
			} catch {
				return [];
			}
		},
	};
}
