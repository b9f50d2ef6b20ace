/**
 * Views whose newest report has not been acknowledged, oldest first, kept in storage so that the next page can offer them
 * again. The reports themselves are in the ledger. Leaves out: how bytes travel.
 */
import { maxReportsPerPost, outboxMs } from "../../schema/limits.ts";
import type { Report } from "../../schema/report.ts";
import type { Ledger } from "../ledger.ts";
import type { Shelf } from "../storage.ts";

/** Below the 64 KiB that everything in flight on the page shares. */
const maxBatchBytes = 60 * 1024;

/** `offered` is the newest seq that left the device, acknowledged or not. */
type Entry = [view: string, seq: number, at: number, offered: number];

export interface Outbox {
	put(report: Report, at: number): void;
	/** True while the newest report of the view has not left the device. */
	isUnsent(view?: string): boolean;
	/** What goes next: the newest report of each view, as long as they fit. */
	batch(): Report[];
	offered(batch: Report[]): void;
	/** Acknowledged, or refused for good. */
	done(batch: Report[]): void;
	/** Forgets what is too old, or was said under another policy version and would be refused. */
	prune(now: number, policy: string): void;
}

export function openOutbox(shelf: Shelf, ledger: Ledger): Outbox {
	const entries = () => shelf.read<Entry[]>("outbox") ?? [];
	const write = (all: Entry[]) => shelf.write("outbox", all);
	return {
		put: ({ view, seq }, at) => {
			const all = entries();
			const entry = all.find(([id]) => id === view);
			if (entry) entry.splice(1, 2, seq, at);
			else all.push([view, seq, at, 0]);
			write(all);
		},
		isUnsent: (view) => entries().some(([id, seq, , offered]) => (!view || id === view) && offered < seq),
		batch: () => {
			let bytes = 2;
			return entries()
				.flatMap(([view]) => ledger.newest(view) ?? [])
				.slice(0, maxReportsPerPost)
				.filter((report) => {
					bytes += new Blob([JSON.stringify(report)]).size + 1;
					return bytes <= maxBatchBytes;
				});
		},
		offered: (batch) => {
			write(
				entries().map(([view, seq, at, offered]) => {
					const sent = batch.find((report) => report.view === view);
					return [view, seq, at, sent?.seq ?? offered];
				}),
			);
		},
		done: (batch) =>
			write(entries().filter(([view, seq]) => !batch.some((report) => report.view === view && report.seq >= seq))),
		prune: (now, policy) =>
			write(entries().filter(([view, , at]) => now - at < outboxMs && ledger.newest(view)?.consent.policy === policy)),
	};
}
