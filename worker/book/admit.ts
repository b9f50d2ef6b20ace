/**
 * Names that have no place in the book become "(other)": a report as the book counts it. Pure but for the judge it is given
 * (names.ts). Leaves out how many places there are.
 */
import type { Report } from "../../schema/report.ts";
import { otherName, splitKey } from "../../schema/tree-rules.ts";
import { keySeparator } from "../../schema/trees.ts";
import { mergeLines, mergeRequests } from "./merge.ts";
import type { ScopeName } from "./names.ts";

/** Whether a name has its place in the book; it must answer the same for the same name as long as the period is open. */
export type Admit = (scope: string, name: string) => boolean;

/** The judge, and the numbers of the questions that it answers with no, so that they can be answered again once it is gone. */
export function recorded(admit: Admit): { admit: Admit; refused: number[] } {
	const refused: number[] = [];
	let asked = 0;
	return {
		refused,
		admit: (scope, name) => {
			const isAdmitted = admit(scope, name);
			if (!isAdmitted) refused.push(asked);
			asked++;
			return isAdmitted;
		},
	};
}

/** The same answers once more, for the same report. */
export function repeated(refused: number[]): Admit {
	let asked = 0;
	return () => !refused.includes(asked++);
}

/** The report with every name that has no place in the book replaced by "(other)". */
export function admitted(report: Report, admit: Admit): Report {
	const named = (scope: ScopeName, within?: string) => (name: string) =>
		admit(within === undefined ? scope : scope + keySeparator + within, name) ? name : otherName;
	const page = named("page")(report.place.page);
	/** Names on a page, or of an event, that has no place have none either. */
	const below = (scope: ScopeName, parent: string) => (parent === otherName ? () => otherName : named(scope, parent));
	const element = below("element", page);
	const form = below("form", page);
	const field = below("field", page);
	const lastField = (of: string, last: string) =>
		last && (form(of) === otherName || field(`${of} › ${last}`) === otherName ? otherName : last);
	const property = (name: string) => {
		const [of, value] = splitKey(name);
		const event = named("event")(of);
		return event + keySeparator + below("value", event)(value);
	};
	const { place, visit, leaving, speed, interaction, own } = report;
	const result: Report = { ...report, place: { ...place, page } };
	if (report.v > 1) {
		for (const scope of ["browser", "os", "language"] as const) result.place[scope] = named(scope)(place[scope]);
	}
	if (visit) {
		const { before, referrer, campaign, goals } = visit;
		result.visit = {
			...visit,
			...(before && { before: named("page")(before) }),
			...(referrer && { referrer: named("referrer")(referrer) }),
			...(campaign && { campaign: named("campaign")(campaign) }),
			...(goals && { goals: [...new Set(goals.map(named("goal")))] }),
		};
	}
	if (leaving?.host && report.v > 1) result.leaving = { ...leaving, host: named("exit")(leaving.host) };
	if (speed) {
		const { lcpOf, inpOf, routes, parties } = speed;
		result.speed = {
			...speed,
			...(lcpOf?.element && { lcpOf: { ...lcpOf, element: element(lcpOf.element) } }),
			...(inpOf?.element && { inpOf: { ...inpOf, element: element(inpOf.element) } }),
			...(routes && { routes: mergeRequests(routes, named("route")) }),
			...(parties && { parties: mergeRequests(parties, named("third-party")) }),
		};
	}
	if (interaction) {
		const { clicks, forms, errors, outbound, downloads } = interaction;
		result.interaction = {
			...interaction,
			clicks: mergeLines(clicks, element),
			...(forms && { forms: forms.map(([name, sent, last]) => [form(name), sent, lastField(name, last)]) }),
			...(errors && { errors: mergeLines(errors, named("error")) }),
			...(outbound && { outbound: mergeLines(outbound, named("outbound")) }),
			...(downloads && { downloads: mergeLines(downloads, named("download")) }),
		};
	}
	if (own) {
		const { events, properties } = own;
		result.own = {
			...(events && { events: mergeLines(events, named("event")) }),
			...(properties && { properties: mergeLines(properties, property) }),
		};
	}
	if (report.consent.given) result.consent = { ...report.consent, by: named("mechanism")(report.consent.by) };
	return result;
}
