import { Hono } from "hono";
import { describe, expect, onTestFinished, test, vi } from "vitest";
import { makeFrame, messagesOf } from "../../worker/dashboard/frame.ts";
import type { LiveFigures } from "../../worker/dashboard/live-figures.ts";
import { flowGroups } from "../../worker/dashboard/panels/flow-rows.ts";
import { parseView } from "../../worker/dashboard/range.ts";
import { dashboardRoutes, languageOf } from "../../worker/dashboard/routes.tsx";
import { siteLinks, siteMenu } from "../../worker/dashboard/site-links.ts";
import type { Flows, Range, Stats } from "../../worker/stats/answers.ts";
import { privacyFixture } from "../support/privacy-fixture.ts";
import { setupFixture } from "../support/setup-fixture.ts";
import { fixtureStats } from "../support/stats-fixture.ts";

const today = "2026-11-22";
const now = Date.parse("2026-11-22T12:00:00Z");
const busy = fixtureStats({ seed: 7, today, visitsPerDay: 1450, visitsToday: 612 });
const firstDay = fixtureStats({ seed: 7, today, visitsPerDay: 0, visitsToday: 4 });
const unvisited = fixtureStats({ seed: 7, today, visitsPerDay: 0, visitsToday: 0 });

function appOf(stats: Stats) {
	return new Hono().route(
		"/sites/:site",
		dashboardRoutes({
			siteFor: async (c) =>
				c.req.param("site") === "demo" ? { id: "demo", name: "Nordfjord", timeZone: "Europe/Oslo" } : null,
			statsFor: async () => stats,
			isOwner: async () => true,
			privacyFor: async () => privacyFixture,
			setupFor: async () => setupFixture,
			paths: { script: "/code/0/dashboard.js", font: "/code/0/hg.woff2" },
			style: () => "body{margin:0}",
			now: () => now,
			nonce: () => "abc",
		}),
	);
}
const open = async (stats: Stats, query = "") => (await appOf(stats).request(`/sites/demo${query}`)).text();
/** What a reader sees: no tags, no style. */
const read = (html: string) =>
	html
		.replace(/<style.*?<\/style>/s, "")
		.replace(/<[^>]+>/g, " ")
		.replace(/[\s\u00a0]+/g, " ");

describe("the overview", () => {
	test("allows only its own style, script and font, and has no style attribute", async () => {
		for (const query of ["", "?p=idag&side=/priser", "?lang=en&vis=alle&m=inp"]) {
			const response = await appOf(busy).request(`/sites/demo${query}`);
			const policy = response.headers.get("content-security-policy") ?? "";
			expect(policy).toContain("default-src 'none'");
			expect(policy).toContain("script-src 'nonce-abc'");
			expect(policy).toContain("require-trusted-types-for 'script'");
			expect(policy).not.toContain("unsafe");
			const html = await response.text();
			expect(html).not.toMatch(/\sstyle=|\son\w+=|javascript:/i);
		}
	});
	test("shows the last 28 days and their figures, in the language asked for", async () => {
		expect(read(await open(busy))).toContain("25. okt.–21. nov. 2026");
		expect(await open(busy, "?lang=en")).toContain('<html lang="en">');
		expect(read(await open(busy, "?lang=en"))).toContain("Left after one page");
	});
	test("falls back to today where the last 28 days are empty, and says how few measurements there are", async () => {
		const text = read(await open(firstDay));
		expect(text).toContain("22. nov. 2026");
		expect(text).toContain("for få målinger (7)");
		expect(text).toContain("5 god · 1 bør bedres · 1 svak");
		expect(text).not.toMatch(/p75 \d/);
	});
	test("says what to do where nobody has been yet, instead of zeros", async () => {
		const html = await open(unvisited);
		const [own = "", example = ""] = html.split('<section class="example"');
		expect(read(own)).toContain("Venter på det første besøket");
		expect(read(own)).toContain("/gate/demo/banner.js");
		expect(read(own)).not.toContain("Nettvitaler");
		// Nothing of the example can be taken for the site's own, or pressed.
		expect(read(example)).toMatch(/^[^>]*> Slik blir det eksempel En oppdiktet butikk/);
		expect(example.indexOf('<div inert="">')).toBeLessThan(example.indexOf("<a "));
		expect(read(example)).toContain("Nettvitaler");
	});
	test("reads the long example once, however often it is shown, and shows the same each time", async () => {
		const parse = vi.spyOn(JSON, "parse");
		onTestFinished(() => parse.mockRestore());
		const shown = [await open(unvisited), await open(unvisited)];
		expect(shown[0]).toContain('<section class="example"');
		expect(shown[1]).toBe(shown[0]);
		expect(parse.mock.calls.filter(([text]) => String(text).length > 50_000).length).toBeLessThanOrEqual(1);
	});
	test("offers a way out of a chosen range without visits", async () => {
		expect(read(await open(unvisited, "?p=7d"))).toContain("Ingen besøk i dette tidsrommet");
	});
	test("leads an owner to the site's other pages from its name, a viewer only to those that are viewers' too", async () => {
		const hrefs = (html: string) =>
			[...html.matchAll(/href="\/sites\/demo\/([a-z]+)\?lang=nb"/g)].map(([, path]) => path);
		expect(hrefs(await open(busy))).toEqual(siteLinks.map(({ path }) => path));
		expect(siteMenu("/sites/demo", { language: "en", isOwner: false })).toEqual(
			siteLinks
				.filter(({ isOwners }) => !isOwners)
				.map(({ path, words }) => ({ href: `/sites/demo/${path}?lang=en`, text: words.en, isCurrent: false })),
		);
	});
	test("shows the hours of the week in which visits began, and names the busiest", async () => {
		const html = await open(busy);
		const rows = html.slice(html.indexOf('id="timer-tabell"')).match(/<tr>.*?<\/tr>/gs) ?? [];
		expect(rows).toHaveLength(25);
		for (const row of rows.slice(1)) expect(row.match(/data-of="visits">[\d\s\u00a0]+</g)).toHaveLength(7);
		const { rows: hours } = await busy.hours({ from: "2026-10-25", to: "2026-11-21" });
		expect(read(rows[13] ?? "").trim()).toMatch(new RegExp(`^12–13 ${hours[12]?.visits} `));
		const most = Math.max(...hours.map(({ visits }) => visits));
		const busiest = hours.findIndex(({ visits }) => visits === most) % 24;
		expect(read(html)).toContain(`${busiest}–${busiest + 1}.`);
	});
	test("leaves days of the week blank that are not in the range, instead of drawing them as quiet", async () => {
		const mondayToWednesday: Stats = {
			...busy,
			hours: async (range) => {
				const answer = await busy.hours(range);
				return { ...answer, rows: answer.rows.slice(0, 3 * 24) };
			},
		};
		const html = await open(mondayToWednesday, "?p=egen&fra=2026-11-16&til=2026-11-18");
		const rows = html.slice(html.indexOf('id="timer-tabell"')).match(/<tr>.*?<\/tr>/gs) ?? [];
		expect(rows[1]?.match(/<td class="number"><\/td>/g)).toHaveLength(4);
		const days = Array.from({ length: 7 }, (_, day) => `${day}`);
		const runs = [...html.matchAll(/M\d+ (\d+)\.5h(\d+)/g)];
		const squares = days.map((day) => runs.reduce((sum, [, at, length]) => sum + (at === day ? Number(length) : 0), 0));
		expect(squares).toEqual([24, 24, 24, 0, 0, 0, 0]);
	});
	test("says how many visits began in hours that are folded together", async () => {
		const folded: Stats = {
			...busy,
			hours: async (range) => {
				const answer = await busy.hours(range);
				return {
					...answer,
					rows: answer.rows.slice(20).map((row, at) => ({ ...row, hour: at ? row.hour : null, visits: 7 })),
				};
			},
		};
		const text = read(await open(folded));
		expect(text).toContain("andre timer · skjult: for få besøk · 7");
		expect(text).toMatch(/00–01 – ingen, eller skjult 7 7/);
	});
	test("words what is hidden, and never writes it as 0", async () => {
		const text = read(await open(busy));
		expect(text).toContain("andre sider · skjult: for få besøk");
		expect(text).not.toContain("(other)");
	});
	test("renders hostile names as text", async () => {
		const pages = ["/<script>alert(1)</script>", "/\"'><img src=x onerror=alert(1)>", "/</title><svg/onload=alert(1)>"];
		const hostile = fixtureStats({ seed: 7, today, visitsPerDay: 900, visitsToday: 1, pages });
		for (const query of ["", `?side=${encodeURIComponent(pages[1] ?? "")}`]) {
			const html = await open(hostile, query);
			expect(html.match(/<script/g)).toHaveLength(1);
			expect(html).not.toMatch(/<img|<svg\/onload/);
		}
	});
	test("asks for a device only where it can be told", async () => {
		const asked: string[] = [];
		const spied = Object.fromEntries(
			Object.entries(busy).map(([name, ask]) => [
				name,
				(range: Range & { page: string }) => {
					if (range.device) asked.push(name);
					return ask(range);
				},
			]),
		) as unknown as Stats;
		const text = read(await open(spied, "?enhet=mobil"));
		expect([...new Set(asked)].sort()).toEqual(["pages", "summary", "vitals"]);
		expect(text).toContain("Alle sider, bare mobil".toLowerCase());
		expect(text).toContain("Velg en side for å sette den i midten. Alle enheter.");
	});
	test("marks sample visits", async () => {
		const sample = fixtureStats({ seed: 7, today, visitsPerDay: 400, visitsToday: 0, sample: true });
		expect(read(await open(sample))).toContain("inneholder eksempelbesøk");
	});
	test("says what share of page loads had consent, where the site counts them, and that it is the least it can be", async () => {
		const coverage = { loads: 4000, views: 2960, share: 0.74 };
		const counting = { ...busy, summary: async (range: Range) => ({ ...(await busy.summary(range)), coverage }) };
		expect(read(await open(counting))).toContain("med samtykke: 74 % av sidelastingene, eller mer");
		expect(read(await open(busy))).not.toContain("med samtykke:");
	});
	test("answers an unknown site with a page that says so", async () => {
		const response = await appOf(busy).request("/sites/other");
		expect(response.status).toBe(404);
		expect(read(await response.text())).toContain("Finner ikke nettstedet");
	});
});

describe("the live figures", () => {
	test("are written out in the language asked for, and their mark moves with any figure of today", async () => {
		const live = async (stats: Stats): Promise<LiveFigures> =>
			(await appOf(stats).request("/sites/demo/live?lang=en")).json();
		expect(await live(busy)).toMatchObject({ figures: { visits: "612", views: "1,242", "views-word": "page views" } });
		const marks = await Promise.all([busy, firstDay, unvisited].map(async (stats) => (await live(stats)).mark));
		expect(new Set(marks).size).toBe(3);
	});
	test("keep a handful of people now apart from any number", async () => {
		const { liveFigures } = await import("../../worker/dashboard/panels/live.tsx");
		const { text, format } = makeFrame(parseView(new URLSearchParams(), today), "nb");
		const summary = await busy.summary({ from: today, to: today });
		expect(liveFigures(summary, { present: 3 }, text, format).figures.now).toBe("færre enn 5");
		expect(liveFigures(summary, { present: 12 }, text, format).figures.now).toBe("12");
		expect(liveFigures(summary, {}, text, format).figures.now).toBeUndefined();
	});
});

describe("the flow around a page", () => {
	test("has one denominator: what came in, and what went out, is every view", async () => {
		for (const page of ["/", "/priser", "/kontakt"]) {
			const flows = await busy.flows({ from: "2026-10-25", to: "2026-11-21", page });
			const groups = flowGroups(flows, messagesOf("nb"), String);
			for (const side of [groups.from, groups.to]) {
				expect(side[0].count + side[1].count).toBe(flows.views);
				for (const { rows, count } of side) expect(rows.reduce((sum, row) => sum + row.count, 0)).toBe(count);
			}
		}
	});
	test("gathers the smallest in one row that opens, and keeps the hidden apart from it", async () => {
		const flows = await busy.flows({ from: "2026-10-25", to: "2026-11-21", page: "/" });
		const [own] = flowGroups(flows, messagesOf("nb"), String).from;
		expect(own.rows.map((row) => Boolean(row.rest))).toEqual([false, false, false, false, true, false]);
		expect(own.rows.at(-1)).toMatchObject({ hidden: true, name: "andre sider · skjult: for få besøk" });
	});
	test("knows of every row what it was, the others being whoever had no row of their own", async () => {
		const flows: Flows = await busy.flows({ from: "2026-10-25", to: "2026-11-21", page: "/" });
		const pages = (counts: Record<string, number>) => Object.entries(counts).map(([page, count]) => ({ page, count }));
		const now = { ...flows, to: pages({ "/a": 60, "/b": 50, "/c": 40, "/d": 30, "/e": 20, "/f": 9, "(other)": 4 }) };
		const before = { ...flows, to: pages({ "/a": 70, "/c": 30, "/d": 31, "/e": 8, "/gone": 12, "(other)": 6 }) };
		const [onward] = flowGroups(now, messagesOf("nb"), String, before).to;
		expect(onward.before).toBe(157);
		expect(onward.rows.map((row) => [row.name, row.before])).toEqual([
			["/a", { count: 70 }],
			["/b", { most: 6 }],
			["/c", { count: 30 }],
			["/d", { count: 31 }],
			["2 andre sider", { count: 20 }],
			["andre sider · skjult: for få besøk", { count: 6 }],
		]);
		expect(onward.rows[4]?.rest?.map((row) => row.before)).toEqual([{ count: 8 }, { most: 6 }]);
	});
});

test("the language is the one asked for, else the browser's first that we speak, else Norwegian", () => {
	expect(languageOf("en", "nb")).toBe("en");
	expect(languageOf(undefined, "de-DE,de;q=0.9,en;q=0.8")).toBe("en");
	expect(languageOf(undefined, "nn-NO,nn;q=0.9")).toBe("nb");
	expect(languageOf("fr", undefined)).toBe("nb");
});
