import { describe, expect, test } from "vitest";
import { addDays } from "../../schema/period.ts";
import { missingDays } from "../../scripts/samples.ts";

const today = "2026-11-22";

describe("filling in sample visits", () => {
	test("a first start fills the sixty days up to yesterday", () => {
		const days = missingDays([], today);
		expect(days).toHaveLength(60);
		expect(days[0]).toBe("2026-09-23");
		expect(days.at(-1)).toBe("2026-11-21");
	});

	test("a filled site gets nothing more, the next day or the next month", () => {
		const filled = missingDays([], today);
		expect(missingDays(filled, today)).toEqual([]);
		expect(missingDays(filled, addDays(today, 1))).toEqual([]);
		expect(missingDays(filled, addDays(today, 40))).toEqual([]);
	});

	test("an interrupted filling goes on where it stopped", () => {
		const days = missingDays([], today);
		expect(missingDays(days.slice(0, 20), addDays(today, 1))).toEqual(days.slice(20));
	});
});
