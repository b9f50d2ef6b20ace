/**
 * What this browser has reported, kept on the device so that the visitor can see it and take it out of the statistics
 * again; also where the next view finds its predecessor. Never sent as such. Leaves out: what still has to be delivered.
 */
import { receiptMs } from "../schema/limits.ts";
import type { Report } from "../schema/report.ts";
import { maxLedgerViews, maxReportsPerView } from "./limits.ts";
import type { Shelf } from "./storage.ts";

/** Of one view: when its newest report was made (ms), that report's seq, and the seq that needs no more delivery. */
export type Line = [at: number, seq: number, done: number];

export interface Ledger {
	/** A line for each view, oldest view first. */
	lines(): Record<string, Line>;
	/** Newest report of a view. */
	newest(view: string): Report | undefined;
	keep(report: Report): void;
	/** These reports were acknowledged, or refused for good. */
	done(reports: Report[]): void;
}

export function openLedger(shelf: Shelf): Ledger {
	const lines = () => shelf.read<Record<string, Line>>("ledger") ?? {};
	const reports = (view: string) => shelf.read<Report[]>(view) ?? [];
	return {
		lines,
		newest: (view) => reports(view).at(-1),
		keep: (report) => {
			const { view, seq } = report;
			const all = lines();
			const now = Date.now();
			shelf.write(view, [...reports(view), report].slice(-maxReportsPerView));
			all[view] = [now, seq, all[view]?.[2] ?? 0];
			for (const [old, [at]] of Object.entries(all)) {
				if (now - at < receiptMs && Object.keys(all).length <= maxLedgerViews) break;
				delete all[old];
				shelf.write(old);
			}
			shelf.write("ledger", all);
		},
		done: (reports) => {
			const all = lines();
			for (const { view, seq } of reports) all[view]?.fill(seq, 2);
			shelf.write("ledger", all);
		},
	};
}
