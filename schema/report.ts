/**
 * The report: the whole of what is known about one page view, sent by the collector, checked by ingest, counted by the fold.
 *
 * Glossary, one word per thing, in code, tables, API and pages:
 * - page view: one page shown. visit: the client-held analytics session (30 minutes). login: the dashboard one.
 * - visible time, engaged time: page visible; visible and focused with input in the last 30 s.
 * - leaving method: how a page view ended. exit: the leaving of a visit's last page view.
 * - report: what is sent about a page view; `seq` rises, the highest wins.
 * - gate, purpose, grant, refusal, withdrawal, policy version: see docs on consent.
 * - book, period, receipt, fold, seal, release: from a report to statistics.
 * - measure: what is counted. tree and key: by what. cell: one (period, tree, key). tally: the counts of a cell.
 */
import * as v from "valibot";
import { boundedGroups } from "./bounded.ts";
import { bucketCount } from "./buckets.ts";
import { leavingMethods } from "./leaving.ts";
import * as limits from "./limits.ts";
import { purposes } from "./purposes.ts";

/**
 * 2 added what makes the collector whole: campaigns, goals, response phases, parts of LCP and INP, requests, forms, errors,
 * signals of frustration, events. Reports of version 1 are counted as they were; see `since` in tree-rules.ts.
 */
export const reportVersions = [1, 2] as const;
export const reportVersion = 2;

export const viewKinds = ["load", "route", "restore", "prerender", "return", "404"] as const;
export const devices = ["desktop", "mobile", "tablet", "other"] as const;
export const channels = ["direct", "search", "social", "email", "assistant", "campaign", "referral"] as const;
export type Device = (typeof devices)[number];
export type Channel = (typeof channels)[number];
export type ViewKind = (typeof viewKinds)[number];

const whole = (min: number, max: number) => v.pipe(v.number(), v.integer(), v.minValue(min), v.maxValue(max));
const text = (maxChars: number) => v.pipe(v.string(), v.minLength(1), v.maxLength(maxChars));
const bucket = whole(0, bucketCount - 1);
const maybe = v.optional(bucket);
const times = whole(1, limits.maxTimes);
const name = text(limits.maxElementChars);
/** [name, how often], each name once. */
const named = (max: number) =>
	v.optional(v.pipe(v.array(v.strictTuple([name, times])), v.minLength(1), v.maxLength(max)));
/** [route or host, bucket of ms, requests in it, failed ones among them]: one line a name and bucket. */
const requests = (max: number) =>
	v.optional(
		v.pipe(v.array(v.strictTuple([name, bucket, times, whole(0, limits.maxTimes)])), v.minLength(1), v.maxLength(max)),
	);
const family = v.pipe(v.string(), v.regex(/^[A-Za-z0-9 .+-]{1,40}$/));
/**
 * Numbers in the list of what the report touches (`touched` in trees.ts), because the names are in the report anyway. Version 1
 * and stored reports say it in words (`countedIn` in tree-rules.ts).
 */
const first = v.pipe(
	v.array(v.union([whole(0, limits.maxFirst - 1), text(limits.maxElementChars + 40)])),
	v.maxLength(limits.maxFirst),
);

export const reportSchema = v.strictObject({
	v: v.picklist(reportVersions),
	site: v.pipe(v.string(), v.regex(/^[a-z0-9-]{1,40}$/)),
	/** 128 random bits, base64url, made for this view alone. */
	view: v.pipe(v.string(), v.regex(/^[A-Za-z0-9_-]{22}$/)),
	seq: whole(1, limits.maxSeq),
	/** The site's book the visit is counted in; left out where it is number 0. */
	book: v.optional(whole(0, limits.maxBooks - 1)),
	consent: v.strictObject({
		policy: v.pipe(v.string(), v.regex(/^[A-Za-z0-9_-]{8,64}$/)),
		by: v.pipe(v.string(), v.regex(/^[a-z0-9-]{1,30}$/)),
		/** Day of the grant, yyyy-mm-dd. */
		day: v.pipe(v.string(), v.isoDate()),
		purposes: v.pipe(v.array(v.picklist(purposes)), v.minLength(1), v.maxLength(purposes.length)),
		/** True where the grant was given on the page that is reported. */
		given: v.optional(v.literal(true)),
	}),
	/** Label of the period in which the visit began, in the site's time zone: 2026-11-22, 2026-W47 or 2026-11. */
	period: v.pipe(v.string(), v.regex(/^\d{4}-(\d{2}(-\d{2})?|W\d{2})$/)),
	/** Hour of the week in which the visit began, 0 = Monday 00–01, site's time zone. */
	hour: whole(0, 167),
	/** The (tree, key) pairs this report touches for the browser's first time in the period; see trees.ts. */
	first,
	/** Groups of a release in which this view is the one of its browser that counts in the period: their numbers; stored, their names. */
	bounded: v.optional(
		v.pipe(
			v.array(v.union([v.picklist(boundedGroups), whole(0, boundedGroups.length - 1)])),
			v.minLength(1),
			v.maxLength(boundedGroups.length),
		),
	),
	place: v.strictObject({
		/** Cleaned path. */
		page: v.pipe(text(limits.maxPathChars), v.startsWith("/")),
		kind: v.picklist(viewKinds),
		country: v.pipe(v.string(), v.regex(/^[A-Z]{2}$/)),
		device: v.picklist(devices),
		browser: family,
		os: family,
		language: v.pipe(v.string(), v.regex(/^[a-z]{2,3}$/)),
	}),
	/** Purpose `visits`: what makes flows, bounces and exits plain sums. */
	visit: v.optional(
		v.strictObject({
			/** 1 is the entry. */
			index: whole(1, limits.maxIndex),
			/** Entry only: channel, referrer host. */
			channel: v.optional(v.picklist(channels)),
			referrer: v.optional(text(limits.maxHostChars)),
			/** Entry only: name of the campaign the address was tagged with. */
			campaign: v.optional(text(limits.maxCampaignChars)),
			/** From the second view on: page of the visit's previous view. */
			before: v.optional(v.pipe(text(limits.maxPathChars), v.startsWith("/"))),
			/** True once a later view of the visit has begun. */
			continued: v.boolean(),
			/** On the browser's first view in a period: periods since it was last here, 31 = longer or never. */
			gap: v.optional(whole(1, 31)),
			/** True where the page shows what was searched for on the site. Never the words. */
			search: v.optional(v.literal(true)),
			/** Goals (`name`) and funnel steps (`name`, tab, number) reached for the visit's first time. */
			goals: v.optional(v.pipe(v.array(name), v.minLength(1), v.maxLength(limits.maxGoalsPerReport))),
			/** LCP of the visit's entry page, carried along: 0 good, 1 needs improvement, 2 poor. With `performance` only. */
			entrySpeed: v.optional(whole(0, 2)),
		}),
	),
	/** Purpose `visits`: buckets of ms. */
	time: v.optional(v.strictObject({ visible: bucket, engaged: bucket })),
	/** Purpose `visits`. */
	leaving: v.optional(
		v.strictObject({
			how: v.picklist(leavingMethods),
			certain: v.boolean(),
			/** Outbound host, for `outbound` only. */
			host: v.optional(text(limits.maxHostChars)),
		}),
	),
	/** Purpose `performance`: buckets of ms, CLS × clsScale. */
	speed: v.optional(
		v.strictObject({
			lcp: v.optional(bucket),
			inp: v.optional(bucket),
			cls: v.optional(bucket),
			fcp: v.optional(bucket),
			ttfb: v.optional(bucket),
			/** Of the page's own load, from the start to its last byte; a phase that took no time is left out. */
			phases: v.optional(
				v.strictObject({ waiting: maybe, cache: maybe, dns: maybe, connect: maybe, request: maybe, response: maybe }),
			),
			/** What was painted largest, and the times after TTFB: until its load began, its load, until it was shown. */
			lcpOf: v.optional(v.strictObject({ element: v.optional(name), delay: maybe, load: maybe, render: maybe })),
			/** What was slowest to answer: waiting for the handlers, the handlers, until the next frame. */
			inpOf: v.optional(
				v.strictObject({ element: v.optional(name), input: maybe, processing: maybe, presentation: maybe }),
			),
			/** Requests by script to the site itself, by cleaned path. */
			routes: requests(limits.maxRoutesPerReport),
			/** Requests to other hosts. */
			parties: requests(limits.maxPartiesPerReport),
		}),
	),
	/** Purpose `interactions`. */
	interaction: v.optional(
		v.strictObject({
			/** Deepest tenth of the page reached, 0…10. */
			scroll: whole(0, 10),
			/** [element key, clicks, rage, dead, after an error]; zeros at the end are left out. */
			clicks: v.pipe(
				v.array(v.pipe(v.tupleWithRest([name, times], whole(0, limits.maxTimes)), v.maxLength(5))),
				v.maxLength(limits.maxElementsPerReport),
			),
			/** [form key, times submitted, key of the last field reached or ""]: forms somebody began to fill in. */
			forms: v.optional(
				v.pipe(
					v.array(
						v.strictTuple([name, whole(0, limits.maxTimes), v.pipe(v.string(), v.maxLength(limits.maxElementChars))]),
					),
					v.minLength(1),
					v.maxLength(limits.maxFormsPerReport),
				),
			),
			/** `type @ script:line` of errors nobody caught. Never their text. */
			errors: named(limits.maxErrorsPerReport),
			/** Hosts of links to other sites that were clicked, in a new tab too. */
			outbound: named(limits.maxLinksPerReport),
			/** Cleaned paths of files downloaded by a link. */
			downloads: named(limits.maxLinksPerReport),
		}),
	),
	/** Purpose `interactions`: what the page itself says with `sporlos.event`. */
	own: v.optional(
		v.strictObject({
			events: named(limits.maxEventsPerReport),
			/** `event`, tab, `property=value`. */
			properties: named(limits.maxPropertiesPerReport),
		}),
	),
});

export type Report = v.InferOutput<typeof reportSchema>;
