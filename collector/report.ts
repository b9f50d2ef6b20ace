/** From the state of a page view to the bytes that are sent: only parts whose purpose is granted. Pure. */
import { bucketOf } from "../schema/buckets.ts";
import { maxFirst } from "../schema/limits.ts";
import type { Purpose } from "../schema/purposes.ts";
import type { Report } from "../schema/report.ts";
import { firstMark, keySeparator, touched } from "../schema/trees.ts";
import type { PageView } from "./page-view.ts";

export interface About {
	site: string;
	consent: Report["consent"];
	place: Omit<Report["place"], "page" | "kind">;
}

/** The whole report of a view so far. The view has its booking. */
export function makeReport(view: PageView, { site, consent, place }: About): Report {
	const granted = (purpose: Purpose) => consent.purposes.includes(purpose);
	const { period = "", hour = 0, book = 0 } = view.booking ?? {};
	return {
		v: 1,
		site,
		view: view.id,
		seq: view.seq,
		book,
		consent,
		period,
		hour,
		first: view.first,
		place: { page: view.page, kind: view.kind, ...place },
		...(granted("visits") &&
			view.visit && {
				visit: view.visit,
				time: { visible: bucketOf(view.visibleMs), engaged: bucketOf(view.engagedMs) },
				leaving: view.leaving,
			}),
		...(granted("performance") && {
			speed: Object.fromEntries([...view.speed].map(([vital, value]) => [vital, bucketOf(value)])),
		}),
		...(granted("interactions") && { interaction: { scroll: view.scroll, clicks: [...view.clicks] } }),
	};
}

/** More than anybody looks at in a period, and little enough for storage. */
const maxPairs = 2_000;

/** What this browser has touched in a period, as `tree key`. */
export interface Seen {
	period: string;
	pairs: string[];
}

/** Adds the marks for what the report touches for the browser's first time in its period; true if there were any. */
export function markFirst(view: PageView, report: Report, seen: Seen): boolean {
	if (seen.period !== report.period) return false; // a late report of an older period: its marks were taken then
	const before = seen.pairs.length;
	for (const [tree, key] of touched(report)) {
		const pair = tree + keySeparator + key;
		if (seen.pairs.includes(pair) || seen.pairs.length >= maxPairs || view.first.length >= maxFirst) continue;
		seen.pairs.push(pair);
		view.first.push(firstMark(tree, key));
	}
	return seen.pairs.length > before;
}
