/** Visits and the join, with the clock as an argument. */
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { settingAt } from "../../collector/config.ts";
import { gapOf, isOpen, settle } from "../../collector/visit.ts";
import { boundsOf, grains, periodAt, periodsApart } from "../../schema/period.ts";
import type { Report } from "../../schema/report.ts";
import type { SiteConfig } from "../../schema/site.ts";

const minuteMs = 60_000;
const dayMs = 86_400_000;

describe("a visit", () => {
	test("is over after 30 minutes of silence or 4 hours in all", () => {
		const visit = { began: 0, view: "v" };
		expect(isOpen(visit, 0, 30 * minuteMs)).toBe(true);
		expect(isOpen(visit, 0, 30 * minuteMs + 1)).toBe(false);
		expect(isOpen(visit, 239 * minuteMs, 240 * minuteMs)).toBe(true);
		expect(isOpen(visit, 240 * minuteMs, 241 * minuteMs)).toBe(false);
	});

	test("knows how many periods ago the browser was last here, as the labels say", () => {
		const zones = ["Europe/Oslo", "America/New_York", "Pacific/Apia", "UTC"];
		fc.assert(
			fc.property(
				fc.constantFrom(...grains),
				fc.constantFrom(...zones),
				fc.integer({ min: Date.UTC(2020, 0), max: Date.UTC(2035, 0) }),
				fc.integer({ min: 0, max: 1_100 }),
				(grain, zone, then, days) => {
					const label = (instant: number) => periodAt(instant, grain, zone);
					const beginsOf = (period: string) => boundsOf(period, grain, zone)?.start ?? 0;
					const [earlier, later] = [label(then), label(then + days * dayMs)];
					if (earlier === later) return;
					const moment = { period: later, begins: beginsOf(later), hour: 0 };
					expect(gapOf(beginsOf(earlier), moment)).toBe(Math.min(31, periodsApart(earlier, later, grain)));
				},
			),
		);
		expect(gapOf(undefined, { period: "2026-11-22", begins: Date.UTC(2026, 10, 22), hour: 0 })).toBe(31);
	});
});

describe("the view before", () => {
	const previous = {
		seq: 4,
		place: { page: "/a" },
		visit: { index: 1, channel: "direct", continued: false },
		leaving: { how: "unknown", certain: false },
	} as Report;

	test("is continued, with a seq that its own page cannot have reached", () => {
		const settled = settle(previous, 100);
		expect(settled.seq).toBe(6);
		expect(settled.visit).toEqual({ index: 1, channel: "direct", continued: true });
		expect(settled.leaving?.how).toBe("unknown");
	});

	test("was reloaded if its page begins again by a reload within 10 seconds", () => {
		expect(settle(previous, 100, "/a").leaving).toEqual({ how: "reload", certain: true });
		expect(settle(previous, 100, "/b").leaving?.how).toBe("unknown");
		expect(settle(previous, 10_001, "/a").leaving?.how).toBe("unknown");
		expect(settle({ ...previous, leaving: { how: "link", certain: true } }, 100, "/a").leaving?.how).toBe("link");
	});
});

describe("the config", () => {
	const noon = Date.UTC(2026, 10, 22, 12);
	const midnight = Date.UTC(2026, 10, 23);
	const config = {
		now: noon + 5 * minuteMs,
		hour: 167,
		hourBegan: noon,
		periods: [
			["2026-11-22", midnight - dayMs, midnight],
			["2026-11-23", midnight, midnight + dayMs],
		],
	} as SiteConfig;
	/** The device's clock is a day slow. */
	const kept = { asked: config.now - dayMs, config };

	test("gives period and hour by the server's clock, past the end of a period and of a week", () => {
		expect(settingAt(kept, kept.asked)?.moment).toMatchObject({ period: "2026-11-22", hour: 167 });
		expect(settingAt(kept, kept.asked + 54 * minuteMs)?.moment.hour).toBe(167);
		expect(settingAt(kept, kept.asked + 55 * minuteMs)?.moment.hour).toBe(0);
		expect(settingAt(kept, kept.asked + 12 * 60 * minuteMs)?.moment.period).toBe("2026-11-23");
	});

	test("says nothing beyond the periods it knows", () => {
		expect(settingAt(kept, kept.asked + 2 * dayMs)).toBeUndefined();
	});
});
