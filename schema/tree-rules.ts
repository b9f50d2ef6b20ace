/**
 * What the server needs to know of each tree: since which version of the report, what its cells hold, and how it is sealed.
 * Kept apart from trees.ts, because visitors load that one. Leaves out the sealing itself (worker/closing/seal.ts).
 */

import { type BoundedGroup, boundedGroups } from "./bounded.ts";
import { formLines, isLoad, type Lines, type MeasureName, measureNames, measures } from "./measures.ts";
import type { Report } from "./report.ts";
import { keySeparator, type TreeName, touched } from "./trees.ts";

/** The name under which rare keys are counted together. */
export const otherName = "(other)";

/** The parts of a key of two parts. */
export function splitKey(key: string): [string, string] {
	const at = key.lastIndexOf(keySeparator);
	return [key.slice(0, at), key.slice(at + 1)];
}

export interface TreeRule {
	/** What its cells count; see `heldBy`. */
	holds: keyof typeof heldBy;
	/** Where a key names something on the page view: the list it stands in, or that it is there once. */
	lines?: "once" | ((report: Report) => Lines | undefined);
	/**
	 * How it is sealed: kept whole, as a list, as lists below the visible keys of a parent, or as a crossing table of two
	 * others (rows, columns).
	 */
	seal: "whole" | "list" | { below: TreeName } | { crossing: readonly [TreeName, TreeName] };
	/** True where unique visitors are counted (`gap`). */
	visitors?: true;
	/** Version of the report that brought it; older ones were never counted in it and must not be taken out of it. */
	since: 1 | 2;
}

/** The measures that cells hold: of a whole page view, all or the main ones; or of what the key is about. */
export const heldBy = {
	all: measureNames.filter((name) => !("only" in measures[name])),
	main: ["views", "entries", "bounces", "apart", "engaged", "lcp", "inp", "ttfb"],
	views: ["views"],
	element: ["clicks", "clickedViews", "rage", "dead", "afterError", "lcp", "inp"],
	form: ["formsStarted", "formsSubmitted", "formsAbandoned"],
	requests: ["requests", "failed", "duration"],
	goal: ["reached", "reachedBySpeed"],
	times: ["times", "inViews"],
	grants: ["grants"],
} as const satisfies Record<string, readonly MeasureName[]>;

export const treeRules = {
	site: { holds: "all", seal: "whole", visitors: true, since: 1 },
	device: { holds: "all", seal: "list", visitors: true, since: 1 },
	page: { holds: "all", seal: "list", since: 1 },
	"page-device": { holds: "all", seal: { crossing: ["page", "device"] }, since: 1 },
	"page-previous": { holds: "views", seal: { crossing: ["page", "page"] }, since: 1 },
	"page-channel": { holds: "views", seal: { crossing: ["page", "channel"] }, since: 1 },
	channel: { holds: "all", seal: "list", since: 1 },
	"channel-referrer": { holds: "all", seal: { below: "channel" }, since: 1 },
	"channel-campaign": { holds: "main", seal: { below: "channel" }, since: 2 },
	country: { holds: "main", seal: "list", since: 2 },
	language: { holds: "main", seal: "list", since: 2 },
	"device-browser": { holds: "main", seal: { below: "device" }, since: 2 },
	os: { holds: "main", seal: "list", since: 2 },
	hour: { holds: "main", seal: "list", since: 2 },
	"exit-target": { holds: "views", seal: "list", since: 2 },
	"page-element": { holds: "element", lines: (r) => r.interaction?.clicks, seal: { below: "page" }, since: 1 },
	"page-form": { holds: "form", lines: formLines, seal: { below: "page" }, since: 2 },
	"page-field": { holds: "times", lines: "once", seal: { below: "page" }, since: 2 },
	error: { holds: "times", lines: (r) => r.interaction?.errors, seal: "list", since: 2 },
	outbound: { holds: "times", lines: (r) => r.interaction?.outbound, seal: "list", since: 2 },
	download: { holds: "times", lines: (r) => r.interaction?.downloads, seal: "list", since: 2 },
	event: { holds: "times", lines: (r) => r.own?.events, seal: "list", since: 2 },
	"event-property": { holds: "times", lines: (r) => r.own?.properties, seal: { below: "event" }, since: 2 },
	route: { holds: "requests", lines: (r) => r.speed?.routes, seal: "list", since: 2 },
	"third-party": { holds: "requests", lines: (r) => r.speed?.parties, seal: "list", since: 2 },
	goal: { holds: "goal", lines: "once", seal: "list", since: 2 },
	grant: { holds: "grants", seal: "list", since: 2 },
} as const satisfies Record<TreeName, TreeRule>;

export const treeNames = Object.keys(treeRules) as TreeName[];

/** Trees of which a report can touch several keys. */
const lists = new Set(treeNames.filter((tree) => "lines" in treeRules[tree]));

/**
 * What a report touches, by the rules of its version, and the mark of the browser's first time there in the period: the
 * tree, and the key without its page where there can be several.
 */
export function countedIn(report: Report): [tree: TreeName, key: string, mark: string][] {
	const page = report.place.page + keySeparator;
	const { given, policy, by } = report.consent;
	const grants: [TreeName, string][] = given ? [["grant", policy + keySeparator + by]] : [];
	return [...touched(report), ...grants]
		.filter(([tree]) => treeRules[tree].since <= report.v)
		.map(([tree, key]) => [tree, key, lists.has(tree) ? `${tree}:${key.replace(page, "")}` : tree]);
}

/** The marks of a report, whether it gives them as numbers or in words; a grant is its browser's first of its kind. */
export function marksOf(report: Report): string[] {
	// What is stored has words already, and is read for every fold.
	const counted = report.first.some((mark) => typeof mark === "number") ? countedIn(report) : [];
	const marks = report.first.flatMap((mark) => (typeof mark === "string" ? mark : (counted[mark]?.[2] ?? [])));
	return report.consent.given && isLoad(report) ? [...marks, "grant"] : marks;
}

/** The names of the groups of a release that a report counts in. */
export function groupsOf({ bounded = [] }: Report): BoundedGroup[] {
	return bounded.flatMap((group) => (typeof group === "string" ? group : (boundedGroups[group] ?? [])));
}

/**
 * Browsers counted for a release, by group or `group`, tab, name: kept in the open book beside the trees, never sealed, and
 * dropped when the period closes.
 */
export const boundedTree = "bounded";
/** Every tree of an open book. */
export type BookTree = TreeName | typeof boundedTree;
export const bookTrees: BookTree[] = [...treeNames, boundedTree];
