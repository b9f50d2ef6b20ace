import { describe, expect, test } from "vitest";
import { linkTo, parseView, sharedView, stepped, viewOfToday } from "../../worker/dashboard/range.ts";

const today = "2026-11-22";
const view = (query = "") => parseView(new URLSearchParams(query), today);

describe("the range of a view", () => {
	test("is the last 28 full days, compared with the 28 before, weekday against weekday", () => {
		expect(view()).toMatchObject({
			span: "28d",
			chosen: false,
			from: "2026-10-25",
			to: "2026-11-21",
			compare: { from: "2026-09-27", to: "2026-10-24" },
		});
	});
	test("of a year ago is the same weekdays, 52 weeks back", () => {
		expect(view("c=aar").compare).toEqual({ from: "2025-10-26", to: "2025-11-22" });
	});
	test("of one's own is put in order, ends today at the latest, and is compared by whole weeks", () => {
		expect(view("p=egen&fra=2026-11-30&til=2026-11-20")).toMatchObject({
			from: "2026-11-20",
			to: today,
			compare: { from: "2026-11-13", to: "2026-11-15" },
		});
		expect(view("p=egen&fra=1990-01-01&til=2026-11-20").from).toBe("2024-11-23");
	});
	test("falls back to the default when the dates are none", () => {
		for (const query of ["p=egen", "p=egen&fra=2026-02-30&til=x", "p=egen&fra=2027-01-01&til=2027-02-01", "p=nei"])
			expect(view(query)).toMatchObject({ span: "28d", from: "2026-10-25" });
	});
	test("today is compared with nothing unless asked: the day is not over", () => {
		expect(view("p=idag").compare).toBeUndefined();
		expect(view("p=idag&c=forrige").compare).toEqual({ from: "2026-11-15", to: "2026-11-15" });
		expect(viewOfToday(view(), today)).toMatchObject({ from: today, to: today, comparison: "ingen" });
	});
});

describe("a step in time", () => {
	const step = (query: string, to: "earlier" | "later") => {
		const range = stepped(view(query), today, to);
		return range && linkTo(view(query), range);
	};
	test("goes as many days back as the range has, and keeps all else", () => {
		expect(step("c=aar&side=/priser", "earlier")).toBe("?p=egen&fra=2026-09-27&til=2026-10-24&c=aar&side=/priser");
		expect(step("p=idag", "earlier")).toBe("?p=egen&fra=2026-11-21&til=2026-11-21");
		expect(step("p=egen&fra=2026-11-01&til=2026-11-10", "earlier")).toBe("?p=egen&fra=2026-10-22&til=2026-10-31");
	});
	test("forth ends at the last whole day, and a range that has a name gets it", () => {
		expect(step("p=egen&fra=2026-09-27&til=2026-10-24", "later")).toBe("?");
		expect(step("p=egen&fra=2026-11-03&til=2026-11-09", "later")).toBe("?p=egen&fra=2026-11-10&til=2026-11-16");
		expect(step("p=egen&fra=2026-11-12&til=2026-11-18", "later")).toBe("?p=7d");
		expect(step("p=egen&fra=2026-11-21&til=2026-11-21", "later")).toBe("?p=idag");
	});
	test("there is none beyond today", () => {
		for (const query of ["", "p=idag", "p=7d", "p=egen&fra=2026-11-20&til=2026-11-22"])
			expect(step(query, "later")).toBeUndefined();
	});
});

describe("the address of a view", () => {
	test("leaves defaults out and keeps one order", () => {
		expect(linkTo(view())).toBe("?");
		expect(linkTo(view("lang=en&enhet=mobil&m=lcp&side=/priser&p=7d&c=aar"))).toBe(
			"?p=7d&c=aar&m=lcp&side=/priser&enhet=mobil&lang=en",
		);
		expect(linkTo(view("p=28d&c=forrige&m=besok&sort=visninger"))).toBe("?");
	});
	test("with a goal has no metric, and a name that no goal can have is none", () => {
		expect(linkTo(view("enhet=mobil&maal=Kjøp %26 hent&m=lcp&p=7d"))).toBe(
			"?p=7d&maal=Kj%C3%B8p%20%26%20hent&enhet=mobil",
		);
		expect(linkTo(view("maal=Bestilling"), { goal: undefined, metric: "lcp" })).toBe("?m=lcp");
		for (const query of ["maal=", "maal=(other)", "maal=%00", "maal=%20a", `maal=${"x".repeat(61)}`, "maal=a%0Ab"])
			expect(linkTo(view(query)), query).toBe("?");
		expect(linkTo(sharedView(view("maal=Bestilling&m=lcp&side=/priser")))).toBe("?side=/priser");
		const own = parseView(new URLSearchParams("maal=Bestilling"), today, { m: ["lcp", "inp"] });
		expect([own.goal, linkTo(own, { goal: "Bestilling" })]).toEqual([undefined, "?"]);
	});
	test("reads back to the same view", () => {
		for (const query of [
			"?c=aar&maal=a%20/%20%3Cb%3E&side=/priser",
			"?p=91d&c=ingen&m=inp",
			"?p=egen&fra=2026-11-01&til=2026-11-09&enhet=pc",
			"?p=idag&vis=alle",
		])
			expect(linkTo(view(query))).toBe(query);
	});
	test("moves a comparison nobody chose along with the range", () => {
		expect(linkTo(view(), { span: "idag" })).toBe("?p=idag");
		expect(linkTo(view("p=idag"), { span: "7d" })).toBe("?p=7d");
		expect(linkTo(view("c=aar"), { span: "idag" })).toBe("?p=idag&c=aar");
	});
	test("escapes names", () => {
		expect(linkTo(view(), { page: "/a b&c=d?#æ" })).toBe("?side=/a%20b%26c%3Dd%3F%23%C3%A6");
	});
	test("ignores what is not a page, a device or a language", () => {
		expect(linkTo(view("side=javascript:1&enhet=klokke&lang=xx&m=__proto__&sort=constructor"))).toBe("?");
	});
});
