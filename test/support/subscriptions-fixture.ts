/** What the pages and letters about summaries and alerts show in tests: a site with all there can be, names that would do harm included. */
import * as v from "valibot";
import { type AlertLimits, type Finding, limitsSchema } from "../../schema/subscription.ts";
import type { SubscriptionsInput } from "../../worker/dashboard/subscriptions/page.tsx";
import type { Letter, SiteAlert, Subscription } from "../../worker/subscriptions/shapes.ts";
import type { Summary } from "../../worker/subscriptions/summary.ts";

const site = { id: "tur", name: "nordfjordturer.no", timeZone: "Europe/Oslo" };
const created = Date.parse("2026-09-01T12:00:00Z");
const noon = Date.parse("2026-11-23T12:00:00Z");
const limits = { ...(v.parse(limitsSchema, {}) as AlertLimits), api: null };

const one: Subscription & { key?: string } = {
	id: "abcdefgh12345678",
	site: site.id,
	way: "email",
	address: "kari.nordmann@nordfjordturer.no",
	summary: "weekly",
	alerts: true,
	language: "nb",
	origin: "https://stats.example.no",
	created,
	summarised: "2026-W47",
	sent: noon,
};
const hook: typeof one = {
	...one,
	id: "ijklmnop12345678",
	way: "webhook",
	address: `https://hook.example/${"x".repeat(120)}`,
	summary: "none",
	language: "en",
	sent: null,
	key: "k".repeat(43),
};
const dates = { from: "2026-11-20", to: "2026-11-20" };
const low: Finding = {
	kind: "traffic",
	subject: "low",
	...dates,
	visits: 96,
	usual: 412,
	periods: 8,
	band: [247, 577],
};
export const slow: Finding = {
	kind: "speed",
	subject: "lcp",
	cause: "worse",
	from: "2026-11-14",
	to: "2026-11-20",
	p75: 3120,
	interval: [2980, 3260],
	n: 2841,
	limit: 4000,
	before: { from: "2026-10-17", to: "2026-11-13", p75: 2310, interval: [2240, 2390], n: 11_204 },
};
const alert = (finding: Finding, ended: number | null): SiteAlert => ({
	site: site.id,
	kind: finding.kind,
	subject: finding.subject,
	raised: noon - 26 * 3_600_000,
	ended,
	finding,
});

export const subscriptionsFixture: SubscriptionsInput = {
	site,
	hasMail: true,
	rhythms: ["weekly", "monthly"],
	subscriptions: [one, hook],
	requests: [
		{ ...one, hash: "hash", address: "<b>ola</b>@example.com", created: noon, expires: noon + 7 * 86_400_000 },
	],
	failures: [
		{
			subscription: hook.id,
			message: "alert",
			site: site.id,
			content: { kind: "alert", state: "raised", raised: noon, at: noon, finding: low },
			made: noon,
			tries: 2,
			due: noon + 3_600_000,
			failure: "503",
		},
		{
			subscription: one.id,
			message: "summary",
			site: site.id,
			content: { kind: "summary", rhythm: "weekly", period: "2026-W46" },
			made: noon,
			tries: 6,
			due: null,
			failure: "limit",
		},
	],
	alerts: [
		alert(slow, null),
		alert(low, noon),
		alert({ kind: "silence", subject: "", last: noon, hours: 4, usual: 57 }, noon),
	],
	limits,
};

export const emptySubscriptions: SubscriptionsInput = {
	...subscriptionsFixture,
	hasMail: false,
	subscriptions: [],
	requests: [],
	failures: [],
	alerts: [],
	said: { kind: "wrongAddress" },
	typed: { way: "email", address: '"><script>alert(1)</script>', summary: "monthly", alerts: false, language: "en" },
};

const summary: Summary = {
	rhythm: "weekly",
	period: "2026-W47",
	range: { from: "2026-11-16", to: "2026-11-22" },
	compare: { from: "2026-11-09", to: "2026-11-15" },
	provisional: true,
	sample: false,
	figures: [
		{ name: "visits", now: 3912, n: 3912, before: 3480, change: 0.124, clear: true },
		{ name: "views", now: 11_204, n: 11_204, before: 11_061, change: 0.013, clear: false },
		{ name: "engaged", now: 48_000, n: 3802, before: 47_000, change: 0.021, clear: false },
		{ name: "bounces", now: 0.41, n: 3912, before: 0.47, change: -0.06, clear: true },
		{ name: "lcp", now: 3120, n: 2841, before: 2310, change: 0.35, clear: true },
		{ name: "inp", now: null, n: 17, before: null, change: null, clear: false },
	],
	pages: ["/", "/turer", "/priser", `/turer/${"nordfjord-".repeat(18)}`, "/<script>alert(1)</script>\u202egnp.exe"].map(
		(page, at) => ({ page, views: 4200 - 700 * at }),
	),
	channels: [
		{ channel: "search", visits: 1810 },
		{ channel: "direct", visits: 1204 },
		{ channel: "social", visits: 512 },
	],
	hidden: { pages: 0.03, channels: 0 },
	slowest: { page: "/turer/vinter", p75: 4890, interval: [4610, 5240], n: 412 },
};
const place = { site, origin: "https://stats.example.no" };
const letter = { ...place, leave: "https://stats.example.no/unsubscribe/x" };
export const letters: Record<string, Omit<Letter, "language">> = {
	summary: { ...letter, told: { kind: "summary", summary } },
	alert: { ...letter, told: { kind: "alert", state: "raised", raised: noon, at: noon, finding: slow } },
	confirm: { ...place, told: { kind: "confirm", link: "https://stats.example.no/subscribe/x", of: one } },
};
