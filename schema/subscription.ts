/**
 * What a site's people can ask to be told: summaries, and alerts with their limits. Checked here, so that form and database agree.
 * Leaves out how an alert is judged (worker/subscriptions/alert-rules.ts).
 */
import * as v from "valibot";

export const summaryRhythms = ["none", "weekly", "monthly"] as const;
export type SummaryRhythm = (typeof summaryRhythms)[number];

export const ways = ["email", "webhook"] as const;
export type Way = (typeof ways)[number];

export const messageLanguages = ["nb", "en"] as const;
export type MessageLanguage = (typeof messageLanguages)[number];

export const alertKinds = ["traffic", "speed", "errors", "silence"] as const;
export type AlertKind = (typeof alertKinds)[number];

/** Whole numbers from `min` to `max`, `usual` where nothing is set; null switches the alert off. */
export const limitRules = {
	/** Visits differ from the usual by at least so many per cent. */
	traffic: { usual: 40, min: 10, max: 100 },
	/** p75 above so many ms. */
	lcp: { usual: 4000, min: 500, max: 60_000 },
	inp: { usual: 500, min: 50, max: 60_000 },
	/** p75 of LCP or INP longer than before by so many per cent. */
	worse: { usual: 20, min: 5, max: 500 },
	/** JavaScript errors in 100 page views. */
	script: { usual: 5, min: 1, max: 10_000 },
	/** Failed requests to the site's own API, per cent. */
	api: { usual: 5, min: 1, max: 100 },
	/** Hours without a report. */
	silence: { usual: 3, min: 1, max: 72 },
} as const;
export type LimitName = keyof typeof limitRules;
export const limitNames = Object.keys(limitRules) as LimitName[];
export type AlertLimits = Record<LimitName, number | null>;

const limit = ({ usual, min, max }: (typeof limitRules)[LimitName]) =>
	v.optional(v.nullable(v.pipe(v.number(), v.integer(), v.minValue(min), v.maxValue(max))), usual);

export const limitsSchema = v.object(
	Object.fromEntries(limitNames.map((name) => [name, limit(limitRules[name])])) as {
		[Name in LimitName]: ReturnType<typeof limit>;
	},
);

/** As mail servers take it: no quotes, no comments, no address of a bare host. Small letters, because few can tell them apart. */
const email = v.pipe(
	v.string(),
	v.trim(),
	v.toLowerCase(),
	v.maxLength(254),
	v.regex(/^[\w.!#$%&'*+/=?^`{|}~-]{1,64}@([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z]{2,63}$/),
);
/** The same rule as for a release's webhook. */
const webhook = v.pipe(
	v.string(),
	v.trim(),
	v.maxLength(500),
	v.regex(/^https:\/\/[a-z0-9.-]+(:\d{1,5})?(\/[!-~]*)?$/),
);

const wanted = {
	summary: v.picklist(summaryRhythms),
	alerts: v.boolean(),
	language: v.picklist(messageLanguages),
};

/** Who is to be told what. At least one thing, or it would be nothing. */
export const subscriptionSchema = v.pipe(
	v.variant("way", [
		v.object({ way: v.literal("email"), address: email, ...wanted }),
		v.object({ way: v.literal("webhook"), address: webhook, ...wanted }),
	]),
	v.check(({ summary, alerts }) => alerts || summary !== "none", "nothing"),
);
export type NewSubscription = v.InferOutput<typeof subscriptionSchema>;

/** What an alert compared. Times in ms, shares 0…1; `from` and `to` are local dates, both included. */
export type Finding =
	| {
			kind: "traffic";
			subject: "low" | "high";
			from: string;
			to: string;
			visits: number;
			/** Median of the periods compared with, how many they are, and the band that counts as usual. */
			usual: number;
			periods: number;
			band: [number, number];
	  }
	| {
			kind: "speed";
			subject: "lcp" | "inp";
			/** Which of the two is broken; the other may be as well. */
			cause: "limit" | "worse";
			from: string;
			to: string;
			p75: number;
			interval: [number, number];
			n: number;
			limit: number | null;
			before: { from: string; to: string; p75: number; interval: [number, number]; n: number } | null;
	  }
	| {
			kind: "errors";
			subject: "script" | "api";
			from: string;
			to: string;
			/** Errors or failed requests, of so many page views or requests. */
			times: number;
			of: number;
			/** Per hundred. */
			limit: number;
	  }
	| {
			kind: "silence";
			subject: "";
			/** When the latest report came. */
			last: number;
			hours: number;
			/** Visits that usually begin in the same hours. */
			usual: number;
	  };

/** What a message is made from when it is sent. */
export type OutgoingContent =
	| { kind: "summary"; rhythm: "weekly" | "monthly"; period: string }
	| { kind: "alert"; state: "raised" | "ended"; raised: number; at: number; finding: Finding };
