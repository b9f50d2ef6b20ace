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
import type { Names } from "./names.ts";
import type { InboxRow } from "./storage.ts";

export function isGoingOn({ report, received }: InboxRow, now: number): boolean {
	return received > now - viewSilentMs && report.leaving?.how === "lost" && report.visit?.continued === false;
}

/** How many views are going on in each cell that counts leaving methods: by tree, then by key. */
export function countGoingOn(rows: InboxRow[], names: Names): Map<TreeName, Map<string, number>> {
	const counts = new Map<TreeName, Map<string, number>>();
	for (const { period, report } of rows) {
		for (const [tree, key] of countedIn(admitted(report, names.admit(period)))) {
			if (treeRules[tree].holds !== "all") continue;
			const keys = ensure(counts, tree, () => new Map<string, number>());
			keys.set(key, (keys.get(key) ?? 0) + 1);
		}
	}
	return counts;
}

/** Moves views from `lost` to `unknown`, in place. */
export function leaveOpen(tally: Tally, views: number): Tally {
	for (const measure of ["leaving", "exits"] as const) {
		count(tally, measure, -views, leavingMethods.indexOf("lost"));
		count(tally, measure, views, leavingMethods.indexOf("unknown"));
	}
	return tally;
}
