/**
 * From views to reports in the ledger: gives each view its place in a visit, joins it with the view before it,
 * and makes a new report whenever there is something new to say. Leaves out: when to report, and sending.
 */
import { tellArrival } from "./arrival.ts";
import type { Setting } from "./config.ts";
import type { Ledger } from "./ledger.ts";
import { type Consent, type PageView, randomId } from "./page-view.ts";
import { makeReport, type Seen } from "./report.ts";
import type { Shelf } from "./storage.ts";
import { gapOf, isOpen, settle, type Visit } from "./visit.ts";

export interface Journal {
	/** One synchronous step, to be run under the lock. `navigation` is the type of the page's load, where it is one. */
	place(view: PageView, began: number, navigation: string | undefined, setting: Setting): void;
	/** Makes a new report if anything is new. `acted` is when the visitor last did something, ms. */
	renew(view: PageView, acted: number): void;
}

export function openJournal(shelf: Shelf, ledger: Ledger, consent: Consent): Journal {
	const renew = (view: PageView, acted: number) => {
		const known = view.report;
		const seen = shelf.read<Seen>("seen");
		if (!known || !seen) return; // has no place yet
		const newest = ledger.newest(known.view) ?? known; // of another page, perhaps, that has settled this view
		const report = makeReport(newest, view, seen);
		shelf.write("last", acted);
		if (JSON.stringify(newest) === JSON.stringify(report)) return;
		shelf.write("seen", seen);
		report.seq++;
		view.report = report;
		ledger.keep(report);
	};

	const place = (view: PageView, began: number, navigation: string | undefined, { config, moment }: Setting) => {
		const { site, books, channels, country, device, browser, os } = config;
		const { page, kind, leaving } = view;
		const visit = shelf.read<Visit>("visit");
		const last = shelf.read<number>("last") ?? 0;
		const newest = leaving && visit && isOpen(visit, last, began) ? ledger.newest(visit.view) : undefined;
		const previous = newest?.consent.policy === consent.policy ? newest : undefined;
		if (previous) ledger.keep(settle(previous, began - last, navigation === "reload" ? page : undefined));
		else ledger.prune();

		const { period, hour, book } = previous ?? { ...moment, book: Math.floor(Math.random() * books) };
		const seen = shelf.read<Seen>("seen");
		const isNew = seen?.period !== period;
		if (isNew) shelf.write("seen", { ...moment, pairs: [] });
		// Only a page that was navigated to was come to from somewhere: a reload still has the old referrer.
		const referrer = navigation === "navigate" ? document.referrer : "";
		const language = /^[a-z]{2,3}/.exec(navigator.language)?.[0] ?? "und";
		const id = randomId();
		view.report = {
			v: 1,
			site,
			view: id,
			seq: 0,
			book,
			consent,
			period,
			hour,
			first: [],
			place: { page, kind, country, device, browser, os, language },
			...(leaving && {
				visit: {
					index: (previous?.visit?.index ?? 0) + 1,
					...(previous ? { before: previous.place.page } : tellArrival(referrer, location, channels)),
					continued: false,
					...(isNew && { gap: gapOf(seen?.begins, moment) }),
				},
			}),
		};
		if (leaving) shelf.write("visit", { began: previous ? visit?.began : began, view: id });
		renew(view, began);
	};
	return { place, renew };
}
