/**
 * From views to reports in the ledger: gives each view its place in a visit, joins it with the view before it,
 * and makes a new report whenever there is something new to say. Leaves out: when to report, and sending.
 */

import type { Report } from "../schema/report.ts";
import type { AimStep } from "../schema/site.ts";
import { reachAims } from "./aims.ts";
import { tellArrival } from "./arrival.ts";
import { claimGroups } from "./bounded.ts";
import type { Setting } from "./config.ts";
import type { Ledger } from "./ledger.ts";
import { type Consent, type PageView, randomId } from "./page-view.ts";
import { makeReport, type Seen } from "./report.ts";
import type { Shelf } from "./storage.ts";
import { gapOf, isOpen, settle, type Visit } from "./visit.ts";

export interface Journal {
	/**
	 * One synchronous step, to be run under the lock, which is missing in old browsers and without TLS. `navigation` is the
	 * type of the page's load, where it is one.
	 */
	place(view: PageView, began: number, navigation: string | undefined, setting: Setting, lock: Lock | undefined): void;
	/** Makes a new report if anything is new. */
	renew(view: PageView, lock?: Lock): void;
}

export function openJournal(shelf: Shelf, ledger: Ledger, consent: Consent): Journal {
	let aims: AimStep[][] = [];
	/** Survives a page that clears its storage. */
	let lastSeen: Seen | undefined;

	/** A release counts a browser once: without the lock, or where storage does not last, nobody knows whether it was. */
	const claim = (report: Report, lock: Lock | undefined) => {
		if (lock && !shelf.write("bounded", claimGroups(report, shelf.read("bounded")))) delete report.bounded;
	};

	/** Not kept with the visit, which only changes under the lock. */
	const reach = ({ happened, goals }: PageView) => {
		const reached = shelf.read<string[]>("goals") ?? [];
		for (const happening of happened.splice(0)) {
			const keys = reachAims(aims, happening, reached);
			goals.push(...keys);
			reached.push(...keys);
		}
		if (reached[0]) shelf.write("goals", reached);
	};

	const renew: Journal["renew"] = (view, lock) => {
		const known = view.report;
		const seen = shelf.read<Seen>("seen") ?? lastSeen;
		if (!known || !seen) return; // has no place yet
		const newest = ledger.newest(known.view) ?? known; // of another page, perhaps, that has settled this view
		lastSeen = seen;
		reach(view);
		const report = makeReport(newest, view, seen);
		claim(report, lock);
		if (JSON.stringify(newest) === JSON.stringify(report)) return;
		shelf.write("seen", seen);
		report.seq++;
		view.report = report;
		ledger.keep(report);
	};

	const place: Journal["place"] = (view, began, navigation, { config, moment }, lock) => {
		const { site, books, channels, search, country, device, browser, os } = config;
		const { page, kind, leaving } = view;
		const query = [...new URLSearchParams(view.query.split(/[?#]/)[1])];
		const visit = shelf.read<Visit>("visit");
		const last = shelf.read<number>("last") ?? 0;
		const newest = leaving && visit && isOpen(visit, last, began) ? ledger.newest(visit.view) : undefined;
		const previous = newest?.consent.policy === consent.policy ? newest : undefined;
		if (previous) {
			const settled = settle(previous, began - last, navigation === "reload" ? page : undefined);
			claim(settled, lock);
			ledger.keep(settled);
		} else {
			shelf.write("goals");
			ledger.prune();
		}

		const { period, hour, book } = previous ?? { ...moment, book: Math.floor(Math.random() * books) };
		const seen = shelf.read<Seen>("seen");
		const isNew = seen?.period !== period;
		if (isNew) shelf.write("seen", { ...moment, pairs: [] });
		// Only a page that was navigated to was come to from somewhere: a reload still has the old referrer.
		const referrer = navigation === "navigate" ? document.referrer : "";
		const language = /^[a-z]{2,3}/.exec(navigator.language)?.[0] ?? "und";
		const id = randomId();
		const entrySpeed = previous?.visit?.entrySpeed;
		view.report = {
			v: 2,
			site,
			view: id,
			seq: 0,
			...(book && { book }),
			consent,
			period,
			hour,
			first: [],
			place: { page, kind, country, device, browser, os, language },
			...(leaving && {
				visit: {
					index: (previous?.visit?.index ?? 0) + 1,
					...(previous ? { before: previous.place.page } : tellArrival(referrer, location.host, query, channels)),
					continued: false,
					...(query.some(([name, words]) => words && new RegExp(search).test(name)) && { search: true }),
					...(entrySpeed !== undefined && { entrySpeed }),
					...(isNew && { gap: gapOf(seen?.begins, moment) }),
				},
			}),
		};
		if (leaving) {
			shelf.write("visit", { began: previous ? visit?.began : began, view: id });
			aims = config.aims;
		}
		view.happened.unshift(["page", page]);
		shelf.write("last", began);
		renew(view, lock);
	};
	return { place, renew };
}
