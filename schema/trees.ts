/**
 * The table of trees: by what page views are counted. Adding one is one line.
 * The collector uses it to tell which (tree, key) pairs a browser touches for the first time, the fold to count.
 */
import type { Report } from "./report.ts";

/** Joins the parts of a key. Cleaned names never hold a control character. */
export const keySeparator = "\t";
/** The parts of a key of two parts. */
export function splitKey(key: string): [string, string] {
	const at = key.lastIndexOf(keySeparator);
	return [key.slice(0, at), key.slice(at + 1)];
}

/** The name under which rare keys are counted together. */
export const otherName = "(other)";

const join = (...parts: string[]) => [parts.join(keySeparator)];

export interface Tree {
	/** Keys of this tree that a report counts for, of one or more parts. */
	keys(report: Report): string[];
	/** What its cells count: every measure, page views only, or clicks only. */
	holds: "all" | "views" | "clicks";
	/** True where a report may touch several keys. */
	several?: true;
	/** True where unique visitors are counted (`gap`). */
	visitors?: true;
}

const place = (report: Report) => report.place;
const isEntry = (report: Report) => report.visit?.index === 1;
const channelOf = (report: Report) => report.visit?.channel ?? "direct";

export const trees = {
	site: { keys: () => [""], holds: "all", visitors: true },
	device: { keys: (r) => [place(r).device], holds: "all", visitors: true },
	page: { keys: (r) => [place(r).page], holds: "all" },
	"page-device": { keys: (r) => join(place(r).page, place(r).device), holds: "all" },
	"page-previous": { keys: (r) => (r.visit?.before ? join(place(r).page, r.visit.before) : []), holds: "views" },
	"page-channel": { keys: (r) => (isEntry(r) ? join(place(r).page, channelOf(r)) : []), holds: "views" },
	channel: { keys: (r) => (isEntry(r) ? [channelOf(r)] : []), holds: "all" },
	"channel-referrer": {
		keys: (r) => (isEntry(r) && r.visit?.referrer ? join(channelOf(r), r.visit.referrer) : []),
		holds: "all",
	},
	"page-element": {
		keys: (r) => (r.interaction?.clicks ?? []).flatMap(([element]) => join(place(r).page, element)),
		holds: "clicks",
		several: true,
	},
} as const satisfies Record<string, Tree>;

export type TreeName = keyof typeof trees;
export const treeNames = Object.keys(trees) as TreeName[];

/** The entry of a report's `first` for one (tree, key) pair: the tree, and the key's last part where there are several. */
export function firstMark(tree: TreeName, key: string): string {
	return "several" in trees[tree] ? `${tree}:${key.slice(key.lastIndexOf(keySeparator) + 1)}` : tree;
}

/** Every (tree, key) pair a report touches. */
export function touched(report: Report): [TreeName, string][] {
	return treeNames.flatMap((tree) => trees[tree].keys(report).map((key): [TreeName, string] => [tree, key]));
}
