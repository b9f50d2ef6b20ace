/** Alerts: each rule at its edges, and what a site's people are told of it: once when it begins, once when it ends. */

import * as v from "valibot";
import { beforeEach, describe, expect, test, vi } from "vitest";
import { bucketOf } from "../../schema/buckets.ts";
import { addDays, hourOfWeek, startOfDate } from "../../schema/period.ts";
import type { Report } from "../../schema/report.ts";
import { type AlertLimits, type Finding, limitsSchema } from "../../schema/subscription.ts";
import { countedIn } from "../../schema/tree-rules.ts";
import { bookOf } from "../../worker/book/books.ts";
import { alertText } from "../../worker/dashboard/mail/alert-text.ts";
import { makeEntries } from "../../worker/ingest/entries.ts";
import type { VitalFigure } from "../../worker/stats/answers.ts";
import { judgeErrors, judgeSilence, judgeSpeed, judgeTraffic, median } from "../../worker/subscriptions/alert-rules.ts";
import { siteAlertsOf } from "../../worker/subscriptions/alerts.ts";
import { limitsOf, setLimits } from "../../worker/subscriptions/subscribers.ts";
import { closeWith, LetterBox, subscribed } from "./letter-box.ts";
import { startFresh } from "./migrations.ts";
import { makeReport, settings, testEnv, today } from "./support.ts";

vi.setConfig({ testTimeout: 30_000 });

const hourMs = 3_600_000;
const usual = v.parse(limitsSchema, {}) as AlertLimits;
const dates = { from: "2026-11-20", to: "2026-11-20" };

describe("visits of a day", () => {
	const even = [100, 104, 98, 101, 97, 103, 99, 102];
	const judge = (visits: number, earlier = even, limit: number | null = 40) =>
		judgeTraffic(dates, visits, earlier, limit).map(({ state, finding }) => `${finding.subject} ${state}`);

	test("are compared with the same weekday of eight weeks: far below and far above raise", () => {
		expect(judge(100)).toEqual(["low off", "high off"]);
		expect(judge(55)).toEqual(["low on", "high off"]);
		expect(judge(150)).toEqual(["low off", "high on"]);
	});
	test("that differ by less than the limit raise nothing, however even the weeks were", () => {
		expect(judge(61)).toEqual(["low off", "high off"]);
		expect(judge(61, even, 10)).toEqual(["low on", "high off"]);
	});
	test("raise nothing within what chance alone gives, nor within what the weeks themselves vary by", () => {
		// √36 · 3.5 = 21 of 36 visits.
		expect(judge(16, Array(8).fill(36))).toEqual(["low off", "high off"]);
		expect(judge(14, Array(8).fill(36))).toEqual(["low on", "high off"]);
		expect(judge(30, [40, 160, 100, 60, 140, 90, 110, 100])).toEqual(["low off", "high off"]);
	});
	test("one wild week among the eight changes nothing", () => {
		expect(judge(55, [...even.slice(1), 5_000])).toEqual(["low on", "high off"]);
	});
	test("are not judged against too few weeks, or too few visits, or at all where the owner switched it off", () => {
		expect(judge(0, even.slice(3))).toEqual(["low unknown", "high unknown"]);
		expect(judge(0, Array(8).fill(29))).toEqual(["low unknown", "high unknown"]);
		expect(judge(0, even, null)).toEqual([]);
	});
	test("median of an even and an odd number of values", () => {
		expect([median([4, 1, 3, 2]), median([3, 1, 2])]).toEqual([2.5, 2]);
	});
});

describe("p75", () => {
	const figure = (p75: number, low: number, high: number): VitalFigure => ({
		p75,
		interval: [low, high],
		good: 0,
		needs: 0,
		poor: 0,
		n: 500,
	});
	const judge = (now: VitalFigure, before?: VitalFigure, limits: Partial<AlertLimits> = {}) =>
		judgeSpeed("lcp", { ...dates, figure: now }, before && { ...dates, figure: before }, { ...usual, ...limits }).map(
			({ state, finding }) => [state, finding.kind === "speed" && finding.cause],
		);

	test("raises where all of its interval is above the limit, and stays until p75 itself is not", () => {
		expect(judge(figure(4300, 4100, 4500))).toEqual([["on", "limit"]]);
		expect(judge(figure(4300, 3900, 4700))).toEqual([["unknown", "limit"]]);
		expect(judge(figure(3900, 3700, 4100))).toEqual([["off", "worse"]]);
	});
	test("raises where it is longer than before by a fifth, and the intervals do not overlap", () => {
		const before = figure(2000, 1900, 2100);
		expect(judge(figure(2500, 2400, 2600), before)).toEqual([["on", "worse"]]);
		expect(judge(figure(2500, 2050, 2900), before)).toEqual([["unknown", "worse"]]);
		expect(judge(figure(2300, 2200, 2350), before)).toEqual([["off", "worse"]]);
		expect(judge(figure(2500, 2400, 2600), before, { worse: null })).toEqual([["off", "worse"]]);
	});
	test("of too few measurements is not judged, nor where both limits are off", () => {
		expect(judge({ ...figure(9000, 8000, 9900), p75: null, interval: null, n: 29 })).toEqual([]);
		expect(judge(figure(9000, 8000, 9900), undefined, { lcp: null, worse: null })).toEqual([]);
	});
});

describe("errors", () => {
	const judge = (times: number, of: number, limit: number | null = 5) =>
		judgeErrors("script", dates, times, of, limit).map(({ state }) => state);
	test("raise where even the lower bound of the count is above the limit", () => {
		expect(judge(80, 1_000)).toEqual(["on"]);
		expect(judge(55, 1_000)).toEqual(["unknown"]);
		expect(judge(50, 1_000)).toEqual(["off"]);
		expect(judge(50, 99)).toEqual(["unknown"]);
		expect(judge(50, 100, null)).toEqual([]);
	});
});

describe("silence", () => {
	const now = Date.parse("2026-11-20T12:00:00Z");
	const judge = (hours: number, visits: number) =>
		judgeSilence(now - hours * hourMs, now, visits, 3).map(({ state }) => state);
	test("raises after the hours that are set, where visits usually begin in them", () => {
		expect(judge(3, 10)).toEqual(["on"]);
		expect(judge(2.9, 10)).toEqual(["off"]);
		expect(judge(3, 9.9)).toEqual(["unknown"]);
	});
});

describe("a site", () => {
	let policy = "";
	let box: LetterBox;
	/** The day that is judged, and the instant at which its closing would be due. */
	const date = today();
	const day = addDays(date, -2);
	const now = startOfDate(date, settings.timeZone) + 3 * hourMs;

	beforeEach(async () => {
		({ policy } = await startFresh());
		box = new LetterBox();
	});
	const days = (n: number, period: string, change: (report: Report) => Report = (report) => report) =>
		Array.from({ length: n }, () => {
			const report = change(makeReport(policy, { period }));
			return { ...report, first: [...new Set(countedIn(report).map(([, , mark]) => mark))] }; // browsers of their own
		});
	/** As many weeks of the same weekday as it takes. */
	async function open(): Promise<void> {
		for (let weeks = 6; weeks >= 1; weeks--) {
			const period = addDays(day, -7 * weeks);
			await closeWith(period, days(36, period), now);
		}
	}
	const told = () => box.mails.map(({ subject }) => subject);
	const only = (change: Partial<AlertLimits>) =>
		setLimits(testEnv.DB, "shop", {
			traffic: null,
			lcp: null,
			inp: null,
			worse: null,
			script: null,
			api: null,
			silence: null,
			...change,
		});

	test("is told once of an unusual day, and once when a day is usual again, by mail and by webhook", async () => {
		await open();
		await only({ traffic: 40 });
		await subscribed({ alerts: true });
		await subscribed({ way: "webhook", address: "https://hook.example/x", alerts: true, language: "nb" });
		await subscribed({ address: "summaries@example.com", summary: "monthly" }, now);
		await closeWith(day, days(10, day), now);
		for (const minutes of [0, 10, 20]) await box.run(now + minutes * 60_000);
		expect(told()).toEqual(["Shop: Unusually few visits"]);
		expect(box.hooks.map(({ body }) => JSON.parse(body))).toMatchObject([
			{
				event: "site-alert",
				state: "raised",
				finding: { kind: "traffic", subject: "low", visits: 10, usual: 36, periods: 6, band: [15, 57] },
				text: expect.stringMatching(/Samme ukedag de 6 siste ukene hadde vanligvis\s+36 besøk/),
			},
		]);
		expect(await siteAlertsOf(testEnv.DB, "shop")).toMatchObject([{ kind: "traffic", subject: "low", ended: null }]);

		// Another unusual day is the same cause; a usual one ends it.
		const [again, fine] = [addDays(day, 7), addDays(day, 14)];
		await closeWith(again, days(12, again), now);
		await box.run(now + 30 * 60_000);
		await subscribed({ address: "later@example.com", alerts: true }, now + 40 * 60_000);
		await closeWith(fine, days(34, fine), now);
		for (const minutes of [50, 60]) await box.run(now + minutes * 60_000);
		expect(told()).toEqual(["Shop: Unusually few visits", "Shop: over: Visits are as usual again"]);
		expect(box.mails.every(({ to }) => to === "kari@example.com")).toBe(true);
		expect(box.hooks).toHaveLength(2);
		expect((await siteAlertsOf(testEnv.DB, "shop"))[0]?.ended).toBe(now + 50 * 60_000);

		// When it happens again it is told again, and to those who came meanwhile.
		const third = addDays(day, 21);
		await closeWith(third, days(8, third), now);
		await box.run(now + 70 * 60_000);
		expect(told().slice(2)).toEqual(["Shop: Unusually few visits", "Shop: Unusually few visits"]);
	});

	test("is told by two runs at once no more than by one, and of nothing that its owner switches off", async () => {
		await open();
		await only({ traffic: 40 });
		await subscribed({ alerts: true });
		await closeWith(day, days(10, day), now);
		await Promise.all([box.run(now), box.run(now + 1)]);
		await box.run(now + 600_000);
		await only({});
		await box.run(now + 1_200_000);
		expect(told()).toEqual(["Shop: Unusually few visits"]);
		expect((await siteAlertsOf(testEnv.DB, "shop"))[0]?.ended).toBe(now + 1_200_000);
	});

	test("is told of slow pages, errors and failing requests of the day that was closed", async () => {
		await only({ lcp: 4000, script: 5, api: 5 });
		await subscribed({ alerts: true });
		const bad = (report: Report): Report => ({
			...report,
			speed: { ...report.speed, lcp: bucketOf(6_000), routes: [["/api/kurv", bucketOf(200), 2, 1]] },
			interaction: { scroll: 1, clicks: [], errors: [["TypeError @ /kurv.js:1", 1]] },
		});
		await closeWith(day, days(120, day, bad), now);
		await box.run(now);
		expect(told().sort()).toEqual([
			"Shop: LCP is too slow",
			"Shop: Many JavaScript errors",
			"Shop: Many requests fail",
		]);
		const text = box.mails.map((mail) => mail.text.replace(/\s+/g, " ")).join(" ");
		expect(text).toContain("120 JavaScript errors in 120 page views");
		expect(text).toContain("120 of 240 requests");
		expect(text).toMatch(/LCP p75 was [\d.]+\ss \(95 % interval/);
		expect(text).toContain("The limit is 4.00 s.");
	});

	test("is told when reports stop in hours that usually have some, and when they come again", async () => {
		await only({ silence: 3 });
		await subscribed({ alerts: true });
		const noon = startOfDate(date, settings.timeZone) + 12 * hourMs;
		const hour = hourOfWeek(noon + 60_000, settings.timeZone);
		for (let weeks = 4; weeks >= 1; weeks--) {
			const period = addDays(date, -7 * weeks);
			await closeWith(
				period,
				days(12, period, (report) => ({ ...report, hour })),
				noon - 5 * hourMs,
			);
		}
		const hear = async (at: number) =>
			bookOf(testEnv, "shop").accept(await makeEntries([makeReport(policy, { period: date })]), at);
		await hear(noon - 90 * 60_000);
		await box.run(noon + 80 * 60_000);
		expect(told()).toEqual([]);
		for (const minutes of [90, 100, 200]) await box.run(noon + minutes * 60_000);
		expect(told()).toEqual(["Shop: No reports arrive"]);
		expect(box.mails[0]?.text.replace(/\s+/g, " ")).toContain("In the same hours, 12 visits usually begin.");
		await hear(noon + 201 * 60_000);
		for (const minutes of [210, 220]) await box.run(noon + minutes * 60_000);
		expect(told()).toEqual(["Shop: No reports arrive", "Shop: over: Reports arrive again"]);
	});

	test("is not told of what was closed long ago, of sample visits, or where nobody asked", async () => {
		await open();
		await closeWith(day, days(10, day), now);
		await box.run(now);
		expect(await siteAlertsOf(testEnv.DB, "shop")).toEqual([]);
		await subscribed({ alerts: true });
		await box.run(now + 8 * 24 * hourMs);
		expect((await siteAlertsOf(testEnv.DB, "shop")).filter(({ kind }) => kind !== "silence")).toEqual([]);
		const sample = addDays(day, 7);
		await bookOf(testEnv, "shop").markSample(sample);
		await closeWith(sample, days(10, sample), now);
		await box.run(now + 7 * 24 * hourMs);
		expect((await siteAlertsOf(testEnv.DB, "shop")).filter(({ kind }) => kind !== "silence")).toEqual([]);
	});

	test("keeps the limits that were set, and has the usual ones for the rest", async () => {
		expect(await limitsOf(testEnv.DB, "shop")).toEqual(usual);
		await only({ lcp: 2500 });
		expect(await limitsOf(testEnv.DB, "shop")).toMatchObject({ lcp: 2500, silence: null });
	});
});

test("every alert is said in both languages, with what was compared", () => {
	const findings: Finding[] = [
		{
			kind: "traffic",
			subject: "high",
			from: "2026-11-16",
			to: "2026-11-22",
			visits: 1234,
			usual: 800,
			periods: 7,
			band: [500, 1100],
		},
		{
			kind: "speed",
			subject: "inp",
			cause: "worse",
			...dates,
			p75: 320,
			interval: [300, 340],
			n: 1200,
			limit: 500,
			before: { from: "2026-10-16", to: "2026-11-12", p75: 200, interval: [190, 210], n: 4000 },
		},
		{ kind: "errors", subject: "api", ...dates, times: 30, of: 400, limit: 5 },
		{ kind: "silence", subject: "", last: Date.parse("2026-11-20T07:30:00Z"), hours: 40, usual: 200 },
	];
	const say = (language: "nb" | "en") =>
		findings.map((finding) => alertText(finding, "raised", "Europe/Oslo", language).replace(/\s/g, " "));
	expect(say("nb")).toEqual([
		"16.–22. nov. 2026: 1 234 besøk. De 7 periodene før hadde vanligvis 800 besøk; mellom 500 og 1 100 regnes som vanlig.",
		"INP p75 var 320 ms (95 %-intervall 300–340 ms, 1 200 målinger) 20. nov. 2026. Før det, 16. okt.–12. nov. 2026, var den 200 ms (190–210 ms): +60 %.",
		"30 av 400 forespørsler til nettstedets egne API-ruter feilet fre. 20. nov., så langt nettleserne forteller det: 7,5 av 100. Grensen er 5 av 100.",
		"Ingen rapport på 40 timer; den siste kom 20. nov. 2026, 08:30. I de samme timene begynner det vanligvis 200 besøk.",
	]);
	expect(say("en")).toHaveLength(4);
});
