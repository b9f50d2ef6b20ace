/** The pure parts of the sensors: dwell, leaving, scroll. */
import { describe, expect, test } from "vitest";
import { credit, type Span } from "../../collector/sensors/dwell.ts";
import { type Signs, tellLeaving } from "../../collector/sensors/leaving.ts";
import { tenthOf } from "../../collector/sensors/scroll.ts";

describe("dwell", () => {
	const span: Span = { wall: 1_000_000, mono: 5_000, visible: true, focused: true, input: 5_000 };
	const later = (ms: number, wallMs = ms) => ({ wall: span.wall + wallMs, mono: span.mono + ms });

	test("credits visible time, and engaged time up to 30 seconds after the last input", () => {
		expect(credit(span, later(1_000))).toEqual([1_000, 1_000]);
		expect(credit({ ...span, input: 5_000 - 29_500 }, later(1_000))).toEqual([1_000, 500]);
		expect(credit({ ...span, input: 5_000 - 40_000 }, later(1_000))).toEqual([1_000, 0]);
	});

	test("credits no engaged time without focus, and nothing in the background", () => {
		expect(credit({ ...span, focused: false }, later(1_000))).toEqual([1_000, 0]);
		expect(credit({ ...span, visible: false }, later(1_000))).toEqual([0, 0]);
	});

	test("credits nothing for sleep, whichever clock shows it, and nothing where the clock was set", () => {
		expect(credit(span, later(1_000, 3_600_000))).toEqual([0, 0]);
		expect(credit(span, later(3_600_000))).toEqual([0, 0]);
		expect(credit(span, later(1_000, -60_000))).toEqual([0, 0]);
	});
});

describe("leaving", () => {
	const chromium: Signs = { swapsAlways: true, announces: true, persisted: true, away: false };
	const firefox: Signs = { ...chromium, swapsAlways: false };
	const old: Signs = { ...firefox, announces: false };
	const link = { how: "link", certain: true } as const;

	test.each<[string, Signs, string | undefined]>([
		["an announced way", { ...chromium, intent: link, swap: "push" }, "link"],
		["a reload that Chromium names", { ...chromium, swap: "reload", persisted: false }, "reload"],
		["an address typed, in Chromium", { ...chromium, swap: "push", persisted: false }, "typed"],
		["a page that goes without a swap, in Chromium", { ...chromium, persisted: false }, "closed"],
		["an address typed, in Firefox", firefox, "typed"],
		["a page not kept, in Firefox: closed or reloaded", { ...firefox, persisted: false }, "unknown"],
		["anything, in an old browser", old, "unknown"],
		["anything with a swap, in a Safari without announcements", { ...old, swap: "push", persisted: false }, "unknown"],
		["a page closed in the background: away, as was said", { ...chromium, away: true, persisted: false }, undefined],
		["a way announced in the background", { ...chromium, away: true, intent: link }, "link"],
	])("%s", (_, signs, how) => {
		expect(tellLeaving(signs)?.how).toBe(how);
	});
});

describe("scroll", () => {
	test("is the tenth of the page that was on screen", () => {
		expect(tenthOf(600, 6_000)).toBe(1);
		expect(tenthOf(3_000, 6_000)).toBe(5);
		expect(tenthOf(5_999.4, 6_000)).toBe(10);
		expect(tenthOf(900, 600)).toBe(10);
	});
});
