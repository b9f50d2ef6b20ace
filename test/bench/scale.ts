/**
 * What a month costs at Cloudflare, from what was measured here and the published prices: requests, rows, storage, dollars, and
 * how many books and databases it takes. Leaves out measuring (server.ts).
 */
import { maxBooks } from "../../schema/limits.ts";
import type { ServerFigures } from "./server.ts";
import type { Rows } from "./tables.ts";

/**
 * Workers Paid, US dollars a month: what is included, and the price of a million more (of a GB-month for storage).
 * Read on 2026-11-22: https://developers.cloudflare.com/workers/platform/pricing/,
 * https://developers.cloudflare.com/durable-objects/platform/pricing/, https://developers.cloudflare.com/d1/platform/pricing/
 */
const prices = {
	requests: { included: 10e6, perMillion: 0.3 },
	/** ms of CPU. */
	cpu: { included: 30e6, perMillion: 0.02 },
	bookRequests: { included: 1e6, perMillion: 0.15 },
	/** GB-seconds: an object in use is billed as 128 MB. */
	bookTime: { included: 400_000, perMillion: 12.5 },
	bookRows: { included: 50e6, perMillion: 1 },
	d1Rows: { included: 50e6, perMillion: 1 },
} as const;
const planDollars = 5;
const storage = { includedGb: 5, bookGb: 0.2, d1Gb: 0.75 };
const objectGb = 0.128;

/** Limits on 2026-11-22: https://developers.cloudflare.com/d1/platform/limits/, …/durable-objects/platform/limits/ */
const databaseGb = 10;
/** A soft limit of requests a second to one object, by the same page. */
const objectPerSecond = 1_000;
/** One object has one thread, and 128 MB of memory: it is planned for this share of both at the busiest time. */
const busyShare = 0.5;
const memoryBytes = 128e6;
/** A view stays in memory until it has been silent for 30 minutes; as objects it takes so many times its bytes (not measured). */
const pendingSeconds = 30 * 60;
const heapPerByte = 3;

/** What a page view asks of the server, as the collector does it: two reports; config and gate file once an hour, so once a visit. */
const perView = { reports: 2, others: 2 / 3 };
/** The busiest hour of a week has so many times the average. */
const peak = 4;
/** Months that closed books are kept. */
const kept = 25;
/** A day with more views has hardly more pages, devices and hours: its rows grow about so much with each tenfold. */
const rowGrowth = 1.6;
const measuredDay = 1e6 / 60;

const daysAMonth = 30.4;
const hoursAMonth = daysAMonth * 24;

export interface Scale {
	views: number;
	requests: number;
	/** Reports a second in the busiest hour. */
	peakPerSecond: number;
	books: number;
	databases: number;
	rows: number;
	/** Of D1, after 25 months. */
	gigabytes: number;
	dollars: number;
	breaksFirst: string;
}

const bill = (name: keyof typeof prices, used: number) =>
	(Math.max(0, used - prices[name].included) / 1e6) * prices[name].perMillion;

/** One site of so many page views a month. */
export function scaleOf(views: number, figures: ServerFigures): Scale {
	const { rowsPerView, sealed, cpuMsPer1000, perSecond } = figures;
	const reports = views * perView.reports;
	const requests = views * (perView.reports + perView.others);
	const peakPerSecond = (reports / (hoursAMonth * 3_600)) * peak;
	const byTime = peakPerSecond / (Math.min(objectPerSecond, perSecond.durable) * busyShare);
	const pending = (peakPerSecond / perView.reports) * pendingSeconds;
	const byMemory = (pending * figures.reportBytes * heapPerByte) / (memoryBytes * busyShare);
	const books = Math.max(1, Math.ceil(Math.max(byTime, byMemory)));
	const viewsADay = views / daysAMonth;
	const tenfolds = Math.max(-1, Math.log10(viewsADay / measuredDay));
	const dayRows = (sealed.rows / 60) * rowGrowth ** tenfolds;
	const d1Rows = dayRows * daysAMonth;
	const gigabytes = ((d1Rows * sealed.bytes) / sealed.rows) * kept * 1e-9;
	const databases = Math.max(1, Math.ceil(gigabytes / databaseGb));
	const bookRows = views * (rowsPerView.book + rowsPerView.alarms + rowsPerView.closing);
	// In use while reports come in: a busy book always.
	const busySeconds = Math.min(hoursAMonth * 3_600 * books, reports * 10);
	// Two days of reports and a month of receipts.
	const bookGb = (viewsADay * 2 * figures.reportBytes + views * 120) * 1e-9;
	const dollars =
		planDollars +
		bill("requests", requests) +
		bill("cpu", (reports * cpuMsPer1000.durable) / 1_000) +
		bill("bookRequests", reports) +
		bill("bookTime", busySeconds * objectGb) +
		bill("bookRows", bookRows) +
		bill("d1Rows", d1Rows) +
		Math.max(0, bookGb - storage.includedGb) * storage.bookGb +
		Math.max(0, gigabytes - storage.includedGb) * storage.d1Gb;
	return {
		views,
		requests,
		peakPerSecond,
		books,
		databases,
		rows: bookRows + d1Rows,
		gigabytes,
		dollars,
		breaksFirst: breaksFirst(books, byMemory > byTime),
	};
}

function breaksFirst(books: number, isMemory: boolean): string {
	if (books > maxBooks) return `the ${maxBooks} books a site may have`;
	if (isMemory) return "a book's memory, which holds the views of the last half hour";
	return "a book's thread in the busiest hour";
}

export const scales = [1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10];

const short = (value: number) =>
	new Intl.NumberFormat("en", { notation: "compact", maximumSignificantDigits: 2 }).format(value);

export function scaleRows(all: readonly Scale[]): Rows {
	return [
		[
			"views a month",
			"requests",
			"reports/s at peak",
			"books",
			"databases",
			"rows written",
			"GB in D1",
			"USD a month",
			"what gives first",
		],
		...all.map((scale) => [
			short(scale.views),
			short(scale.requests),
			short(scale.peakPerSecond),
			String(scale.books),
			String(scale.databases),
			short(scale.rows),
			short(scale.gigabytes),
			short(scale.dollars),
			scale.breaksFirst,
		]),
	];
}
