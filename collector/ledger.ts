/**
 * What this browser has reported, kept on the device so that the visitor can see it and take it out of the statistics
 * again; also where the next view finds its predecessor. Every view has keys of its own, because tabs cannot change a
 * common one safely: storage reaches other processes late. Never sent as such. Leaves out: what goes when.
 */
import { outboxMs, receiptMs } from "../schema/limits.ts";
import type { Report } from "../schema/report.ts";
import { maxLedgerViews, maxReportsPerView } from "./limits.ts";
import type { Shelf } from "./storage.ts";

/** Of one view. */
export interface Page {
	/** When the first and the newest report were made, ms. */
	began?: number;
	at: number;
	/** The newest reports, oldest first. */
	reports: Report[];
}

export interface Ledger {
	/** Newest report of a view. */
	newest(view: string): Report | undefined;
	/** Adds a report, and marks its view as waiting to be delivered. */
	keep(report: Report): void;
	/** The newest reports of the views that wait, oldest first; what is too old would be refused and stays. */
	undelivered(): Report[];
	/** These reports were acknowledged, or refused for good. */
	done(reports: Report[]): void;
	/** Forgets what is old or too much. */
	prune(): void;
}

export function openLedger(shelf: Shelf): Ledger {
	const read = (view: string): Page => shelf.read(`view:${view}`) ?? { began: Date.now(), at: 0, reports: [] };
	const newest = (view: string) => read(view).reports.at(-1);
	const pages = (names: string[]) => names.map(read).sort((a, b) => a.at - b.at);
	return {
		newest,
		keep: (report) => {
			const { view } = report;
			const page = read(view);
			page.at = Date.now();
			page.reports = [...page.reports, report].slice(-maxReportsPerView);
			shelf.write(`view:${view}`, page);
			shelf.write(`out:${view}`, 1);
		},
		undelivered: () =>
			pages(shelf.names("out:")).flatMap(({ at, reports }) => (Date.now() - at < outboxMs && reports.at(-1)) || []),
		done: (reports) => {
			for (const { view, seq } of reports) if (newest(view)?.seq === seq) shelf.write(`out:${view}`);
		},
		prune: () => {
			const all = pages(shelf.names("view:")).reverse();
			all.forEach(({ at, reports }, index) => {
				if (index >= maxLedgerViews || Date.now() - at > receiptMs) shelf.write(`view:${reports[0]?.view}`);
			});
		},
	};
}
