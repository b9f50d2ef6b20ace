/** The query of a Stats API call → a range, with a clear refusal for everything that is not understood. */

import { addDays, dateOf, daysBetween, isDate } from "../../schema/period.ts";
import { type Device, devices } from "../../schema/report.ts";
import { Problem } from "../problem.ts";
import type { Site } from "../sites/sites.ts";
import type { Range } from "./answers.ts";

const defaultDays = 28;
const maxDays = 800;
const maxLimit = 5_000;

const known = new Set(["from", "to", "compare", "device", "page", "limit"]);

/** Which routes take `device=` and `page=`; elsewhere they are refused, because they would change nothing. */
export interface Takes {
	device?: true;
	page?: true | "required";
	compare?: true;
}

function bad(detail: string): Problem {
	return new Problem("bad-query", detail);
}

/** Throws `bad-query`. Without `from` and `to` the range is the last 28 days, today included. */
export function rangeOf(query: Record<string, string>, takes: Takes, site: Site, now: number): Range {
	for (const name of Object.keys(query))
		if (!known.has(name)) throw bad("Known parameters: from, to, compare, device, page, limit.");
	const to = dateParameter(query, "to") ?? dateOf(now, site.timeZone);
	const from = dateParameter(query, "from") ?? addDays(to, 1 - defaultDays);
	const days = daysBetween(from, to) + 1;
	if (days < 1) throw bad("from must not be later than to.");
	if (days > maxDays) throw bad(`At most ${maxDays} days at once.`);
	const range: Range = { from, to };
	if (query.compare !== undefined) {
		if (!takes.compare) throw bad("compare goes with summary and timeline.");
		range.compare = comparison(query.compare, from, days);
	}
	if (query.device !== undefined) {
		const device = devices.find((name) => name === query.device);
		if (!takes.device) throw bad("device goes with summary, pages and vitals.");
		if (!device) throw bad(`device is one of ${devices.join(", ")}.`);
		range.device = device satisfies Device;
	}
	if (query.page !== undefined) {
		if (!takes.page) throw bad("page goes with flows, leaving, elements and vitals.");
		range.page = query.page;
	} else if (takes.page === "required") {
		throw bad("page is needed: the path of one page, as /stats/pages names it.");
	}
	if (query.limit !== undefined) {
		const limit = Number(query.limit);
		if (!Number.isInteger(limit) || limit < 1 || limit > maxLimit)
			throw bad(`limit is a whole number from 1 to ${maxLimit}.`);
		range.limit = limit;
	}
	return range;
}

function dateParameter(query: Record<string, string>, name: string): string | undefined {
	const value = query[name];
	if (value === undefined) return undefined;
	if (!isDate(value) || value < "2000-01-01" || value > "2199-12-31") throw bad(`${name} is a date: yyyy-mm-dd.`);
	return value;
}

/** previous: the same number of days before, moved back to the same weekday; year: 364 days (52 weeks) back; or two dates. */
function comparison(value: string, from: string, days: number): { from: string; to: string } {
	if (value === "previous") return shifted(from, days, Math.ceil(days / 7) * 7);
	if (value === "year") return shifted(from, days, 364 * Math.max(1, Math.ceil(days / 364)));
	const [first = "", last = ""] = value.split("..");
	if (!isDate(first) || !isDate(last) || first > last || daysBetween(first, last) >= maxDays)
		throw bad("compare is previous, year, or yyyy-mm-dd..yyyy-mm-dd.");
	return { from: first, to: last };
}

function shifted(from: string, days: number, by: number): { from: string; to: string } {
	const first = addDays(from, -by);
	return { from: first, to: addDays(first, days - 1) };
}
