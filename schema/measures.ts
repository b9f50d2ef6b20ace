/**
 * The table of measures: what is counted, and how a report counts for it. Each measure owns a range of indexes in a tally,
 * one for a scalar, one per bucket or kind otherwise. Stored tallies rely on the order: append only. Adding a measure is one
 * line. Leaves out which cells hold it (tree-rules.ts).
 */
import { bucketCount, type Vital } from "./buckets.ts";
import { leavingMethods } from "./leaving.ts";
import type { Report } from "./report.ts";

/** Lines of a list of the report: a name and its numbers. */
export type Lines = readonly (readonly [name: string, ...numbers: number[]])[];
/** What a key is about where it names something on a page view: an element, a form, a route, a goal, an event … */
export interface Subject {
	name: string;
	lines: Lines;
}
/** What a report counts for: [index in the measure's range, how often]. */
type Counts = readonly (readonly [index: number, n: number])[];

export interface Measure {
	size: number;
	/**
	 * How sealing treats small parts: nothing to do, merge neighbours, fold into the last part, into `unknown` of the
	 * leaving methods, or keep both ends of a group.
	 */
	parts: "none" | "neighbours" | "last" | "methods" | "gap";
	/** Of a page view, or of what a key is about where a subject is given. */
	of(report: Report, subject?: Subject): Counts;
	/** Version of the report since which it is counted, where that was not always so. */
	since?: 2;
	/** Where not every cell of a whole page view holds it: only those of subjects, of unique visitors, or for a release. */
	only?: "subjects" | "visitors" | "release";
}

type Of<T> = (report: Report, subject?: Subject) => T;

const scalar = (amount: Of<number | boolean | undefined>): Measure => ({
	size: 1,
	parts: "none",
	of: (report, subject) => [[0, Number(amount(report, subject) ?? 0)]],
});
/** One of so many parts, or none where it is not known. */
const oneOf = (size: number, parts: Measure["parts"], index: Of<number | undefined | false>): Measure => ({
	size,
	parts,
	of: (report, subject) => {
		const at = index(report, subject);
		return at === undefined || at === false ? [] : [[at, 1]];
	},
});
const histogram = (bucket: Of<number | undefined | false>) => oneOf(bucketCount, "neighbours", bucket);
/** By LCP of the visit's entry: good, needs improvement, poor, not known. */
const speedBands = 4;
const perSpeed = (is: Of<boolean>): Measure =>
	oneOf(speedBands, "last", (r, subject) => is(r, subject) && (r.visit?.entrySpeed ?? speedBands - 1));
const perMethod = (is: (report: Report) => boolean | undefined): Measure =>
	oneOf(leavingMethods.length, "methods", (r) => r.leaving && is(r) && leavingMethods.indexOf(r.leaving.how));

const isEntry = ({ visit }: Report) => visit?.index === 1;
/** Whether a page view began with a load of the page, and so of the gate file. */
export const isLoad = ({ place }: Report): boolean =>
	place.kind === "load" || place.kind === "404" || place.kind === "prerender";
const isBounce = (r: Report) => isEntry(r) && r.visit?.continued === false;
const sum = (lines: Lines | undefined, column: number) =>
	(lines ?? []).reduce((total, line) => total + Number(line[column] ?? 0), 0);
const linesOf =
	(list: (report: Report) => Lines | undefined): Of<Lines> =>
	(report, subject) =>
		subject?.lines ?? list(report) ?? [];
const clicks = linesOf((r) => r.interaction?.clicks);
/** Requests of a page view are those to the site itself; requests to other hosts are told apart by host only. */
const requests = linesOf((r) => r.speed?.routes);
/** Forms that were begun, and how often each was submitted. */
export const formLines = (r: Report): Lines | undefined => r.interaction?.forms?.map(([name, sent]) => [name, sent]);
const forms = linesOf(formLines);
/** A vital of the page view; of an element only where it was the one painted largest, or slowest to answer. */
const vital = (name: Vital, part?: "lcpOf" | "inpOf") =>
	histogram(({ speed }, subject) => (!subject || (part && speed?.[part]?.element === subject.name)) && speed?.[name]);

/** A phase that took no time is left out of the report. */
const phase = (name: "waiting" | "cache" | "dns" | "connect" | "request" | "response") =>
	histogram(({ speed }) => speed?.phases && (speed.phases[name] ?? 0));

export const measures = {
	/** Page views inside a visit; the laws of flow hold for these. */
	views: scalar((r) => !!r.visit),
	/** First views of visits. */
	entries: scalar(isEntry),
	/** Entry views that were not continued. */
	bounces: scalar(isBounce),
	/** Page views recorded without the purpose `visits`; outside the laws of flow. */
	apart: scalar((r) => !r.visit),
	/** Leaving method of every page view. */
	leaving: perMethod((r) => !!r.visit),
	/** Leaving method of the last page view of each visit. */
	exits: perMethod((r) => r.visit?.continued === false),
	visible: histogram((r) => r.time?.visible),
	engaged: histogram((r) => r.time?.engaged),
	lcp: vital("lcp", "lcpOf"),
	inp: vital("inp", "inpOf"),
	cls: vital("cls"),
	fcp: vital("fcp"),
	ttfb: vital("ttfb"),
	/** Deepest tenth of the page reached. */
	scroll: oneOf(11, "neighbours", (r) => r.interaction?.scroll),
	clicks: scalar((r, subject) => sum(clicks(r, subject), 1)),
	/** Page views with at least one click on the element. */
	clickedViews: scalar((r, subject) => clicks(r, subject).length > 0),
	/** Periods since the browser was last here; a merged group counts at its highest index. */
	gap: { ...oneOf(32, "gap", (r) => r.visit?.gap), only: "visitors" },
	/** The same; a merged group counts at its lowest index. */
	gapFloor: { ...oneOf(32, "gap", (r) => r.visit?.gap), only: "visitors" },
	/** Page views by their number in the visit, 1…19, 20 = later: visits of at least n views. */
	index: { ...oneOf(21, "neighbours", (r) => r.visit && Math.min(r.visit.index, 20)), since: 2 },
	entriesBySpeed: { ...perSpeed(isEntry), since: 2 },
	bouncesBySpeed: { ...perSpeed(isBounce), since: 2 },
	/** Page views, among `views`, that answered 404. */
	notFound: { ...scalar((r) => r.visit && r.place.kind === "404"), since: 2 },
	/** Page views that show what was searched for on the site. */
	searches: scalar((r) => r.visit?.search),
	/** Phases of the page's own load. */
	waiting: phase("waiting"),
	cache: phase("cache"),
	dns: phase("dns"),
	connect: phase("connect"),
	request: phase("request"),
	response: phase("response"),
	/** LCP after TTFB: until its load began, its load, until it was shown. */
	lcpDelay: histogram((r) => r.speed?.lcpOf?.delay),
	lcpLoad: histogram((r) => r.speed?.lcpOf?.load),
	lcpRender: histogram((r) => r.speed?.lcpOf?.render),
	/** INP: waiting for the handlers, the handlers, until the next frame. */
	inpInput: histogram((r) => r.speed?.inpOf?.input),
	inpProcessing: histogram((r) => r.speed?.inpOf?.processing),
	inpPresentation: histogram((r) => r.speed?.inpOf?.presentation),
	/** Clicks in a burst on one place; clicks that changed nothing; clicks followed by an error. */
	rage: scalar((r, subject) => sum(clicks(r, subject), 2)),
	dead: scalar((r, subject) => sum(clicks(r, subject), 3)),
	afterError: scalar((r, subject) => sum(clicks(r, subject), 4)),
	/** Forms begun, submitted, begun and not submitted: each at most once a page view. */
	formsStarted: scalar((r, subject) => forms(r, subject).length),
	formsSubmitted: scalar((r, subject) => forms(r, subject).filter(([, submitted = 0]) => submitted > 0).length),
	formsAbandoned: scalar((r, subject) => forms(r, subject).filter(([, submitted]) => submitted === 0).length),
	/** Requests, those of them that failed, and how long they took. */
	requests: scalar((r, subject) => sum(requests(r, subject), 2)),
	failed: scalar((r, subject) => sum(requests(r, subject), 3)),
	duration: {
		size: bucketCount,
		parts: "neighbours",
		of: (r, subject) => requests(r, subject).map(([, bucket = 0, n = 0]) => [bucket, n]),
	},
	/** How often a key of a list happened, and in how many page views. */
	times: { ...scalar((_, subject) => sum(subject?.lines, 1)), only: "subjects" },
	inViews: { ...scalar((_, subject) => !!subject), only: "subjects" },
	/** Visits that reached a goal or step, by the speed of their entry. */
	reached: { ...scalar((_, subject) => !!subject), only: "subjects" },
	reachedBySpeed: { ...perSpeed((_, subject) => !!subject), only: "subjects" },
	/** Browsers counted for a release, each at most once; see worker/book/bounded.ts. */
	bounded: { size: 16, parts: "none", of: () => [], only: "release" },
	/** Page views that began with a load of the page, and so of the gate file. */
	loads: { ...scalar(isLoad), only: "visitors", since: 2 },
	/** Grants, each counted with the load of the page on which it was given. */
	grants: { ...scalar((r) => r.consent.given && isLoad(r)), only: "subjects" },
} as const satisfies Record<string, Measure>;

export type MeasureName = keyof typeof measures;
export const measureNames = Object.keys(measures) as MeasureName[];

function layOut(): Record<MeasureName, number> {
	let next = 0;
	const offsets = {} as Record<MeasureName, number>;
	for (const name of measureNames) {
		offsets[name] = next;
		next += measures[name].size;
	}
	return offsets;
}

/** First tally index of each measure. */
export const offsets: Readonly<Record<MeasureName, number>> = layOut();
