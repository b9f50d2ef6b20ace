/**
 * Page views that are going on: visible when last heard of, silent for less than 30 minutes. Their reports say `lost`,
 * which becomes true only if nothing follows; readers show their leaving as `unknown` until then. The cells stay as
 * folded, because a fold must not depend on the clock.
 */

import { leavingMethods } from "../../schema/leaving.ts";
import { viewSilentMs } from "../../schema/limits.ts";
import { countedIn, treeRules } from "../../schema/tree-rules.ts";
import type { TreeName } from "../../schema/trees.ts";
import { count, type Tally } from "../query/tally.ts";
import { admitted } from "./admit.ts";
import { ensure } from "./ensure.ts";
import type { LiveCells } from "./live.ts";
import type { Names } from "./names.ts";
import type { InboxRow } from "./storage.ts";

export function isGoingOn({ report, received }: InboxRow, now: number): boolean {
	return received > now - viewSilentMs && report.leaving?.how === "lost" && report.visit?.continued === false;
}

type Place = [tree: TreeName, key: string];

/** Cells that count leaving methods and have a report in them. */
function placesOf({ period, report }: InboxRow, names: Names): Place[] {
	return countedIn(admitted(report, names.admit(period)))
		.filter(([tree]) => treeRules[tree].holds === "all")
		.map(([tree, key]) => [tree, key]);
}

/** How many views are going on in each cell; what changes from one look to the next is worked out, and told to the cells. */
export class GoingOn {
	readonly #views = new Map<InboxRow, Place[]>();
	readonly #counts = new Map<string, Map<TreeName, Map<string, number>>>();

	/** `rows`: all that are going on now. */
	renew(rows: readonly InboxRow[], names: Names, cells: LiveCells): void {
		const now = new Set(rows);
		for (const [row, places] of this.#views) {
			if (now.has(row)) continue;
			this.#views.delete(row);
			this.#add(row.period, places, -1, cells);
		}
		for (const row of now) {
			if (this.#views.has(row)) continue;
			const places = placesOf(row, names);
			this.#views.set(row, places);
			this.#add(row.period, places, 1, cells);
		}
	}

	#add(period: string, places: Place[], by: 1 | -1, cells: LiveCells): void {
		const trees = ensure(this.#counts, period, () => new Map<TreeName, Map<string, number>>());
		for (const [tree, key] of places) {
			const keys = ensure(trees, tree, () => new Map<string, number>());
			const n = (keys.get(key) ?? 0) + by;
			if (n === 0) keys.delete(key);
			else keys.set(key, n);
			cells.touch(period, tree, key);
		}
	}

	of(period: string, tree: TreeName, key: string): number {
		return this.#counts.get(period)?.get(tree)?.get(key) ?? 0;
	}
}

/** Moves views from `lost` to `unknown`, in place. */
export function leaveOpen(tally: Tally, views: number): Tally {
	for (const measure of ["leaving", "exits"] as const) {
		count(tally, measure, -views, leavingMethods.indexOf("lost"));
		count(tally, measure, views, leavingMethods.indexOf("unknown"));
	}
	return tally;
}
