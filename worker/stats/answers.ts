/** The shapes of the figures: what the Stats API answers and the dashboard draws. Times are ms, CLS is a plain number. */

import type { Vital } from "../../schema/buckets.ts";
import type { LeavingMethod } from "../../schema/leaving.ts";
import type { Grain } from "../../schema/period.ts";
import type { Channel, Device } from "../../schema/report.ts";

/** What every answer says about itself. */
export interface Answer {
	site: string;
	/** First and last local date, both included. */
	range: { from: string; to: string };
	grain: Grain;
	timeZone: string;
	/** True where an open period is in it: figures may still change. */
	provisional: boolean;
	/** Share (0…1) of what is counted here that is folded into "(other)". */
	hidden: number;
	/** True where sample visits are in it. */
	sample: boolean;
}

/** Percentiles of a time, or null where nothing was measured. */
export interface Times {
	p50: number | null;
	p75: number | null;
	n: number;
}

export interface VitalFigure {
	p75: number | null;
	/** 95 % interval of p75 from order statistics, or null where n is too small. */
	interval: [number, number] | null;
	/** Counts within the web-vitals limits; good + needs + poor = n. */
	good: number;
	needs: number;
	poor: number;
	n: number;
}

export interface SummaryFigures {
	views: number;
	visits: number;
	/** Distinct browsers in the range. */
	visitors: number;
	/** Equal where exact. */
	visitorsInterval: { low: number; high: number };
	/** True where the range is longer than 31 periods: `visitors` is then an upper bound. */
	visitorsBound: boolean;
	bounces: number;
	/** Page views recorded without the purpose `visits`; in no other count. */
	apart: number;
	engagedMs: Times;
	visibleMs: Times;
	vitals: Record<Vital, VitalFigure>;
	leaving: LeavingRow[];
}
export interface Summary extends Answer, SummaryFigures {
	compare?: SummaryFigures & { from: string; to: string };
}

export interface TimelinePoint {
	period: string;
	/** First local date of the period. */
	date: string;
	views: number;
	visits: number;
	bounces: number;
	engagedMs: number | null;
	lcp: number | null;
	inp: number | null;
	cls: number | null;
	fcp: number | null;
	ttfb: number | null;
	provisional: boolean;
}
export interface Timeline extends Answer {
	points: TimelinePoint[];
	compare?: { from: string; to: string; points: TimelinePoint[] };
}

export interface PageRow {
	/** Cleaned path, or "(other)". */
	page: string;
	views: number;
	entries: number;
	exits: number;
	exitsBy: Partial<Record<LeavingMethod, number>>;
	engagedMs: Times;
	visibleMs: Times;
	lcp: VitalFigure;
	inp: VitalFigure;
	cls: VitalFigure;
	/** Views per period of the range, in order. */
	trend: number[];
}
export interface Pages extends Answer {
	rows: PageRow[];
	/** Number of rows before `limit`. */
	total: number;
}

export interface Flows extends Answer {
	page: string;
	views: number;
	/** Page of the visit before, or the channel a visit began with; sums to `views`. */
	from: ({ page: string; count: number } | { channel: Channel | "(other)"; count: number })[];
	/** Page of the visit after; with `left` it sums to `views`. */
	to: { page: string; count: number }[];
	left: { how: LeavingMethod; count: number }[];
}

export interface LeavingRow {
	how: LeavingMethod;
	/** Page views left this way. */
	count: number;
	/** Of these, the ones that ended the visit. */
	exits: number;
}
export interface Leaving extends Answer {
	page: string | null;
	rows: LeavingRow[];
}

export interface ChannelRow {
	channel: Channel | "(other)";
	visits: number;
	bounces: number;
	referrers: { host: string; visits: number }[];
}
export interface Channels extends Answer {
	rows: ChannelRow[];
}

export interface DeviceRow {
	device: Device | "(other)";
	views: number;
	visits: number;
	engagedMs: Times;
	lcp: VitalFigure;
	inp: VitalFigure;
	cls: VitalFigure;
}
export interface Devices extends Answer {
	rows: DeviceRow[];
}

export interface ElementRow {
	page: string;
	element: string;
	clicks: number;
	/** Page views with at least one click on it. */
	views: number;
}
export interface Elements extends Answer {
	page: string | null;
	rows: ElementRow[];
}

export interface VitalDetail extends VitalFigure {
	p50: number | null;
	p95: number | null;
	/** Non-empty buckets, none below k measurements: above `from`, up to `to`; ms, CLS a plain number. `to` is null for the last. */
	histogram: { from: number; to: number | null; count: number }[];
}
export interface Vitals extends Answer {
	page: string | null;
	device: Device | null;
	vitals: Record<Vital, VitalDetail>;
}

export interface Range {
	from: string;
	to: string;
	compare?: { from: string; to: string };
	device?: Device;
	page?: string;
	limit?: number;
}

/** Everything the dashboard and the routes ask for; one instance per site and request. */
export interface Stats {
	summary(range: Range): Promise<Summary>;
	timeline(range: Range): Promise<Timeline>;
	pages(range: Range): Promise<Pages>;
	flows(range: Range & { page: string }): Promise<Flows>;
	leaving(range: Range): Promise<Leaving>;
	channels(range: Range): Promise<Channels>;
	devices(range: Range): Promise<Devices>;
	elements(range: Range): Promise<Elements>;
	vitals(range: Range): Promise<Vitals>;
}
