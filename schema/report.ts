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
import { bucketCount } from "./buckets.ts";
import { leavingMethods } from "./leaving.ts";
import * as limits from "./limits.ts";
import { purposes } from "./purposes.ts";

export const reportVersion = 1;

export const viewKinds = ["load", "route", "restore", "prerender", "return", "404"] as const;
export const devices = ["desktop", "mobile", "tablet", "other"] as const;
export const channels = ["direct", "search", "social", "email", "assistant", "campaign", "referral"] as const;
export type Device = (typeof devices)[number];
export type Channel = (typeof channels)[number];
export type ViewKind = (typeof viewKinds)[number];

const whole = (min: number, max: number) => v.pipe(v.number(), v.integer(), v.minValue(min), v.maxValue(max));
const text = (maxChars: number) => v.pipe(v.string(), v.minLength(1), v.maxLength(maxChars));
const bucket = whole(0, bucketCount - 1);
const family = v.pipe(v.string(), v.regex(/^[A-Za-z0-9 .+-]{1,40}$/));
/** A tree's name, or `tree:name` where a view touches several keys of one tree. */
const first = v.pipe(v.array(text(limits.maxElementChars + 40)), v.maxLength(limits.maxFirst));

export const reportSchema = v.strictObject({
	v: v.literal(reportVersion),
	site: v.pipe(v.string(), v.regex(/^[a-z0-9-]{1,40}$/)),
	/** 128 random bits, base64url, made for this view alone. */
	view: v.pipe(v.string(), v.regex(/^[A-Za-z0-9_-]{22}$/)),
	seq: whole(1, limits.maxSeq),
	book: whole(0, 63),
	consent: v.strictObject({
		policy: v.pipe(v.string(), v.regex(/^[A-Za-z0-9_-]{8,64}$/)),
		by: v.pipe(v.string(), v.regex(/^[a-z0-9-]{1,30}$/)),
		/** Day of the grant, yyyy-mm-dd. */
		day: v.pipe(v.string(), v.isoDate()),
		purposes: v.pipe(v.array(v.picklist(purposes)), v.minLength(1), v.maxLength(purposes.length)),
	}),
	/** Label of the period in which the visit began, in the site's time zone: 2026-11-22, 2026-W47 or 2026-11. */
	period: v.pipe(v.string(), v.regex(/^\d{4}-(\d{2}(-\d{2})?|W\d{2})$/)),
	/** Hour of the week in which the visit began, 0 = Monday 00–01, site's time zone. */
	hour: whole(0, 167),
	/** The (tree, key) pairs this report touches for the browser's first time in the period; see trees.ts. */
	first,
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
			/** From the second view on: page of the visit's previous view. */
			before: v.optional(v.pipe(text(limits.maxPathChars), v.startsWith("/"))),
			/** True once a later view of the visit has begun. */
			continued: v.boolean(),
			/** On the browser's first view in a period: periods since it was last here, 31 = longer or never. */
			gap: v.optional(whole(1, 31)),
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
		}),
	),
	/** Purpose `interactions`. */
	interaction: v.optional(
		v.strictObject({
			/** Deepest tenth of the page reached, 0…10. */
			scroll: whole(0, 10),
			/** [element key, clicks]. */
			clicks: v.pipe(
				v.array(v.strictTuple([text(limits.maxElementChars), whole(1, limits.maxClicksPerElement)])),
				v.maxLength(limits.maxElementsPerReport),
			),
		}),
	),
});

export type Report = v.InferOutput<typeof reportSchema>;
