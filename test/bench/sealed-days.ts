/**
 * Sealed days of a busy site: the demo shop's sample visits spread over some forty copies of its pages (about 500 in all),
 * folded and sealed as a book does it. Leaves out where they are stored.
 */
import { randomFrom } from "../../demo/random.ts";
import { sampleReports } from "../../demo/sample-visits.ts";
import type { Report } from "../../schema/report.ts";
import { Cells } from "../../worker/book/cells.ts";
import { fold } from "../../worker/book/fold.ts";
import { seal } from "../../worker/closing/seal.ts";
import { encode } from "../../worker/query/tally.ts";

/** Copies of the shop, the first one the most visited: copy n weighs 1 / n. */
const copies = 39;
const weights = Object.fromEntries(Array.from({ length: copies }, (_, n) => [`c${n}`, 1 / (n + 1)]));

/** A visit stays in one copy of the shop. First times in a period are told as the shop tells them. */
export function spread(reports: Report[], seed: string): Report[] {
	const random = randomFrom(seed);
	let copy = "";
	return reports.map((report) => {
		const { place, visit } = report;
		if (visit?.index === 1) copy = random.pick(weights);
		const moved = (page: string) => (copy === "c0" ? page : `/${copy}${page === "/" ? "" : page}`);
		return {
			...report,
			place: { ...place, page: moved(place.page) },
			...(visit && { visit: { ...visit, ...(visit.before ? { before: moved(visit.before) } : {}) } }),
		};
	});
}

export type SealedRow = [tree: string, key: string, devices: number, tally: string];

/** The rows of table `cell` for a day of about so many page views. */
export function sealedDay(date: string, views: number, k = 5): { views: number; rows: SealedRow[] } {
	/** Level 1 is about this many page views. */
	const viewsAtLevelOne = 1250;
	const reports = spread(
		sampleReports({ seed: 1, site: "year", policy: "none", date, level: views / viewsAtLevelOne }),
		date,
	);
	const cells = new Cells();
	for (const report of reports) cells.add(date, fold(report));
	const sealed = seal(cells.periods.get(date) ?? new Map(), k) ?? [];
	return {
		views: reports.length,
		rows: sealed.map(({ tree, key, devices, tally }) => [tree, key, devices, encode(tally)]),
	};
}
