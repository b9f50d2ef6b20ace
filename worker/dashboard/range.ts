/** The state of a view, which lives in the URL: range of dates, comparison, metric or goal, page, device, order. Leaves out drawing. */
import { maxPathChars } from "../../schema/limits.ts";
import { addDays, daysBetween, isDate, rollingDays } from "../../schema/period.ts";
import type { Device } from "../../schema/report.ts";
import { isAimName } from "../../schema/settings.ts";
import { type Language, languages } from "./format.ts";

export const spans = ["idag", "7d", "28d", "91d", "12m", "egen"] as const;
export type Span = (typeof spans)[number];
export const comparisons = ["forrige", "aar", "ingen"] as const;
export type Comparison = (typeof comparisons)[number];
export const metrics = ["besok", "visninger", "tid", "enkelt", "lcp", "inp"] as const;
export type Metric = (typeof metrics)[number];
export const orders = ["visninger", "tid", "lcp", "forlot"] as const;
export type Order = (typeof orders)[number];

/** The names of devices in the URL. */
export const deviceNames = { mobil: "mobile", pc: "desktop", nettbrett: "tablet", annet: "other" } as const;
const deviceEntries = Object.entries(deviceNames) as [keyof typeof deviceNames, Device][];

const defaultSpan = "28d";
/** Longest range of one's own: two years of whole weeks. */
const maxDays = 728;
const yearOfWeeks = 364;

/**
 * The parameters a page has besides the shared ones: the values there are, the first of them what it is without, so that it is left
 * out of addresses; or free text of at most so many characters.
 */
export type OwnParameters = Readonly<Record<string, readonly [string, ...string[]] | { maxChars: number }>>;

export interface View {
	span: Span;
	/** True where the URL names the range, so that no other may be shown in its place. */
	chosen: boolean;
	from: string;
	to: string;
	comparison: Comparison;
	compare?: { from: string; to: string };
	metric: Metric;
	/** Name of the goal that is drawn in place of the metric. */
	goal?: string;
	page?: string;
	device?: Device;
	order: Order;
	/** True where the table of pages shows every row. */
	all: boolean;
	language?: Language;
	/** On pages with parameters of their own: what there are, and what the URL says of them. */
	parameters?: OwnParameters;
	own?: Readonly<Record<string, string>>;
}

function pick<T extends string>(known: readonly T[], value: string | null): T | undefined {
	return known.find((name) => name === value);
}

/** A day is still going on when it is compared, so it is compared with nothing unless asked. */
function defaultComparison(span: Span): Comparison {
	return span === "idag" ? "ingen" : "forrige";
}

/** The range of a comparison, moved by whole weeks so that weekdays meet. */
export function comparedWith(from: string, to: string, comparison: Comparison): View["compare"] {
	if (comparison === "ingen") return undefined;
	const days = comparison === "aar" ? yearOfWeeks : Math.ceil((daysBetween(from, to) + 1) / 7) * 7;
	return { from: addDays(from, -days), to: addDays(to, -days) };
}

/** A range of one's own, put right: in order, not in the future, not too long; undefined where the dates are none. */
function ownDates(query: URLSearchParams, today: string): { from: string; to: string } | undefined {
	const [a, b] = [query.get("fra") ?? "", query.get("til") ?? ""].sort();
	if (!a || !b || !isDate(a) || !isDate(b) || a > today) return undefined;
	const to = b > today ? today : b;
	return { from: daysBetween(a, to) >= maxDays ? addDays(to, 1 - maxDays) : a, to };
}

function rangeOf(span: Span, query: URLSearchParams, today: string): { span: Span; from: string; to: string } {
	if (span === "idag") return { span, from: today, to: today };
	const own = span === "egen" ? ownDates(query, today) : undefined;
	if (own) return { span, ...own };
	const rolling = span === "egen" ? defaultSpan : span;
	return { span: rolling, from: addDays(today, -rollingDays[rolling]), to: addDays(today, -1) };
}

/** The range of as many days before this one, or after it as far as there are whole days; by its name where it has one. */
export function stepped(
	view: View,
	today: string,
	to: "earlier" | "later",
): Pick<View, "span" | "from" | "to"> | undefined {
	const days = daysBetween(view.from, view.to) + 1;
	const latest = days === 1 ? today : addDays(today, -1);
	const moved = addDays(view.to, to === "earlier" ? -days : days);
	const end = moved > latest ? latest : moved;
	if (to === "later" && end <= view.to) return undefined;
	const range = { from: addDays(end, 1 - days), to: end };
	if (range.to === today) return { span: "idag", ...range };
	const named = (Object.keys(rollingDays) as (keyof typeof rollingDays)[]).find((span) => rollingDays[span] === days);
	return { span: named && range.to === latest ? named : "egen", ...range };
}

/** Keeps what a page knows of its own parameters; a default counts as absent. */
function keptOwn(parameters: OwnParameters, value: (name: string) => string | null | undefined) {
	const known = Object.entries(parameters).flatMap(([name, rule]): [string, string][] => {
		const text = value(name)?.trim();
		if (!text) return [];
		const isKept = "maxChars" in rule ? text.length <= rule.maxChars : rule.indexOf(text) > 0;
		return isKept ? [[name, text]] : [];
	});
	return Object.fromEntries(known);
}

/** The value of one of a page's own parameters: the URL's, else the first there is, else nothing. */
export function ownOf(view: View, name: string): string {
	const rule = view.parameters?.[name];
	return view.own?.[name] ?? (rule && !("maxChars" in rule) ? rule[0] : "");
}

/**
 * Reads a view from the URL. Whatever is unknown or malformed counts as absent. A page with parameters of its own has none of the
 * overview's metric, goal, order and rows.
 */
export function parseView(query: URLSearchParams, today: string, parameters?: OwnParameters): View {
	const asked = pick(spans, query.get("p"));
	const range = rangeOf(asked ?? defaultSpan, query, today);
	const comparison = pick(comparisons, query.get("c")) ?? defaultComparison(range.span);
	const page = query.get("side");
	const device = deviceEntries.find(([name]) => name === query.get("enhet"))?.[1];
	const language = pick(languages, query.get("lang"));
	const compare = comparedWith(range.from, range.to, comparison);
	const shown = parameters ? new URLSearchParams() : query;
	const goal = shown.get("maal");
	const isGoal = goal !== null && isAimName(goal);
	return {
		...range,
		chosen: asked !== undefined,
		comparison,
		metric: (isGoal ? undefined : pick(metrics, shown.get("m"))) ?? "besok",
		order: pick(orders, shown.get("sort")) ?? "visninger",
		all: shown.get("vis") === "alle",
		...(parameters ? { parameters, own: keptOwn(parameters, (name) => query.get(name)) } : {}),
		...(compare ? { compare } : {}),
		...(isGoal ? { goal } : {}),
		...(page?.startsWith("/") && page.length <= maxPathChars ? { page } : {}),
		...(device ? { device } : {}),
		...(language ? { language } : {}),
	};
}

/** The same view without what only one page knows, for the way to another page. */
export function sharedView(view: View): View {
	const { parameters: _, own: __, goal: ___, ...rest } = view;
	return { ...rest, metric: "besok", order: "visninger", all: false };
}

/** The same view moved to today, for a site that has nothing older. */
export function viewOfToday(view: View, today: string): View {
	const { compare: _, ...rest } = view;
	return { ...rest, span: "idag", from: today, to: today, comparison: "ingen" };
}

export type Change = { [Name in keyof Omit<View, "own">]?: View[Name] | undefined } & {
	/** Changes of single parameters; the others stay. */
	own?: Readonly<Record<string, string | undefined>>;
};

/** The link to a view with something changed: canonical order, defaults left out, so that one view has one address. */
export function linkTo(view: View, change: Change = {}): string {
	const next: Change = { ...view, ...change };
	const wished = { ...view.own, ...change.own };
	const own = keptOwn(next.parameters ?? {}, (name) => wished[name]);
	const span = next.span ?? defaultSpan;
	// A comparison nobody chose goes along with the range.
	if (!change.comparison && view.comparison === defaultComparison(view.span)) next.comparison = defaultComparison(span);
	const parts: [string, string | undefined][] = [
		["p", span === defaultSpan ? undefined : span],
		["fra", span === "egen" ? next.from : undefined],
		["til", span === "egen" ? next.to : undefined],
		["c", next.comparison === defaultComparison(span) ? undefined : next.comparison],
		["m", next.parameters ? own.m : next.metric === "besok" ? undefined : next.metric],
		["maal", next.parameters ? undefined : next.goal],
		["side", next.page],
		["enhet", deviceEntries.find(([, value]) => value === next.device)?.[0]],
		["sort", next.order === "visninger" ? undefined : next.order],
		["vis", next.all ? "alle" : undefined],
		...Object.entries(own).filter(([name]) => name !== "m"),
		["lang", next.language],
	];
	// Paths stay readable: a slash needs no escape in a query.
	const written = (value: string) => encodeURIComponent(value).replaceAll("%2F", "/");
	return `?${parts.flatMap(([name, value]) => (value ? [`${name}=${written(value)}`] : [])).join("&")}`;
}
