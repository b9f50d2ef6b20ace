import * as v from "valibot";
import { describe, expect, test } from "vitest";
import { aims } from "../../demo/aims.ts";
import { browsersOf } from "../../demo/browsers.ts";
import { sampleReports } from "../../demo/sample-visits.ts";
import { bucketOf } from "../../schema/buckets.ts";
import { addDays } from "../../schema/period.ts";
import { type Report, reportSchema } from "../../schema/report.ts";
import { aimKeys } from "../../schema/settings.ts";
import { countedIn, treeNames } from "../../schema/tree-rules.ts";
import { keySeparator } from "../../schema/trees.ts";
import { scrub } from "../../worker/ingest/scrub.ts";

const day = (date: string, seed = 1) => sampleReports({ seed, site: "demo", policy: "AAAAAAAAAAAAAAAA", date });
const dates = ["2026-09-23", "2026-10-25", "2026-11-17", "2026-11-21"];
const count = (reports: Report[], one: (report: Report) => boolean | undefined) => reports.filter(one).length;

describe.each(dates)("the sample visits of %s", (date) => {
	const reports = day(date);

	test("are reports the Worker takes, with names already clean", () => {
		for (const report of reports) {
			expect(v.safeParse(reportSchema, report).success).toBe(true);
			expect(scrub(report, aimKeys(aims))).toEqual(report);
			expect(report.period).toBe(date);
		}
	});

	test("reach a goal once a visit, a funnel's steps in their order, and carry the entry's speed along", () => {
		const visits: Report[][] = [];
		for (const report of reports) {
			if (report.visit?.index === 1) visits.push([]);
			visits.at(-1)?.push(report);
		}
		for (const visit of visits) {
			const reached = visit.flatMap((report) => report.visit?.goals ?? []);
			expect(new Set(reached).size).toBe(reached.length);
			expect(reached.includes("Bestilling")).toBe(visit.some(({ place }) => place.page === "/takk"));
			const steps = reached.filter((key) => key.includes(keySeparator)).map((key) => key.split(keySeparator)[1]);
			expect(steps).toEqual(["1", "2", "3"].slice(0, steps.length));
			const lcp = visit[0]?.speed?.lcp;
			const band = lcp === undefined ? undefined : [2500, 4000].filter((limit) => lcp > bucketOf(limit)).length;
			for (const report of visit) expect(report.visit?.entrySpeed).toBe(band);
		}
	});

	test("are about four hundred, with a view id each", () => {
		const visits = count(reports, ({ visit }) => visit?.index === 1);
		expect(visits).toBeGreaterThan(280);
		expect(visits).toBeLessThan(560);
		expect(new Set(reports.map(({ view }) => view)).size).toBe(reports.length);
	});

	test("keep the laws of flow: entries = exits, and in = out = views on every page", () => {
		const entries = count(reports, ({ visit }) => visit?.index === 1);
		expect(count(reports, ({ visit }) => visit?.continued === false)).toBe(entries);
		for (const page of new Set(reports.map(({ place }) => place.page))) {
			const here = reports.filter(({ place }) => place.page === page);
			const came =
				count(here, ({ visit }) => visit?.index === 1) + count(here, ({ visit }) => visit?.before !== undefined);
			const left =
				count(here, ({ visit }) => visit?.continued === false) + count(reports, ({ visit }) => visit?.before === page);
			expect([came, left]).toEqual([here.length, here.length]);
		}
	});

	test("mark each (tree, key) pair at most once a browser", () => {
		const devices = count(reports, ({ first }) => first.includes("site"));
		// A browser's first view of the day carries its gap, and nothing else does.
		expect(count(reports, ({ visit }) => visit?.gap !== undefined)).toBe(devices);
		for (const report of reports) {
			if (report.visit?.gap !== undefined)
				expect(report.first).toEqual(expect.arrayContaining(["site", "device", "page"]));
			expect(report.first.length).toBeLessThanOrEqual(countedIn(report).length);
			for (const mark of report.first) expect(treeNames).toContain(String(mark).split(":")[0]);
		}
	});
});

describe("the sample visits", () => {
	test("hold something of every part and for every tree", () => {
		const reports = dates.flatMap((date) => day(date));
		const filled = new Set(reports.flatMap((report) => countedIn(report).map(([tree]) => tree)));
		expect([...filled].sort()).toEqual(treeNames.toSorted());
		const has = (is: (report: Report) => unknown) => expect(reports.some(is), is.toString()).toBe(true);
		has(({ visit }) => visit?.search);
		has(({ place }) => place.kind === "404");
		has(({ speed }) => speed?.phases && speed.lcpOf && speed.inpOf);
		has(({ speed }) => speed?.parties?.some(([, , , failed]) => failed > 0));
		has(({ interaction }) => interaction?.forms?.some(([, sent, last]) => sent === 0 && last));
		const clicks = reports.flatMap(({ interaction }) => interaction?.clicks ?? []);
		for (const signal of [2, 3, 4]) {
			expect(clicks.some((line) => Number(line[signal] ?? 0) > 0)).toBe(true);
			expect(clicks.every((line) => Number(line[signal] ?? 0) <= line[1])).toBe(true);
		}
	});

	test("are the same for the same seed, and others for another", () => {
		expect(day("2026-11-20")).toEqual(day("2026-11-20"));
		expect(day("2026-11-20", 2)).not.toEqual(day("2026-11-20"));
	});

	test("come from browsers whose gap tells truly when they were last here", () => {
		const here = (date: string) => new Map(browsersOf(1, date, 400).map(({ id, gap }) => [id, gap]));
		const week = Array.from({ length: 8 }, (_, days) => here(addDays("2026-11-21", -days)));
		const cameBack = [...(week[0] ?? [])].filter(([, gap]) => gap <= 7);
		expect(cameBack.length).toBeGreaterThan(5);
		for (const [id, gap] of week[0] ?? []) {
			for (let days = 1; days <= 7; days++) {
				if (days < gap) expect(week[days]?.has(id)).toBe(false);
				if (days === gap) expect(week[days]?.has(id)).toBe(true);
			}
		}
	});
});
