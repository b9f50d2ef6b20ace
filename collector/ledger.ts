/**
 * What this browser has reported, kept on the device so that the visitor can see it and take it out of the statistics
 * again; also where the next view finds its predecessor. Never sent as such. Leaves out: what still has to be delivered.
 */
import { receiptMs } from "../schema/limits.ts";
import type { Report } from "../schema/report.ts";
import type { Shelf } from "./storage.ts";

/** A good guest leaves storage to the page: about 500 kB at most. */
const maxViews = 200;
/** The counted report of a view is one of its newest. */
const maxReportsPerView = 8;

type Page = [at: number, ...reports: Report[]];
const nameOf = (view: string) => `view:${view}`;

export interface Ledger {
	/** Newest report of a view. */
	newest(view: string): Report | undefined;
	/** Adds a report; `instead` where the one before never left the device. */
	keep(report: Report, at: number, instead: boolean): void;
	prune(now: number): void;
}

export function openLedger(shelf: Shelf): Ledger {
	const read = (name: string) => shelf.read<Page>(name);
	return {
		newest: (view) => {
			const [, ...reports] = read(nameOf(view)) ?? [0];
			return reports.at(-1);
		},
		keep: (report, at, instead) => {
			const name = nameOf(report.view);
			const [, ...reports] = read(name) ?? [at];
			if (instead) reports.pop();
			shelf.write(name, [at, ...reports, report].toSpliced(1, Math.max(0, reports.length + 1 - maxReportsPerView)));
		},
		prune: (now) => {
			const pages = shelf
				.names()
				.filter((name) => name.startsWith(nameOf("")))
				.map((name): [string, number] => [name, read(name)?.[0] ?? 0])
				.sort((a, b) => b[1] - a[1]);
			pages.forEach(([name, at], index) => {
				if (index >= maxViews || now - at > receiptMs) shelf.remove(name);
			});
		},
	};
}
