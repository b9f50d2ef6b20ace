/**
 * Goals and funnels on the overview and on a page's own sheet: figures, shares of one whole, what is hidden, where each leads, and
 * the line of a goal that is chosen.
 */
import { describe, expect, test } from "vitest";
import type { Funnels, GoalRow, Goals, Stats } from "../../worker/stats/answers.ts";
import { openPage, panelOf, readText, spiedOn } from "../support/dashboard-html.ts";
import { hostileNames } from "../support/hostile-figures.ts";
import { privacyFixture } from "../support/privacy-fixture.ts";
import { fixtureStats } from "../support/stats-fixture.ts";

const today = "2026-11-22";
const busy = fixtureStats({ seed: 7, today, visitsPerDay: 1450, visitsToday: 612 });
const { shared: _, ...ofViewers } = privacyFixture;

const goal = (name: string, more: Partial<GoalRow> = {}): GoalRow => ({
	...{ goal: name, kind: "page", match: "/takk", reached: 120, rate: 0.1, bySpeed: [] },
	...more,
});

function withAims(more: { goals?: Partial<Goals>; before?: Partial<Goals>; funnels?: Partial<Funnels> }): Stats {
	return {
		...busy,
		goals: async (range) => ({
			...(await busy.goals(range)),
			...(range.from < "2026-10-20" ? (more.before ?? more.goals) : more.goals),
		}),
		funnels: async (range) => ({ ...(await busy.funnels(range)), ...more.funnels }),
	};
}
const panel = async (stats: Stats, id: string, path = "") => readText(panelOf(await openPage(stats, path), id));
const linksOf = (html: string) =>
	[...html.matchAll(/<a[^>]*href="([^"]*)"/g)].map(([, href = ""]) => href.replaceAll("&amp;", "&"));

describe("goals on the overview", () => {
	test("say how many visits reached each, which share of all visits that is, and how it changed", async () => {
		const stats = withAims({
			goals: {
				rows: [goal("Bestilling", { reached: 120 }), goal("Kontakt", { reached: 12 })],
				visits: 1200,
				hidden: 0,
			},
			before: { rows: [goal("Bestilling", { reached: 60 })], visits: 1200 },
		});
		const text = await panel(stats, "maal");
		expect(text).toMatch(
			/Bestilling Side \/takk · Det som fører dit 120 10 % \+5 %-poeng Kontakt .* 12 1 % \+1 %-poeng/,
		);
		expect(text).toContain("Andelene er av alle 1 200 besøk");
		expect(await panel(stats, "maal", "?c=ingen")).not.toContain("Endring");
	});
	test("lead deeper: to its line; to the page, the pages that fit, or the list they are counted in; and to what leads there", async () => {
		const html = panelOf(
			await openPage(
				withAims({
					goals: {
						rows: [
							goal("en side"),
							goal("flere", { match: "/turer/*" }),
							goal("hendelse", { kind: "event", match: "kjøp" }),
							goal("ute", { kind: "outbound", match: "yr.no" }),
							goal("gammelt", { kind: null, match: null }),
						],
					},
				}),
				"?p=7d&side=/priser",
			),
			"maal",
		);
		expect(linksOf(html)).toEqual([
			"/sites/demo/settings?lang=nb#goals",
			"?p=7d&maal=en%20side&side=/priser",
			"/sites/demo/pages?p=7d&side=/takk",
			"/sites/demo/paths?p=7d&side=/takk",
			"?p=7d&maal=flere&side=/priser",
			"/sites/demo/pages?p=7d&sok=/turer/",
			"?p=7d&maal=hendelse&side=/priser",
			"/sites/demo/interactions?p=7d#hendelser",
			"?p=7d&maal=ute&side=/priser",
			"/sites/demo/paths?p=7d#utgaende",
			"?p=7d&maal=gammelt&side=/priser",
		]);
		expect(readText(html)).toContain("gammelt ikke lenger et mål");
	});
	test("are shown six at once, the others on demand", async () => {
		const rows = Array.from({ length: 9 }, (_, at) => goal(`mål ${at}`, { reached: 90 - at }));
		const html = panelOf(await openPage(withAims({ goals: { rows } }), ""), "maal");
		expect(readText(html.slice(0, html.indexOf("<details")))).not.toContain("mål 6");
		expect(readText(html.slice(html.indexOf("<details")))).toMatch(/3 til .*mål 6.*mål 8/);
	});
	test("that there are none of is one sentence, and for the owner a way to set them", async () => {
		const none = withAims({ goals: { rows: [] }, funnels: { rows: [] } });
		const html = await openPage(none, "?lang=en");
		expect(readText(panelOf(html, "maal"))).toContain("No goals yet.");
		expect(linksOf(panelOf(html, "maal"))).toEqual(["/sites/demo/settings?lang=en#goals"]);
		expect(html).not.toContain('id="trakter"');
		expect(linksOf(panelOf(await openPage(none, "", ofViewers), "maal"))).toEqual([]);
	});
	test("say what is hidden instead of nought, and what else has to be known", async () => {
		const rows = [goal("Bestilling"), goal("Sjelden", { reached: 0, rate: 0 })];
		const hidden = await panel(withAims({ goals: { rows, hidden: 0.12, provisional: true } }), "maal");
		expect(hidden).toMatch(/Sjelden .* for få til å vises – /);
		expect(hidden).toContain("12 % av det som ble nådd, vises ikke");
		expect(hidden).toContain("Foreløpige tall");
		const plain = await panel(
			withAims({ goals: { rows, hidden: 0, provisional: false, imported: ["umami"] } }),
			"maal",
		);
		expect(plain).toMatch(/Sjelden .* 0 0 % /);
		expect(plain).not.toMatch(/vises ikke|Foreløpige/);
		expect(plain).toContain("Importerte perioder har besøk, men ingen mål");
	});
	test("give the two counts instead of a share of few visits, and no change", async () => {
		const text = await panel(withAims({ goals: { rows: [goal("Bestilling", { reached: 3 })], visits: 17 } }), "maal");
		expect(text).toContain("3 av 17");
		expect(text).not.toContain("%-poeng");
	});
	test("are asked for the whole site, whatever is filtered, and once a range", async () => {
		const { stats, asked } = spiedOn(busy);
		const html = await openPage(stats, "?enhet=mobil&side=/priser");
		expect(asked.filter(({ name }) => name === "goals").map(({ range }) => range)).toEqual([
			{ from: "2026-10-25", to: "2026-11-21" },
			{ from: "2026-09-27", to: "2026-10-24" },
		]);
		expect(asked.filter(({ name }) => name === "funnels")).toHaveLength(1);
		expect(readText(panelOf(html, "maal"))).toContain("Hele nettstedet, alle enheter");
	});
});

const steps = (...reached: number[]) =>
	reached.map((n, at) => ({ step: at + 1, kind: "page" as const, match: `/steg-${at + 1}`, reached: n }));

describe("funnels on the overview", () => {
	test("count each step, as a share of the first, and where visits were lost, so that all shares add up", async () => {
		const text = await panel(
			withAims({ funnels: { rows: [{ funnel: "Handel", steps: steps(400, 100, 40) }] } }),
			"trakter",
		);
		expect(text).toContain("10 % kom gjennom . Andelene er av de 400 besøkene som nådde steg 1.");
		expect(text).toMatch(
			/1\. \/steg-1 Side 400 100 % – 2\. \/steg-2 Side 100 25 % 75 % 3\. \/steg-3 Side 40 10 % 15 %/,
		);
	});
	test("draw each step in front of those who did not go on to it", async () => {
		const rows = [{ funnel: "Handel", steps: steps(400, 100) }];
		const html = panelOf(await openPage(withAims({ funnels: { rows } }), ""), "trakter");
		const bars = [...html.matchAll(/class="lost" width="([^"]+)"[^>]*><\/rect><rect class="fill" width="([^"]+)"/g)];
		expect(bars.map(([, ...widths]) => widths)).toEqual([
			["100%", "100%"],
			["100%", "25%"],
		]);
		expect(html).toMatch(/<figure class="funnel" aria-labelledby="trakt-0"/);
	});
	test("leave open what was lost where a step is hidden, and judge nothing of a few visits or none", async () => {
		const of = async (...reached: number[]) =>
			panel(withAims({ funnels: { rows: [{ funnel: "Handel", steps: steps(...reached) }], hidden: 0.2 } }), "trakter");
		expect(await of(400, 0)).toMatch(/steg-2 Side for få til å vises – –/);
		expect(await of(20, 5)).toMatch(/5 av 20 kom gjennom .*steg-2 Side 5 5 av 20 15 av 20/);
		expect(await of(0, 0)).not.toContain("kom gjennom");
	});
	test("are shown two at once, the others on demand; what has to be known stands with the goals, or alone with them", async () => {
		const rows = [1, 2, 3].map((n) => ({ funnel: `trakt ${n}`, steps: steps(90, 40) }));
		const known = { rows, hidden: 0.2 };
		const html = panelOf(await openPage(withAims({ funnels: known }), ""), "trakter");
		expect(readText(html.slice(0, html.indexOf("<details")))).not.toContain("trakt 3");
		expect(readText(html)).toContain("trakt 3");
		expect(readText(html)).not.toContain("vises ikke");
		const alone = await openPage(withAims({ goals: { rows: [] }, funnels: known }), "");
		expect(readText(alone.slice(alone.indexOf('id="trakter"')))).toContain("20 % av det som ble nådd, vises ikke");
	});
});

describe("a page's own sheet", () => {
	test("tells which goals and steps are reached on it, as shares of all visits", async () => {
		const stats = withAims({
			goals: { rows: [goal("Bestilling", { match: "/pris*" }), goal("Annet")], visits: 1000, hidden: 0 },
			funnels: {
				rows: [{ funnel: "Handel", steps: [...steps(400), { step: 2, kind: "page", match: "/priser", reached: 50 }] }],
			},
		});
		const html = panelOf(await openPage(stats, "/pages?side=/priser"), "maal");
		expect(readText(html)).toMatch(/Bestilling 120 12 % Handel steg 2 av 2 50 5 %/);
		expect(readText(html)).not.toContain("Annet");
		expect(linksOf(html)).toEqual(["/sites/demo?maal=Bestilling", "/sites/demo?#trakter"]);
	});
	test("has nothing of it where the page reaches none", async () => {
		expect(await openPage(busy, "/pages?side=/kontakt")).not.toContain('id="maal"');
	});
});

describe("a goal that is chosen", () => {
	const headline = (html: string) => html.slice(html.indexOf('class="panel headline"'), html.indexOf('id="maal-fart"'));
	const bySpeed = (["good", "needs", "poor", "unknown"] as const).map((speed, at) => ({
		speed,
		visits: 400 - 100 * at,
		reached: 40 - 12 * at,
	}));
	const rows = [goal("Bestilling", { reached: 90, bySpeed }), goal("Kontakt", { kind: "event", match: "kontakt" })];
	const stats = withAims({ goals: { rows, visits: 1200, hidden: 0, provisional: true } });
	const page = (path: string) => openPage(stats, path);

	test("is what the line shows, with its share of visits, the comparison, and periods too few reached it in", async () => {
		const line = headline(await page("?maal=Bestilling"));
		const text = readText(line);
		expect(text).toMatch(/Bestilling 90 av 1 200 besøk , 8 % /);
		expect(text).toContain("Besøk som nådde Bestilling, 25. okt.–21. nov. 2026");
		expect(text).toMatch(/Dag Nådde målet Andel Forrige periode/);
		expect(text).toMatch(/søn. 25\. okt\. ingen eller for få – ingen eller for få/);
		expect(text).toMatch(/lør\. 21\. nov\. \(foreløpig\) \d+ 5 % \d+/);
		expect(text).toContain("Der kurven har opphold, nådde ingen målet, eller for få til at det kan vises.");
		expect(text).toContain("Foreløpig, kan endres");
		// A gap is no nought: the line is broken into one part more than there are gaps.
		expect(line.match(/class="now" d=/g)).toHaveLength(4);
	});
	test("is asked for once, with the range and what it is compared with, and nothing of it where none is chosen", async () => {
		const { stats: spied, asked } = spiedOn(stats);
		const timelines = () => asked.filter(({ name }) => name === "timeline").map(({ range }) => range);
		await openPage(spied, "?maal=Kontakt");
		expect(timelines()).toEqual([
			{ from: "2026-10-25", to: "2026-11-21", compare: { from: "2026-09-27", to: "2026-10-24" }, goal: "Kontakt" },
		]);
		asked.length = 0;
		await openPage(spied, "?m=lcp");
		expect(timelines().map((range) => "goal" in range)).toEqual([false]);
	});
	test("takes the place of the metric, and every other choice takes or keeps it as it should", async () => {
		const html = await page("?m=lcp&maal=Bestilling&enhet=mobil");
		const kpis = html.slice(html.indexOf('class="kpis'), html.indexOf('class="chosen-goal"'));
		expect(kpis).not.toContain("aria-current");
		expect(linksOf(kpis)).toEqual([
			"?enhet=mobil",
			...["visninger", "tid", "enkelt", "lcp", "inp"].map((m) => `?m=${m}&enhet=mobil`),
		]);
		expect(linksOf(html)).toContain("?c=aar&maal=Bestilling&enhet=mobil");
		expect(linksOf(html)).toContain("/sites/demo/pages?enhet=mobil");
		expect(html).toMatch(/class="chip" href="\?enhet=mobil"><span>Mål: <bdi>Bestilling<\/bdi>/);
	});
	test("is marked in its row, and no other is", async () => {
		const html = panelOf(await page("?maal=Kontakt&lang=en"), "maal");
		expect([...html.matchAll(/<a href="([^"]*)" aria-current="true"><bdi>([^<]*)/g)].map(([, , name]) => name)).toEqual(
			["Kontakt"],
		);
		expect(readText(html)).toMatch(/Kontakt in the line at the top Event kontakt/);
	});
	test("is broken down by the speed of the first page alone, and says why by nothing else", async () => {
		const text = readText(panelOf(await page("?maal=Bestilling"), "maal-fart"));
		expect(text).toContain("ikke med kilde, enhet eller land");
		expect(text).toMatch(
			/God 400 40 10 % .*Bør bedres 300 28 9 % .*Svak 200 16 8 % .*Ikke målt, eller for få 100 4 4 %/,
		);
		const none = withAims({ goals: { rows: [goal("Bestilling", { reached: 0, bySpeed })], hidden: 0.1 } });
		const hidden = await openPage(none, "?maal=Bestilling");
		expect(hidden).not.toContain('id="maal-fart"');
		expect(readText(headline(hidden))).toMatch(/Bestilling for få til å vises av /);
	});
	test("that is a page puts that page in the flow, unless another one is chosen", async () => {
		const isPriser = withAims({ goals: { rows: [goal("Se priser", { match: "/priser" })] } });
		const flowOf = async (path: string) => readText(panelOf(await openPage(isPriser, path), "stier"));
		expect(await flowOf("?maal=Se%20priser")).toContain("/priser");
		const { stats: spied, asked } = spiedOn(isPriser);
		for (const path of ["?maal=Se%20priser", "?maal=Se%20priser&side=/turer", ""]) await openPage(spied, path);
		expect(asked.filter(({ name }) => name === "flows").map(({ range }) => range.page)).toEqual([
			"/priser",
			"/turer",
			"/",
		]);
	});
	test("that there is none of is said, and the line is of visits", async () => {
		for (const name of ["Ukjent", ...hostileNames]) {
			const html = await page(`?maal=${encodeURIComponent(name)}`);
			const isAName = name.length <= 60;
			expect(html.includes('class="notice"'), name).toBe(isAName);
			expect(html).not.toMatch(/<script>alert|<img|<svg\/onload/);
			expect(readText(headline(`${html}id="maal-fart"`))).toContain("Besøk, 25. okt.–21. nov. 2026");
		}
		const english = readText(await page("?maal=Unknown&lang=en"));
		expect(english).toContain("There is no goal of this name");
		expect(english).toContain("Goal: Unknown");
	});
	test("costs a page on which none is chosen neither words nor style", async () => {
		const html = await page("");
		expect(html).not.toMatch(/chosen-goal|maal-fart|ingen eller for få|Nådde målet/);
	});
});

test("hostile names and matches of goals and funnels are text", async () => {
	const rows = hostileNames.map((name) => goal(name, { kind: "event", match: name }));
	const funnels = hostileNames.map((name) => ({
		funnel: name,
		steps: [1, 2].map((step) => ({ step, kind: "click" as const, match: name, reached: 40 })),
	}));
	const chosen = encodeURIComponent(hostileNames[1] ?? "");
	for (const path of ["", `?maal=${chosen}`]) {
		const html = await openPage(withAims({ goals: { rows }, funnels: { rows: funnels } }), path);
		expect(html).not.toMatch(/<script>|<img|<svg\/onload/);
		expect(html).toContain("&lt;script&gt;");
		expect(html.includes("chosen-goal")).toBe(path !== "");
	}
});

test("everything is in English where that is asked for", async () => {
	for (const path of ["?maal=Bestilling&lang=en", "/pages?side=/bestill&lang=en"]) {
		const html = await openPage(busy, path);
		for (const id of ["maal", "maal-fart", "timeline-label", "trakter"])
			expect(readText(panelOf(html, id)), path).not.toMatch(/\b(og|ikke|besøk|andel|mål|trakt|steg|som)\b/i);
	}
});
