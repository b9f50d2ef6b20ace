/** What a report says of the visit and the browser: goals, the entry's speed, and for which groups of a release it counts. */

import { describe, expect, test } from "vitest";
import { type Happening, reachAims } from "../../collector/aims.ts";
import { claimGroups } from "../../collector/bounded.ts";
import type { PageView } from "../../collector/page-view.ts";
import { makeReport } from "../../collector/report.ts";
import { bucketOf } from "../../schema/buckets.ts";
import type { Report } from "../../schema/report.ts";
import type { AimStep } from "../../schema/site.ts";
import { groupsOf } from "../../schema/tree-rules.ts";

const seen = (period = "2026-11-22") => ({ period, begins: 0, pairs: [] as string[] });
const report = (page: string, more: Partial<Report> = {}) =>
	({
		period: "2026-11-22",
		first: [],
		place: { page, device: "desktop", country: "NO" },
		visit: { index: 1, channel: "direct", continued: false },
		...more,
	}) as unknown as Report;
const view = (more: Partial<PageView> = {}) => ({ goals: [], ...more }) as unknown as PageView;

describe("goals and funnels", () => {
	const aims: AimStep[][] = [
		[["bestilling", "event", "^order$"]],
		[
			["kjøp\t1", "page", "^/tur/.*$"],
			["kjøp\t2", "click", "^legg-til$"],
			["kjøp\t3", "page", "^/kasse$"],
		],
		[
			["to ganger\t1", "page", "^/kasse$"],
			["to ganger\t2", "page", "^/kasse$"],
		],
	];
	/** Keys reached by each happening, one after the other. */
	const reach = (...happenings: Happening[]) => {
		const reached: string[] = [];
		return happenings.map((happening) => {
			const keys = reachAims(aims, happening, reached);
			reached.push(...keys);
			return keys;
		});
	};

	test("a step counts once the one before it was reached, and each once a visit", () => {
		expect(
			reach(["page", "/kasse"], ["click", "legg-til"], ["page", "/tur/a"], ["click", "legg-til"], ["page", "/kasse"]),
		).toEqual([["to ganger\t1"], [], ["kjøp\t1"], ["kjøp\t2"], ["kjøp\t3", "to ganger\t2"]]);
		expect(reach(["event", "order"], ["event", "order"])).toEqual([["bestilling"], []]);
	});

	test("only what is of the step's kind and matches wholly counts", () => {
		expect(reach(["page", "order"], ["event", "orders"], ["form", "/tur/a"])).toEqual([[], [], []]);
	});

	test("the report names those of its own view", () => {
		expect(makeReport(report("/a"), view({ goals: ["bestilling"] }), seen()).visit?.goals).toEqual(["bestilling"]);
		expect(makeReport(report("/a"), view(), seen()).visit).not.toHaveProperty("goals");
	});
});

describe("the entry's speed", () => {
	const speedOf = (lcp: number, index = 1) =>
		makeReport(report("/", { visit: { index, continued: false } }), view({ speed: { lcp: bucketOf(lcp) } }), seen())
			.visit?.entrySpeed;

	test("is good, needs improvement or poor by its LCP", () => {
		expect([2_500, 2_501, 4_000, 4_001].map((lcp) => speedOf(lcp))).toEqual([0, 1, 1, 2]);
	});

	test("is not taken from later views", () => {
		expect(speedOf(5_000, 2)).toBeUndefined();
		const later = report("/", { visit: { index: 2, continued: false, entrySpeed: 1 } });
		expect(makeReport(later, view({ speed: { lcp: bucketOf(100) } }), seen()).visit?.entrySpeed).toBe(1);
	});
});

describe("for a release", () => {
	/** What counts in each report, one browser's after the other. */
	const claims = (...reports: Report[]) => {
		let taken: string[] | undefined;
		return reports.map((report) => {
			taken = claimGroups(report, taken);
			return report.bounded && groupsOf(report);
		});
	};
	const second = { visit: { index: 2, continued: false } };

	test("a browser counts once in a period in every group, and on each page once", () => {
		expect(claims(report("/a"), report("/a", second), report("/b", second))).toEqual([
			["site", "page", "device", "channel", "country"],
			undefined,
			["page"],
		]);
	});

	test("on at most eight pages, whatever it does", () => {
		const pages = Array.from({ length: 20 }, (_, index) => report(`/${index % 12}`));
		expect(claims(...pages).filter((groups) => groups?.includes("page")).length).toBe(8);
	});

	test("with the first sample of each vital, 0 among them", () => {
		expect(
			claims(report("/a"), report("/a", { speed: { cls: 0 } }), report("/a", { speed: { cls: 9, lcp: 3 } })).slice(1),
		).toEqual([["cls"], ["lcp"]]);
	});

	test("a view keeps what it counted for, and gets what it comes to have", () => {
		const once = report("/a");
		const taken = claimGroups(once, undefined);
		const again = { ...once, speed: { inp: 4 } };
		claimGroups(again, taken);
		expect(groupsOf(again)).toEqual(["site", "page", "device", "channel", "country", "inp"]);
	});

	test("anew in the next period, and never again in one that is over", () => {
		const [, next, late] = claims(report("/a"), report("/a", { period: "2026-11-23" }), report("/b"));
		expect(next).toContain("site");
		expect(late).toBeUndefined();
	});
});
