/**
 * The table of trees: by what page views are counted. Adding one is one line at the end, because reports count by the order,
 * and one in tree-rules.ts.
 * The collector uses it to tell which (tree, key) pairs a browser touches for the first time, the fold to count. Leaves out
 * what only the server needs to know of a tree, because visitors load this file.
 */
import type { Report } from "./report.ts";

/** Joins the parts of a key. Cleaned names never hold a control character. */
export const keySeparator = "\t";

/** One key, several, or none. Where there can be several, it is always a list. */
type Keys = string | string[] | undefined | false;

const join = (...parts: (string | undefined)[]) => parts.join(keySeparator);
const isEntry = ({ visit }: Report) => visit?.index === 1;
const channelOf = ({ visit }: Report) => visit?.channel ?? "direct";
const names = (list: readonly (readonly [string, ...unknown[]])[] = []) => [...new Set(list.map(([name]) => name))];
const below = ({ place }: Report, keys: string[]) => keys.map((key) => join(place.page, key));

/** The elements a report says something about: clicked, painted largest, or slowest to answer. */
export function elementsOf({ speed, interaction }: Report): string[] {
	const shown = [speed?.lcpOf?.element, speed?.inpOf?.element].flatMap((name) => name ?? []);
	return [...new Set([...names(interaction?.clicks), ...shown])];
}

export const trees = {
	site: () => "",
	device: (r) => r.place.device,
	page: (r) => r.place.page,
	"page-device": (r) => join(r.place.page, r.place.device),
	"page-previous": (r) => r.visit?.before && join(r.place.page, r.visit.before),
	"page-channel": (r) => isEntry(r) && join(r.place.page, channelOf(r)),
	channel: (r) => isEntry(r) && channelOf(r),
	"channel-referrer": (r) => r.visit?.referrer && join(channelOf(r), r.visit.referrer),
	"channel-campaign": (r) => r.visit?.campaign && join(channelOf(r), r.visit.campaign),
	country: (r) => r.place.country,
	language: (r) => r.place.language,
	"device-browser": (r) => join(r.place.device, r.place.browser),
	os: (r) => r.place.os,
	hour: (r) => `${r.hour}`,
	"exit-target": (r) => r.leaving?.host,
	"page-element": (r) => below(r, elementsOf(r)),
	"page-form": (r) => below(r, names(r.interaction?.forms)),
	/** Where forms that were begun and not submitted were given up. */
	"page-field": (r) =>
		below(r, r.interaction?.forms?.flatMap(([form, sent, last]) => (sent || !last ? [] : `${form} › ${last}`)) ?? []),
	error: (r) => names(r.interaction?.errors),
	outbound: (r) => names(r.interaction?.outbound),
	download: (r) => names(r.interaction?.downloads),
	event: (r) => names(r.own?.events),
	"event-property": (r) => names(r.own?.properties),
	route: (r) => names(r.speed?.routes),
	"third-party": (r) => names(r.speed?.parties),
	goal: (r) => r.visit?.goals ?? [],
} as const satisfies Record<string, (report: Report) => Keys>;

type VisitorsTree = keyof typeof trees;
/** Grants are told by the report itself: a browser need not count them. */
export type TreeName = VisitorsTree | "grant";

/** Every (tree, key) pair a report touches. `first` of the report counts them in this order, from 0. */
export function touched(report: Report): [tree: TreeName, key: string][] {
	return (Object.keys(trees) as VisitorsTree[]).flatMap((tree) => {
		const keys: Keys = trees[tree](report);
		return (typeof keys === "string" ? [keys] : keys || []).map((key): [TreeName, string] => [tree, key]);
	});
}
