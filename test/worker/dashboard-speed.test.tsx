import { describe, expect, test } from "vitest";
import { slowestFirst } from "../../worker/dashboard/speed/breakdown.tsx";
import { countryName } from "../../worker/dashboard/speed/country-names.ts";
import type { Stats } from "../../worker/stats/answers.ts";
import { openPage, panelOf, readText, spiedOn } from "../support/dashboard-html.ts";
import { figureOf } from "../support/fixture-figures.ts";
import { fixtureStats } from "../support/stats-fixture.ts";

const today = "2026-11-22";
const busy = fixtureStats({ seed: 7, today, visitsPerDay: 1450, visitsToday: 612 });
const firstDay = fixtureStats({ seed: 7, today, visitsPerDay: 0, visitsToday: 4 });

const panel = async (stats: Stats, path: string, id: string) => readText(panelOf(await openPage(stats, path), id));

describe("the page about speed", () => {
	test("shows what each vital is told by, and leaves out what it is not", async () => {
		const ids = ["deler", "svarfaser", "elementer", "enheter", "sider", "land", "systemer", "utfall", "ressurser"];
		const found = async (path: string) => {
			const html = await openPage(busy, path);
			return ids.filter((id) => html.includes(`id="${id}"`));
		};
		expect(await found("/speed")).toEqual(ids);
		expect(await found("/speed?m=inp")).toEqual(ids);
		expect(await found("/speed?m=cls")).toEqual(["svarfaser", "enheter", "sider", "utfall", "ressurser"]);
		expect(await found("/speed?m=ttfb")).toEqual([
			"svarfaser",
			"enheter",
			"sider",
			"land",
			"systemer",
			"utfall",
			"ressurser",
		]);
		expect(await found("/speed?m=fcp")).toEqual(["svarfaser", "enheter", "utfall", "ressurser"]);
		expect(await found("/speed?side=/priser")).toEqual(["svarfaser", "elementer"]);
	});
	test("says of one page what there is only for the whole site", async () => {
		const html = await openPage(busy, "/speed?side=/priser&m=inp");
		expect(readText(html)).toContain("finnes bare for hele nettstedet, ikke for /priser alene");
		expect(html).not.toContain("timeline");
		expect(html).toContain('href="?m=inp"');
	});
	test("asks for the device only where it can be told", async () => {
		const { stats, asked } = spiedOn(busy);
		await openPage(stats, "/speed?enhet=mobil");
		const names = asked.filter(({ range }) => range.device).map(({ name }) => name);
		expect([...new Set(names)].sort()).toEqual(["pages", "summary", "vitals"]);
		expect(asked.map(({ name }) => name)).not.toContain("goals");
	});
	test("gives percentiles, and the interval where there are few measurements", async () => {
		expect(await panel(busy, "/speed", "persentiler")).not.toContain("intervall");
		const some = fixtureStats({ seed: 7, today, visitsPerDay: 0, visitsToday: 40 });
		expect(await panel(some, "/speed", "persentiler")).toMatch(/p75 .* 95 % intervall \d/);
		const few = await panel(firstDay, "/speed", "persentiler");
		expect(few).toContain("for få målinger (7)");
		expect(few).not.toMatch(/Median|p95/);
	});
	test("draws no point of a day with fewer than 30 views, and no bar of parts that are not all known", async () => {
		expect(await openPage(firstDay, "/speed")).not.toContain("timeline-table");
		const quiet = fixtureStats({ seed: 7, today, visitsPerDay: 60, visitsToday: 4 });
		expect(await panel(quiet, "/speed?p=egen&fra=2026-11-20&til=2026-11-22", "timeline-data")).toMatch(
			/lør\. 21\. nov\. .* s [\d,–]+ s .*søn\. 22\. nov\. \(foreløpig\) ingen målinger –/,
		);
		expect(await openPage(firstDay, "/speed")).not.toContain('class="stack"');
		expect(await openPage(busy, "/speed")).toContain('class="stack"');
	});
	test("ranks by views outside good, the hidden last, and leaves out what was not measured", () => {
		const row = (name: string, n: number, median: number, hidden = false) => ({
			name,
			row: name,
			figure: figureOf("lcp", median, n),
			hidden,
		});
		const rows = [row("fast", 900, 900), row("(other)", 9000, 4000, true), row("slow", 300, 3500), row("none", 0, 900)];
		expect(slowestFirst(rows).map(({ name }) => name)).toEqual(["slow", "fast", "(other)"]);
	});
	test("tells how visits went by the speed of their first page, with goals where there are any", async () => {
		const outcomes = await panel(busy, "/speed", "utfall");
		expect(outcomes).toMatch(/God \d.* 34 % ±0 %-poeng 5 % .*Svak .* 55 % ±0 %-poeng 2 %/);
		expect(outcomes).toContain("ikke bevis på årsak");
		const without = {
			...busy,
			goals: async (range: Parameters<Stats["goals"]>[0]) => ({ ...(await busy.goals(range)), rows: [] }),
		};
		expect(await panel(without, "/speed", "utfall")).not.toContain("Nådde");
		expect(await panel(busy, "/speed?enhet=mobil", "utfall")).not.toContain("Nådde");
	});
	test("ranks requests by the time they take together, and tells own API from third parties", async () => {
		const resources = await panel(busy, "/speed", "ressurser");
		expect(resources).toMatch(/\/api\/ledige-plasser eget API .* kart.example tredjepart/);
	});
	test("names countries in the reader's language, and leaves what is no country as it is", () => {
		expect(countryName("NO", "nb")).toBe("Norge");
		expect(countryName("NO", "en")).toBe("Norway");
		expect(countryName("<b>", "nb")).toBe("<b>");
		expect(countryName("", "nb")).toBe("");
	});
	test("is in English where that is asked for, without a Norwegian word left", async () => {
		for (const path of ["/speed?lang=en", "/speed?lang=en&m=inp", "/pages?lang=en", "/pages?lang=en&gruppe=mapper"])
			expect(readText(await openPage(busy, path)), path).not.toMatch(/\b(og|ikke|sider|visninger|enheter|målinger)\b/);
	});
});
