/**
 * From views to reports that wait in the outbox: gives each view its place in a visit, joins it with the view before it,
 * and makes a new report whenever there is something new to say. Leaves out: when to report, and sending.
 */
import type { Purpose } from "../schema/purposes.ts";
import type { Report } from "../schema/report.ts";
import type { SiteConfig } from "../schema/site.ts";
import { tellArrival } from "./arrival.ts";
import type { Setting } from "./config.ts";
import { openLedger } from "./ledger.ts";
import type { PageView } from "./page-view.ts";
import { makeReport, markFirst, type Seen } from "./report.ts";
import type { Shelf } from "./storage.ts";
import type { Outbox } from "./transport/outbox.ts";
import { openOutbox } from "./transport/outbox.ts";
import { type Arrival, gapOf, isOpen, settle, type Visit } from "./visit.ts";

export interface Journal {
	outbox: Outbox;
	/** One synchronous step, to be run under the lock. */
	place(view: PageView, arrival: Arrival, setting: Setting): void;
	/** Makes a new report if anything is new. `acted` is when the visitor last did something, ms. */
	renew(view: PageView, now: number, acted: number): void;
}

export function openJournal(shelf: Shelf, site: string, consent: Report["consent"]): Journal {
	const ledger = openLedger(shelf);
	const outbox = openOutbox(shelf, ledger);
	const hasVisits = consent.purposes.includes("visits" satisfies Purpose);
	let config: SiteConfig | undefined;

	const keep = (report: Report, now: number) => {
		ledger.keep(report, now, outbox.isUnsent(report.view));
		outbox.put(report, now);
	};

	const renew = (view: PageView, now: number, acted: number) => {
		if (!view.booking || !config) return;
		const newest = ledger.newest(view.id);
		if (newest && newest.seq > view.seq) {
			view.seq = newest.seq; // another page has settled this view
			if (view.visit && newest.visit) view.visit.continued = newest.visit.continued;
		}
		const { country, device, browser, os } = config;
		const language = /^[a-z]{2,3}/.exec(navigator.language)?.[0] ?? "und";
		const about = { site, consent, place: { country, device, browser, os, language } };
		const seen = shelf.read<Seen>("seen");
		if (seen && markFirst(view, makeReport(view, about), seen)) shelf.write("seen", seen);
		const told = JSON.stringify({ ...makeReport(view, about), seq: 0 });
		if (told === view.told) return;
		view.told = told;
		view.seq++;
		keep(makeReport(view, about), now);
		const visit = shelf.read<Visit>("visit");
		if (visit?.view === view.id) shelf.write("visit", { ...visit, last: Math.max(visit.last, acted) });
	};

	const place = (view: PageView, arrival: Arrival, setting: Setting) => {
		const { now, tab } = arrival;
		config = setting.config;
		const known = hasVisits ? shelf.read<Visit>("visit") : undefined;
		const newest = known && isOpen(known, now) ? ledger.newest(known.view) : undefined;
		const previous = newest?.consent.policy === consent.policy ? newest : undefined;
		let visit: Visit;
		if (known && previous) {
			visit = known;
			keep(settle(previous, visit, arrival), now);
		} else {
			visit = { ...setting.moment, began: now, last: now, count: 0, book: drawBook(config.books), view: "", tab };
			ledger.prune(now);
		}
		const { period, hour, book } = visit;
		view.booking = { period, hour, book };
		const gap = gapOf(shelf.read<Seen>("seen")?.period, period);
		if (gap) shelf.write("seen", { period, pairs: [] });
		if (hasVisits) {
			const index = visit.count + 1;
			shelf.write("visit", { ...visit, count: index, last: now, view: view.id, tab });
			view.visit = {
				index,
				...(previous ? { before: previous.place.page } : cameFrom(arrival)),
				continued: false,
				...(gap && { gap }),
			};
		}
		renew(view, now, now);
	};
	return { outbox, place, renew };
}

const drawBook = (books: number) => (crypto.getRandomValues(new Uint32Array(1))[0] ?? 0) % books;

/** Only a page that was navigated to was come to from somewhere; a reload still has the old referrer. */
function cameFrom({ navigation }: Arrival): ReturnType<typeof tellArrival> {
	return tellArrival(navigation === "navigate" ? document.referrer : "", new URL(location.href));
}
