/**
 * What another tool counted on a day, by tree and key, and its cells as the seal takes them. Only what such tools can tell: page
 * views, visits, bounces and visitors, exits by page. No time, no speed, no way of leaving, so no percentile ever rests on them.
 * Pure. Leaves out reading their files (scripts/history) and writing (import-history.ts).
 */
import { leavingMethods } from "../../schema/leaving.ts";
import { otherName, type TreeRule, treeRules } from "../../schema/tree-rules.ts";
import type { TreeName } from "../../schema/trees.ts";
import type { Cell, PeriodCells } from "../book/cells.ts";
import { ensure } from "../book/ensure.ts";
import { count, type Tally } from "../query/tally.ts";

/** Of one name on one day. Missing where the tool does not tell. */
export interface Counted {
	/** Distinct visitors: what sealing goes by, and visits (or page views) where a tool does not tell them. */
	visitors?: number;
	views?: number;
	/** Visits that began here: of a page as its entry, of everything else all visits. */
	entries?: number;
	bounces?: number;
	/** Of a page, visits that ended on it. */
	exits?: number;
}

/** By key; the whole site is the key "" of the tree `site`. */
export type DayCounts = Map<TreeName, Map<string, Counted>>;
/** By local date. */
export type History = Map<string, DayCounts>;

/** Adds what was counted of a name. */
export function add(history: History, date: string, tree: TreeName, key: string, counted: Counted): void {
	const day = ensure(history, date, (): DayCounts => new Map());
	const known = ensure(
		ensure(day, tree, () => new Map<string, Counted>()),
		key,
		(): Counted => ({}),
	);
	for (const [name, n] of Object.entries(counted) as [keyof Counted, number][]) known[name] = (known[name] ?? 0) + n;
}

/** Trees in which every page view, or the entry of every visit, has one key: what a tool does not name is "(other)" there. */
const wholeTrees: readonly TreeName[] = ["device", "page", "channel", "country", "language", "os", "hour"];
/** Trees of entries: a cell counts their page views, each of which ended its visit where it was a bounce. */
const entryTrees: readonly TreeName[] = ["channel", "channel-referrer", "channel-campaign"];
const unknownMethod = leavingMethods.indexOf("unknown");
/** Of good, needs improvement, poor, not known. */
const unknownSpeed = 3;

/** The cells of a day. Null where the tool tells nothing of the day as a whole, or nobody came. */
export function cellsOf(day: DayCounts): PeriodCells | null {
	const told = day.get("site")?.get("");
	if (!told || peopleOf(told) === 0) return null;
	const site = consistent("site", told);
	const trees = new Set([...day.keys(), ...wholeTrees]);
	const cells: PeriodCells = new Map();
	for (const tree of trees) {
		const keys = new Map([...(day.get(tree) ?? [])].map(([key, counted]) => [key, consistent(tree, counted)]));
		if (wholeTrees.includes(tree)) addRest(tree, keys, site);
		cells.set(tree, new Map([...keys].map(([key, counted]) => [key, cellOf(tree, counted)])));
	}
	return cells;
}

/** Distinct visitors, or what stands in for them. */
export const peopleOf = ({ visitors, entries = 0, views = 0 }: Counted) => visitors ?? (entries || views);

/** No more entries, exits or bounces than page views: tools count them apart, and samples of theirs contradict each other. */
function consistent(
	tree: TreeName,
	{ views = 0, entries = 0, bounces = 0, exits = 0, ...rest }: Counted,
): Required<Counted> {
	const people = { visitors: peopleOf({ ...rest, views, entries }) };
	if (tree === "page") {
		const begun = Math.min(entries, views);
		return { ...people, views, entries: begun, bounces: Math.min(bounces, begun), exits: Math.min(exits, views) };
	}
	const single = Math.min(bounces, entries);
	if (entryTrees.includes(tree)) return { ...people, views: entries, entries, bounces: single, exits: single };
	return { ...people, views: Math.max(views, entries), entries, bounces: single, exits: entries };
}

/** Puts what the names do not add up to into "(other)", so that every tree sums to the site, and what is not known counts as hidden. */
function addRest(tree: TreeName, keys: Map<string, Required<Counted>>, site: Required<Counted>): void {
	const missing = (name: keyof Counted) =>
		Math.max(
			0,
			[...keys].reduce((left, [key, counted]) => (key === otherName ? left : left - counted[name]), site[name]),
		);
	const entries = missing("entries");
	const views = entryTrees.includes(tree) ? entries : missing("views");
	keys.delete(otherName);
	if (views === 0) return;
	const rest = { views, entries, bounces: missing("bounces"), exits: missing("exits") };
	// How many people these are is not known: as many as visits or page views, but no more than there were.
	keys.set(otherName, consistent(tree, { ...rest, visitors: Math.min(site.visitors, entries || views) }));
}

function cellOf(tree: TreeName, { visitors, views, entries, bounces, exits }: Required<Counted>): Cell {
	const { holds }: TreeRule = treeRules[tree];
	const tally: Tally = new Map();
	count(tally, "views", views);
	if (holds !== "views") {
		count(tally, "entries", entries);
		count(tally, "bounces", bounces);
	}
	if (holds === "all") {
		count(tally, "leaving", views, unknownMethod);
		count(tally, "exits", exits, unknownMethod);
		count(tally, "entriesBySpeed", entries, unknownSpeed);
		count(tally, "bouncesBySpeed", bounces, unknownSpeed);
	}
	return { devices: visitors, tally };
}
