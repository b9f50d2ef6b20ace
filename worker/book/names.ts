/**
 * The names that have their place in the book, per period and scope. A list only grows while its period is open and is
 * stored in the same transaction as the report that brought the name, so a name is always judged the same way.
 */
import { maxElementsPerPage, maxHosts, maxPages } from "../../schema/limits.ts";
import { ensure } from "./ensure.ts";
import type { Admit } from "./fold.ts";
import type { BookStorage } from "./storage.ts";

/** How many names a scope has room for. */
function room(scope: string): number {
	if (scope === "page") return maxPages;
	return scope === "referrer" ? maxHosts : maxElementsPerPage;
}

export class Names {
	readonly #store: BookStorage;
	readonly #periods = new Map<string, Map<string, Set<string>>>();

	constructor(store: BookStorage) {
		this.#store = store;
		for (const { period, scope, name } of store.names()) this.#listOf(period, scope).add(name);
	}

	#listOf(period: string, scope: string): Set<string> {
		const scopes = ensure(this.#periods, period, () => new Map<string, Set<string>>());
		return ensure(scopes, scope, () => new Set());
	}

	/** Judges names of one period; a new name gets a place while there is room. */
	admit(period: string): Admit {
		return (scope, name) => {
			const list = this.#listOf(period, scope);
			if (list.has(name)) return true;
			if (list.size >= room(scope)) return false;
			list.add(name);
			this.#store.addName(period, scope, name);
			return true;
		};
	}

	forget(period: string): void {
		this.#periods.delete(period);
	}
}
