/**
 * The names that have their place in the book, per period and scope. A list only grows while its period is open and is
 * stored in the same transaction as the report that brought the name, so a name is always judged the same way.
 */
import * as limits from "../../schema/limits.ts";
import { keySeparator } from "../../schema/trees.ts";
import type { Admit } from "./admit.ts";
import { ensure } from "./ensure.ts";
import type { BookStorage, NameRow } from "./storage.ts";

/** How many names a scope has room for: of the whole site, or (`scope`, tab, page or event) of one page or event. */
const rooms = {
	page: limits.maxPages,
	referrer: limits.maxHosts,
	campaign: limits.maxCampaigns,
	goal: limits.maxGoals + limits.maxFunnels * limits.maxStepsPerFunnel,
	exit: limits.maxHosts,
	browser: limits.maxFamilies,
	os: limits.maxFamilies,
	language: limits.maxLanguages,
	element: limits.maxElementsPerPage,
	form: limits.maxFormsPerPage,
	field: limits.maxFieldsPerPage,
	error: limits.maxErrors,
	outbound: limits.maxHosts,
	download: limits.maxDownloads,
	event: limits.maxEvents,
	value: limits.maxValuesPerEvent,
	route: limits.maxRoutes,
	"third-party": limits.maxParties,
	mechanism: limits.maxMechanisms,
};

export type ScopeName = keyof typeof rooms;

function room(scope: string): number {
	const at = scope.indexOf(keySeparator);
	return rooms[(at < 0 ? scope : scope.slice(0, at)) as ScopeName];
}

export class Names {
	readonly #store: BookStorage;
	readonly #periods = new Map<string, Map<string, Set<string>>>();
	/** Names by period that are not stored yet. */
	#fresh = new Map<string, NameRow[]>();

	constructor(store: BookStorage) {
		this.#store = store;
		for (const [period, [scope, name]] of store.names()) this.#listOf(period, scope).add(name);
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
			ensure(this.#fresh, period, (): NameRow[] => []).push([scope, name]);
			return true;
		};
	}

	/** Stores the new names, in the transaction of the reports that brought them. */
	store(): void {
		for (const [period, rows] of this.#fresh) this.#store.addNames(period, rows);
		this.#fresh = new Map();
	}

	forget(period: string): void {
		this.#periods.delete(period);
	}
}
