/**
 * The query of a Stats API call → a range, with a clear refusal for everything that is not understood. The table of parameters is
 * the only one: it is what calls are checked against, and what the API's description says of them.
 */

import * as v from "valibot";
import { addDays, dateOf, daysBetween, isDate } from "../../schema/period.ts";
import { devices } from "../../schema/report.ts";
import { maxAimNameChars } from "../../schema/settings.ts";
import { said } from "../../schema/words.ts";
import { Problem } from "../problem.ts";
import type { Range } from "./answers.ts";

const defaultDays = 28;
const maxDays = 800;
export const maxLimit = 5_000;
const maxOffset = 100_000;

function day(name: string) {
	const detail = `${name} is a date: yyyy-mm-dd.`;
	const isKnown = (text: string) => isDate(text) && text >= "2000-01-01" && text <= "2199-12-31";
	return v.pipe(v.string(), v.isoDate(detail), v.check(isKnown, detail));
}

function whole(name: string, min: number, max: number) {
	const detail = `${name} is a whole number from ${min} to ${max}.`;
	return v.pipe(v.number(detail), v.integer(detail), v.minValue(min, detail), v.maxValue(max, detail));
}

const goalDetail = "goal is the name of one goal, as /stats/goals gives it.";
const compareDetail = "compare is previous, year, or yyyy-mm-dd..yyyy-mm-dd.";

export const parameters = {
	from: said(
		day("from"),
		`First local date. Without it ${defaultDays} days up to \`to\`.`,
		`Første lokale dato. Uten den ${defaultDays} dager fram til \`to\`.`,
	),
	to: said(
		day("to"),
		`Last local date, included; today without it. At most ${maxDays} days at once.`,
		`Siste lokale dato, med; i dag uten den. Høyst ${maxDays} dager om gangen.`,
	),
	compare: said(
		v.pipe(v.string(), v.regex(/^(previous|year|\d{4}-\d{2}-\d{2}\.\.\d{4}-\d{2}-\d{2})$/, compareDetail)),
		"Another range beside it: `previous` (as many days before, moved back to the same weekday), `year` (52 weeks back), or two dates with `..` between.",
		"Et annet spenn ved siden av: `previous` (like mange dager før, flyttet til samme ukedag), `year` (52 uker tilbake), eller to datoer med `..` mellom.",
	),
	device: said(
		v.picklist(devices, `device is one of ${devices.join(", ")}.`),
		"Only this class of devices.",
		"Bare denne typen enheter.",
	),
	page: said(
		v.string(),
		"Only this page: its path as `pages` names it.",
		"Bare denne siden: stien slik `pages` skriver den.",
	),
	goal: said(
		v.pipe(v.string(), v.minLength(1, goalDetail), v.maxLength(maxAimNameChars, goalDetail)),
		"Also the visits that reached this goal: its name as `goals` gives it. Goals are counted for the whole site, by neither page nor device.",
		"Også besøkene som nådde dette målet: navnet slik `goals` skriver det. Mål telles for hele nettstedet, verken etter side eller enhet.",
	),
	limit: said(whole("limit", 1, maxLimit), "At most so many rows of each list.", "Høyst så mange rader av hver liste."),
	offset: said(whole("offset", 0, maxOffset), "Rows to pass over, for paging.", "Rader å hoppe over, for å bla."),
};
export type ParameterName = keyof typeof parameters;

/** Which routes take `device=`, `page=`, `goal=`, `compare=` and `offset=`; elsewhere they are refused, because they would change nothing. */
export interface Takes {
	device?: true;
	page?: true | "required";
	goal?: true;
	compare?: true;
	/** A list of rows that can be paged through. */
	offset?: true;
}

const always: readonly string[] = ["from", "to", "limit"];

/** Whether a route takes a parameter. */
export function isTaken(takes: Takes, name: string): boolean {
	return always.includes(name) || takes[name as keyof Takes] !== undefined;
}

function bad(detail: string): Problem {
	return new Problem("bad-query", detail);
}

/** Throws `bad-query`. Without `from` and `to` the range is the last 28 days, today included. */
export function rangeOf(
	query: Record<string, string>,
	takes: Takes,
	site: { timeZone: string },
	now: number,
	routes: Record<string, Takes> = {},
): Range {
	for (const name of Object.keys(query)) {
		if (!Object.hasOwn(parameters, name)) throw bad(`Known parameters: ${Object.keys(parameters).join(", ")}.`);
		if (isTaken(takes, name)) continue;
		const others = Object.keys(routes).filter((other) => isTaken(routes[other] ?? {}, name));
		throw bad(`${name} goes with ${others.join(", ")}.`);
	}
	const to = parameterOf(query, "to") ?? dateOf(now, site.timeZone);
	const from = parameterOf(query, "from") ?? addDays(to, 1 - defaultDays);
	const days = daysBetween(from, to) + 1;
	if (days < 1) throw bad("from must not be later than to.");
	if (days > maxDays) throw bad(`At most ${maxDays} days at once.`);
	if (takes.page === "required" && query.page === undefined)
		throw bad("page is needed: the path of one page, as /stats/pages names it.");
	const compare = parameterOf(query, "compare");
	const optional = {
		compare: compare === undefined ? undefined : comparison(compare, from, to),
		device: parameterOf(query, "device"),
		page: parameterOf(query, "page"),
		goal: parameterOf(query, "goal"),
		limit: parameterOf(query, "limit"),
		offset: parameterOf(query, "offset"),
	};
	return {
		from,
		to,
		...(Object.fromEntries(Object.entries(optional).filter(([, value]) => value !== undefined)) as Partial<Range>),
	};
}

type ValueOf<Name extends ParameterName> = v.InferOutput<(typeof parameters)[Name]>;

/** A parameter's checked value, or undefined where it was left out. */
function parameterOf<Name extends ParameterName>(query: Record<string, string>, name: Name): ValueOf<Name> | undefined {
	const text = query[name];
	if (text === undefined) return undefined;
	const schema: v.GenericSchema<unknown, ValueOf<Name>> = parameters[name];
	const isNumber = schema.type === "number";
	const result = v.safeParse(schema, isNumber ? (/^\d+$/.test(text) ? Number(text) : undefined) : text);
	if (!result.success) throw bad(result.issues[0].message);
	return result.output;
}

/** previous: the same number of days before, moved back to the same weekday; year: 364 days (52 weeks) back; or two dates. */
export function comparison(value: string, from: string, to: string): { from: string; to: string } {
	const days = daysBetween(from, to) + 1;
	if (value === "previous") return shifted(from, days, Math.ceil(days / 7) * 7);
	if (value === "year") return shifted(from, days, 364 * Math.max(1, Math.ceil(days / 364)));
	const [first = "", last = ""] = value.split("..");
	if (!isDate(first) || !isDate(last) || first > last || daysBetween(first, last) >= maxDays) throw bad(compareDetail);
	return { from: first, to: last };
}

function shifted(from: string, days: number, by: number): { from: string; to: string } {
	const first = addDays(from, -by);
	return { from: first, to: addDays(first, days - 1) };
}
