import fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
	addDays,
	boundsOf,
	dateOf,
	datesOf,
	grains,
	hourBegan,
	hourOfWeek,
	isDate,
	periodAt,
	periodOfDate,
	periodsApart,
	periodsBetween,
	startOfDate,
} from "../../schema/period.ts";

const zones = ["Europe/Oslo", "America/New_York", "Asia/Kolkata", "Pacific/Apia", "America/Sao_Paulo", "UTC"];
const instant = fc.integer({ min: Date.UTC(2005, 0), max: Date.UTC(2035, 0) });
const hours = (ms: number) => ms / 3_600_000;

describe("periods", () => {
	test("every instant lies inside the period it is given, in every grain and zone", () => {
		fc.assert(
			fc.property(instant, fc.constantFrom(...zones), fc.constantFrom(...grains), (at, zone, grain) => {
				const bounds = boundsOf(periodAt(at, grain, zone), grain, zone);
				expect(bounds && bounds.start <= at && at < bounds.end).toBe(true);
			}),
		);
	});

	test("one period ends where the next begins", () => {
		fc.assert(
			fc.property(instant, fc.constantFrom(...zones), fc.constantFrom(...grains), (at, zone, grain) => {
				const end = boundsOf(periodAt(at, grain, zone), grain, zone)?.end ?? 0;
				expect(boundsOf(periodAt(end, grain, zone), grain, zone)?.start).toBe(end);
			}),
		);
	});

	test("a day of clock change has 23 or 25 hours", () => {
		const length = (date: string) =>
			hours(startOfDate(addDays(date, 1), "Europe/Oslo") - startOfDate(date, "Europe/Oslo"));
		expect(length("2026-03-29")).toBe(23);
		expect(length("2026-10-25")).toBe(25);
		expect(length("2026-11-22")).toBe(24);
	});

	test("where midnight is skipped, the day begins at the first moment that bears its date", () => {
		const start = startOfDate("2018-11-04", "America/Sao_Paulo"); // 00:00 became 01:00
		expect(new Date(start).toISOString()).toBe("2018-11-04T03:00:00.000Z");
		expect(dateOf(start - 1, "America/Sao_Paulo")).toBe("2018-11-03");
	});

	test("weeks are ISO weeks: they belong to the year of their Thursday", () => {
		expect(periodOfDate("2026-11-22", "week")).toBe("2026-W47");
		expect(periodOfDate("2027-01-03", "week")).toBe("2026-W53");
		expect(periodOfDate("2024-12-30", "week")).toBe("2025-W01");
		expect(datesOf("2026-W53", "week")).toEqual({ first: "2026-12-28", last: "2027-01-03" });
	});

	test("a label that names no period of the grain is refused", () => {
		for (const label of ["2026-W54", "2026-11", "2026-13", "2026-02-30", "x", ""]) {
			expect(datesOf(label, label.includes("W") ? "day" : "week")).toBeUndefined();
		}
		expect(datesOf("2025-W53", "week")).toBeUndefined();
		expect(datesOf("2026-13", "month")).toBeUndefined();
		expect(datesOf("2026-02-30", "day")).toBeUndefined();
	});

	test("a range lists every period it touches, once", () => {
		expect(periodsBetween("2026-11-20", "2026-11-22", "day")).toEqual(["2026-11-20", "2026-11-21", "2026-11-22"]);
		expect(periodsBetween("2026-11-20", "2026-12-01", "month")).toEqual(["2026-11", "2026-12"]);
		expect(periodsBetween("2026-12-30", "2027-01-05", "week")).toEqual(["2026-W53", "2027-W01"]);
	});

	test("the distance of two periods counts periods, not days", () => {
		expect(periodsApart("2026-10-24", "2026-10-26", "day")).toBe(2);
		expect(periodsApart("2026-W53", "2027-W02", "week")).toBe(2);
		expect(periodsApart("2025-12", "2026-02", "month")).toBe(2);
	});

	test("the hour of the week counts from Monday in the site's zone, and hours begin where its clock says", () => {
		const monday = Date.parse("2026-11-23T00:10:00+01:00");
		expect(hourOfWeek(monday, "Europe/Oslo")).toBe(0);
		expect(hourOfWeek(monday - 600_001, "Europe/Oslo")).toBe(167);
		const kolkata = Date.parse("2026-11-23T10:20:00+05:30");
		expect(kolkata - hourBegan(kolkata, "Asia/Kolkata")).toBe(20 * 60_000);
	});

	test("a date that does not exist is no date", () => {
		for (const text of ["2026-02-29", "2026-1-1", "26-01-01", "2026-01-01T00:00", "", "yyyy-mm-dd"])
			expect(isDate(text)).toBe(false);
		expect(isDate("2028-02-29")).toBe(true);
	});
});
