import { describe, expect, test } from "vitest";
import { formatOf } from "../../worker/dashboard/format.ts";
import { differ, percentileOf, verdictOf } from "../../worker/dashboard/verdict.ts";

const nb = formatOf("nb");
const en = formatOf("en");
const figure = { p75: 2600, interval: null, good: 0, needs: 0, poor: 0, n: 100 } as const;

describe("numbers read the way people write them", () => {
	test("Norwegian groups thousands with a hard space, English with a comma", () => {
		expect(nb.count(40766)).toBe("40\u00a0766");
		expect(en.count(40766)).toBe("40,766");
	});
	test("a minus is a minus sign, and no change is ±0", () => {
		expect(nb.change(-0.021, 1)).toBe("\u22122,1\u00a0%");
		expect(en.change(-0.021, 1)).toBe("\u22122.1%");
		expect(nb.change(0.125, 1)).toBe("+12,5\u00a0%");
		expect(nb.change(0.0004, 1)).toBe("±0\u00a0%");
		expect(nb.points(-0.008)).toBe("\u22120,8\u00a0%-poeng");
		expect(en.points(0.012)).toBe("+1.2\u00a0pp");
	});
	test("a share that is there never reads as nothing", () => {
		expect(nb.percent(0.38)).toBe("38\u00a0%");
		expect(nb.percent(0.001)).toBe("<1\u00a0%");
		expect(nb.percent(0)).toBe("0\u00a0%");
	});
	test("durations read in minutes and seconds", () => {
		expect(nb.duration(112_000)).toBe("1\u00a0min 52\u00a0s");
		expect(nb.duration(120_000)).toBe("2\u00a0min");
		expect(nb.duration(41_000)).toBe("41\u00a0s");
		expect(nb.duration(400)).toBe("0,4\u00a0s");
		expect(nb.duration(3_900_000)).toBe("1\u00a0t 5\u00a0min");
		expect(en.duration(3_900_000)).toBe("1\u00a0h 5\u00a0min");
	});
	test("ranges of dates are written once", () => {
		expect(nb.dates("2026-10-25", "2026-11-21")).toBe("25. okt.–21. nov. 2026");
		expect(nb.dates("2026-11-22", "2026-11-22")).toBe("22. nov. 2026");
		expect(en.dates("2026-10-25", "2026-11-21").replace(/\s/g, " ")).toBe("25 Oct – 21 Nov 2026");
	});
});

describe("vitals keep to their limits", () => {
	test("seconds have two decimals, short times are in ms, CLS has no unit", () => {
		expect(nb.vital("lcp", 2640)).toBe("2,64\u00a0s");
		expect(nb.vital("inp", 168)).toBe("168\u00a0ms");
		expect(nb.vital("ttfb", 612)).toBe("612\u00a0ms");
		expect(nb.vital("ttfb", 1230)).toBe("1,23\u00a0s");
		expect(nb.vital("cls", 0.06)).toBe("0,06");
	});
	test("what is just above a limit never reads as the limit", () => {
		expect(nb.vital("lcp", 2500)).toBe("2,50\u00a0s");
		expect(nb.vital("lcp", 2503)).toBe("2,51\u00a0s");
		expect(nb.vital("inp", 200.2)).toBe("201\u00a0ms");
		expect(nb.vital("cls", 0.1004)).toBe("0,11");
	});
	test("a limit itself is good", () => {
		expect([verdictOf("lcp", 2500), verdictOf("lcp", 2501), verdictOf("lcp", 4001)]).toEqual(["good", "needs", "poor"]);
		expect([verdictOf("cls", 0.1), verdictOf("cls", 0.25), verdictOf("cls", 0.26)]).toEqual(["good", "needs", "poor"]);
	});
	test("fewer than 30 measurements give no percentile", () => {
		expect(percentileOf({ ...figure, n: 29 })).toBeNull();
		expect(percentileOf({ ...figure, n: 30 })).toBe(2600);
	});
	test("overlapping or unknown intervals cannot be told apart", () => {
		const near = (low: number, high: number) => ({ ...figure, interval: [low, high] as [number, number] });
		expect(differ(near(2000, 2400), near(2300, 2700))).toBe(false);
		expect(differ(near(2000, 2200), near(2300, 2700))).toBe(true);
		expect(differ(near(2000, 2200), figure)).toBe(false);
	});
});
