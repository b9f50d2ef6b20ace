/** Summaries: when they are due, that their figures are the Stats API's, what they claim, and how they are drawn. */
import { beforeEach, describe, expect, test, vi } from "vitest";
import { addDays, periodAt, startOfDate } from "../../schema/period.ts";
import { bookOf } from "../../worker/book/books.ts";
import { drawLetter } from "../../worker/dashboard/mail/letter.ts";
import { makeEntries } from "../../worker/ingest/entries.ts";
import { webhookSignature } from "../../worker/sharing/signing.ts";
import { siteOf } from "../../worker/sites/sites.ts";
import type { Channels, Pages, Summary as SummaryAnswer } from "../../worker/stats/answers.ts";
import { statsOf } from "../../worker/stats/stats.ts";
import { hookKey, subscriptionsOf } from "../../worker/subscriptions/subscribers.ts";
import { latestPeriod, spanOf, summaryOf, wilson } from "../../worker/subscriptions/summary.ts";
import { textOf } from "../support/page-text.ts";
import { closeWith, LetterBox, subscribed } from "./letter-box.ts";
import { startFresh } from "./migrations.ts";
import { app, figures, makeVisit, settings, testEnv } from "./support.ts";

vi.setConfig({ testTimeout: 30_000 });

const hourMs = 3_600_000;
const { timeZone } = settings;
/** The week that is going on, as if it were over. */
const week = periodAt(Date.now(), "week", timeZone);
const { from, to } = spanOf("weekly", week);
/** Seven in the morning of the Monday after it. */
const monday = startOfDate(addDays(to, 1), timeZone) + 7 * hourMs;
let key = "";
let policy = "";
let box: LetterBox;

beforeEach(async () => {
	({ key, policy } = await startFresh());
	box = new LetterBox();
});

type Sketch = Parameters<typeof makeVisit>[2];
const visits = (n: number, period: string, sketch: Sketch = {}, pages = ["/", "/priser"]) =>
	Array.from({ length: n }, (_, i) =>
		makeVisit(policy, i % 3 ? pages : pages.slice(0, 1), { period, ...sketch }),
	).flat();

describe("a summary", () => {
	test("is due on Monday at seven, the site's time, for the whole week before", () => {
		expect(latestPeriod("weekly", monday - 1, timeZone)).toEqual({ period: week, from, to, due: monday });
		const oslo = (instant: string) => latestPeriod("weekly", Date.parse(instant), "Europe/Oslo");
		// Monday 30 March 2026, the day after clocks went forward: seven is five in UTC.
		expect(oslo("2026-03-30T04:59:00Z")).toEqual({
			period: "2026-W13",
			from: "2026-03-23",
			to: "2026-03-29",
			due: Date.parse("2026-03-30T05:00:00Z"),
		});
		// The last minutes of Sunday in Oslo belong to a week that is not over.
		expect(oslo("2026-11-22T22:59:00Z").period).toBe("2026-W46");
		expect(oslo("2026-11-22T23:00:00Z").period).toBe("2026-W47");
		expect(latestPeriod("monthly", Date.parse("2027-01-15T12:00:00Z"), "Europe/Oslo")).toMatchObject({
			period: "2026-12",
			from: "2026-12-01",
			to: "2026-12-31",
		});
	});

	test("is sent once, not before it is due, and not to who came after it was", async () => {
		await subscribed({ summary: "weekly" });
		await box.run(monday - 60_000);
		expect(box.mails.filter(({ text }) => text.includes(`fra=${from}`))).toEqual([]);
		box.mails.length = 0;
		await box.run(monday);
		await box.run(monday + 600_000);
		expect(box.mails.map(({ to }) => to)).toEqual(["kari@example.com"]);
		await subscribed({ address: "late@example.com", summary: "weekly" }, monday + 1);
		await box.run(monday + 86_400_000);
		expect(box.mails).toHaveLength(1);
		await box.run(monday + 7 * 86_400_000);
		expect(box.mails.map(({ to }) => to).sort()).toEqual(["kari@example.com", "kari@example.com", "late@example.com"]);
	});

	test("has the Stats API's figures, and says when they are provisional", async () => {
		await closeWith(from, visits(60, from, { channel: "search", lcpMs: 3000 }), monday);
		await bookOf(testEnv, "shop").accept(await makeEntries(visits(20, to)), monday);
		const summary = await summaryOf(statsOf(testEnv, await siteOf(testEnv, "shop")), "weekly", week);
		const range = `?from=${from}&to=${to}`;
		const [whole, pages, channels] = [
			await figures<SummaryAnswer>(key, "summary", range),
			await figures<Pages>(key, "pages", range),
			await figures<Channels>(key, "channels", range),
		];
		expect(summary.provisional).toBe(true);
		expect(Object.fromEntries(summary.figures.map(({ name, now }) => [name, now]))).toEqual({
			visits: whole.visits,
			views: whole.views,
			engaged: whole.engagedMs.p50,
			bounces: whole.bounces / whole.visits,
			lcp: whole.vitals.lcp.p75,
			inp: null,
		});
		expect(summary.pages).toEqual(pages.rows.map(({ page, views }) => ({ page, views })));
		expect(summary.channels).toEqual(channels.rows.map(({ channel, visits }) => ({ channel, visits })));
		expect(summary.slowest).toMatchObject({ page: "/", p75: pages.rows[0]?.lcp.p75 });
		await subscribed({ summary: "weekly" });
		await box.run(monday);
		const [mail] = box.mails;
		expect(mail?.subject).toBe(`Shop: 80 visits, week ${Number(week.slice(-2))}`);
		for (const text of [mail?.text ?? "", textOf(mail?.html ?? "")]) {
			expect(text).toContain("Provisional figures");
			expect(text).toContain("/priser");
			expect(text).toContain("Slowest page: ");
		}
		expect(mail?.text).toContain(`${app}/sites/shop?p=egen&fra=${from}&til=${to}&lang=en`);
		expect(mail?.html).not.toMatch(/<(script|img|link|iframe)|https?:\/\/(?!stats\.example\.no)/);
	});

	test("claims a change only where the intervals do not overlap", async () => {
		const earlier = addDays(from, -7);
		await closeWith(earlier, visits(100, earlier, { lcpMs: 1500 }), monday);
		await closeWith(from, visits(60, from, { lcpMs: 4500 }), monday);
		const summary = await summaryOf(statsOf(testEnv, await siteOf(testEnv, "shop")), "weekly", week);
		const of = (name: string) => summary.figures.find((figure) => figure.name === name);
		expect(of("visits")).toMatchObject({ now: 60, before: 100, change: -0.4, clear: true });
		expect(of("lcp")).toMatchObject({ clear: true });
		expect(of("bounces")).toMatchObject({ clear: false });
		const letter = (language: "nb" | "en") =>
			drawLetter({
				told: { kind: "summary", summary },
				site: { id: "shop", name: "Shop", timeZone },
				language,
				origin: app,
				leave: `${app}/unsubscribe/x`,
			});
		const nb = letter("nb").text.replace(/\s+/g, " ");
		expect(nb).toContain("60 besøk, 40 % færre enn perioden før. LCP p75 ble dårligere: ");
		expect(nb).toMatch(/Forlot etter én side \d+ % \d+ % ingen klar/);
		expect(letter("en").text.replace(/\s+/g, " ")).toContain("60 visits, 40% fewer than in the period before.");
	});

	test("of a quiet week says so without claiming anything", async () => {
		await subscribed({ summary: "weekly", language: "nb" });
		await box.run(monday);
		expect(box.mails[0]?.text.replace(/\s+/g, " ")).toMatch(/0 besøk\. Tallene Nå Før Endring Besøk 0 – –/);
	});

	test("goes to a webhook signed, with figures and words", async () => {
		const id = await subscribed({ way: "webhook", address: "https://hook.example/x", summary: "monthly" });
		const now = Date.parse("2027-02-01T09:00:00Z");
		await box.run(now);
		const [hook] = box.hooks;
		const body = JSON.parse(hook?.body ?? "{}");
		expect(body).toMatchObject({
			event: "summary",
			id: `${id}/summary-2027-01`,
			site: "Shop",
			url: `${app}/sites/shop`,
			summary: { period: "2027-01", range: { from: "2027-01-01", to: "2027-01-31" } },
			text: expect.stringContaining("Shop: 0 visits, Jan 2027"),
		});
		const signed = await webhookSignature(await hookKey(testEnv.DB, { id, site: "shop" }), hook?.body ?? "", now);
		expect(hook?.headers.get("Sporlos-Signature")).toBe(signed);
	});

	test("draws names from elsewhere harmlessly", () => {
		const hostile = "/<script>alert(1)</script>\u202egnp.exe\r\nBcc: x@example.com/".padEnd(2_000, "x");
		const summary = {
			rhythm: "weekly",
			period: week,
			range: { from, to },
			compare: { from, to },
			provisional: false,
			sample: true,
			figures: [],
			pages: [{ page: hostile, views: 3 }],
			channels: [],
			hidden: { pages: 0.1, channels: 0 },
			slowest: { page: hostile, p75: 3000, interval: [2000, 4000] as [number, number], n: 40 },
		} as const;
		const { subject, text, html } = drawLetter({
			told: { kind: "summary", summary: { ...summary, figures: [], pages: [...summary.pages], channels: [] } },
			site: { id: "shop", name: "Shop\r\nBcc: y@example.com <b>", timeZone },
			language: "nb",
			origin: app,
		});
		expect(subject).not.toMatch(/[\r\n]/);
		expect(html).not.toContain("<script");
		expect(html).not.toContain("<b>");
		expect(text + html).not.toContain("\u202e");
		expect(text).not.toMatch(/^Bcc/m);
		expect(Math.max(...text.split("\n").map((line) => line.length))).toBeLessThan(120);
	});

	test("knows Wilson's interval", () => {
		// Newcombe, Statistics in Medicine 17 (1998), table I: 81 of 263.
		const [low, high] = wilson(81, 263);
		expect([low.toFixed(4), high.toFixed(4)]).toEqual(["0.2553", "0.3662"]);
	});

	test("comes as it was asked for last where the same address is confirmed again", async () => {
		await subscribed({ summary: "weekly" });
		await box.run(monday);
		await subscribed({ summary: "monthly", alerts: true, language: "nb" }, monday);
		await box.run(monday + 7 * 86_400_000 - 1);
		expect(box.mails.filter(({ subject }) => subject.includes("week"))).toHaveLength(1);
		box.mails.length = 0;
		await box.run(monday + 62 * 86_400_000);
		expect(box.mails).toHaveLength(1);
		expect(await subscriptionsOf(testEnv.DB, "shop")).toMatchObject([
			{ address: "kari@example.com", summary: "monthly", alerts: true, language: "nb" },
		]);
	});
});
