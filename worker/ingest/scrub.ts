/** Cleaning repeated on the server: names as the collector should have sent them, whatever it did send. */
import { cleanElement, cleanHost, cleanPath, cleanWords } from "../../schema/clean.ts";
import { maxElementChars } from "../../schema/limits.ts";
import type { Report } from "../../schema/report.ts";
import { countedIn, groupsOf, marksOf, splitKey } from "../../schema/tree-rules.ts";
import { keySeparator } from "../../schema/trees.ts";
import { mergeForms, mergeLines, mergeRequests } from "../book/merge.ts";

/** The goals and steps of the report's site; without it every cleaned name is one. */
type KnownAims = ReadonlySet<string>;

/** A cleaned copy; sets are clipped to what the report really touches. */
export function scrub(report: Report, aims?: KnownAims): Report {
	const clean: Report = { ...report, place: { ...report.place, page: cleanPath(report.place.page) } };
	if (report.visit) clean.visit = scrubVisit(report.visit, aims);
	if (report.leaving) {
		const { host, ...rest } = report.leaving;
		const name = host && report.leaving.how === "outbound" ? cleanHost(host) : "";
		clean.leaving = { ...rest, ...(name ? { host: name } : {}) };
	}
	if (report.speed) clean.speed = scrubSpeed(report.speed);
	if (report.interaction) clean.interaction = scrubInteraction(report.interaction);
	if (report.own) clean.own = scrubOwn(report.own);
	const marks = new Set(countedIn(clean).map(([, , mark]) => mark));
	if (report.bounded) clean.bounded = groupsOf(report);
	clean.first = [...new Set(marksOf(report))].filter((mark) => marks.has(mark));
	return clean;
}

function scrubVisit(visit: NonNullable<Report["visit"]>, aims: KnownAims | undefined): NonNullable<Report["visit"]> {
	const { before, referrer, campaign, goals, ...rest } = visit;
	const host = referrer ? cleanHost(referrer) : "";
	const words = campaign ? cleanWords(campaign) : "";
	const reached = [...new Set(goals)].filter((key) => (aims ? aims.has(key) : key === cleanKey(key)));
	return {
		...rest,
		...(before === undefined ? {} : { before: cleanPath(before) }),
		...(host ? { referrer: host } : {}),
		...(words ? { campaign: words } : {}),
		...(reached.length > 0 ? { goals: reached } : {}),
	};
}

/** A name of one or two parts, as goals and steps are counted under. */
function cleanKey(key: string): string {
	return key.split(keySeparator, 2).map(cleanElement).join(keySeparator);
}

type Speed = NonNullable<Report["speed"]>;

function scrubSpeed({ lcpOf, inpOf, routes, parties, ...rest }: Speed): Speed {
	return {
		...rest,
		...(lcpOf && { lcpOf: scrubPart(lcpOf) }),
		...(inpOf && { inpOf: scrubPart(inpOf) }),
		...listed("routes", mergeRequests(routes ?? [], cleanRoute)),
		...listed("parties", mergeRequests(parties ?? [], cleanHost)),
	};
}

function scrubPart<P extends { element?: string | undefined }>({ element, ...rest }: P) {
	const name = element ? cleanElement(element) : "";
	return { ...rest, ...(name ? { element: name } : {}) };
}

const cleanRoute = (path: string) => cleanPath(path).slice(0, maxElementChars);

type Interaction = NonNullable<Report["interaction"]>;

function scrubInteraction(interaction: Interaction): Interaction {
	const { clicks, forms, errors, outbound, downloads, ...rest } = interaction;
	return {
		...rest,
		clicks: mergeLines(clicks, cleanElement),
		...listed("forms", mergeForms(forms ?? [], cleanElement, cleanElement)),
		...listed("errors", mergeLines(errors ?? [], cleanError)),
		...listed("outbound", mergeLines(outbound ?? [], cleanHost)),
		...listed("downloads", mergeLines(downloads ?? [], cleanRoute)),
	};
}

/** `type @ script:line`: the script as a path of the site, or by its host. Anything else is no error's name. */
export function cleanError(name: string): string {
	const [, type = "", script = "", line = ""] = /^([A-Za-z][\w.$]{0,39}) @ (.{1,200}?)(:\d{1,6})?$/.exec(name) ?? [];
	const where = script.startsWith("/") ? cleanPath(script) : cleanHost(script);
	return where && `${cleanElement(type)} @ ${where}`.slice(0, maxElementChars - line.length) + line;
}

type Own = NonNullable<Report["own"]>;

function scrubOwn({ events, properties }: Own): Own {
	const named = mergeLines(events ?? [], cleanWords);
	const known = new Set(named.map(([event]) => event));
	const valued = mergeLines(properties ?? [], cleanProperty).filter(([key]) => known.has(splitKey(key)[0]));
	return { ...listed("events", named), ...listed("properties", valued) };
}

/** `event`, tab, `property=value`, or "" for what is something else. */
function cleanProperty(key: string): string {
	const [event = "", property = "", ...more] = key.split(keySeparator);
	const at = property.indexOf("=");
	if (more.length > 0 || at < 1) return "";
	return `${cleanWords(event)}${keySeparator}${cleanWords(property.slice(0, at))}=${cleanWords(property.slice(at + 1))}`;
}

/** A list under its name, or nothing where it is empty. */
function listed<N extends string, L>(name: N, list: L[]): { [K in N]?: L[] } {
	return list.length > 0 ? ({ [name]: list } as { [K in N]?: L[] }) : {};
}
