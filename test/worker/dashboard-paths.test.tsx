import { describe, expect, test } from "vitest";
import { formatOf } from "../../worker/dashboard/format.ts";
import { endings, entryRows, exitRows, stepsOf } from "../../worker/dashboard/paths/rows.ts";
import type { Flows, PageRow, Stats } from "../../worker/stats/answers.ts";
import { openPage, panelOf, readText, spiedOn } from "../support/dashboard-html.ts";
import { hostileNames, withHostileNames } from "../support/hostile-figures.ts";
import { fixtureStats } from "../support/stats-fixture.ts";

const today = "2026-11-22";
const range = { from: "2026-10-25", to: "2026-11-21" };
const busy = fixtureStats({ seed: 7, today, visitsPerDay: 1450, visitsToday: 612 });
const firstDay = fixtureStats({ seed: 7, today, visitsPerDay: 0, visitsToday: 4 });
const unvisited = fixtureStats({ seed: 7, today, visitsPerDay: 0, visitsToday: 0 });

describe("the rows of exit pages", () => {
	const { rows } = { rows: [] as PageRow[] };
	const row = (page: string, views: number, exitsBy: PageRow["exitsBy"]): PageRow => {
		const exits = Object.values(exitsBy).reduce((sum, n) => sum + n, 0);
		return { ...(rows[0] as unknown as PageRow), page, views, entries: views - exits, exits, exitsBy };
	};
	const pages = [
		row("(other)", 900, { closed: 500 }),
		row("/a", 1000, { closed: 100, outbound: 60 }),
		row("/b", 400, { closed: 10, back: 120 }),
		row("/c", 12, { closed: 12 }),
		row("/d", 50, {}),
	];
	test("are ordered by number, with what is hidden last and pages nobody left from left out", () => {
		expect(exitRows(pages, undefined, false, 30).map(({ page, count }) => [page, count])).toEqual([
			["/a", 160],
			["/b", 130],
			["/c", 12],
			["(other)", 500],
		]);
	});
	test("are of one method where one is chosen, and tell the most common one where none is", () => {
		expect(exitRows(pages, "back", false, 30).map(({ page, count, exits }) => [page, count, exits])).toEqual([
			["/b", 120, 130],
		]);
		expect(exitRows(pages, undefined, false, 30).map(({ most }) => most?.how)).toEqual([
			"closed",
			"back",
			"closed",
			"closed",
		]);
	});
	test("rank shares without letting a page with a handful of views win", () => {
		expect(exitRows(pages, undefined, true, 30).map(({ page }) => page)).toEqual(["/b", "/a", "/c", "(other)"]);
	});
	test("know the comparison's figures of the same method", () => {
		const before = [row("/b", 200, { back: 20, closed: 90 })];
		expect(exitRows(pages, "back", false, 30, before)[0]?.before).toEqual({ count: 20, views: 200 });
		expect(entryRows(pages, before).find(({ page }) => page === "/b")?.before).toBe(90);
	});
});

test("steps leave out what is hidden and are ordered by how often they are taken", () => {
	const flow = (page: string, to: Flows["to"]) => ({ page, views: 100, from: [], to, left: [] }) as unknown as Flows;
	const steps = stepsOf([
		flow("/a", [
			{ page: "/b", count: 20 },
			{ page: "(other)", count: 50 },
		]),
		flow("/b", [{ page: "/a", count: 30 }]),
	]);
	expect(steps.map(({ from, to, count }) => [from, to, count])).toEqual([
		["/b", "/a", 30],
		["/a", "/b", 20],
	]);
});

describe("the page about paths", () => {
	test("puts the most viewed page in the middle, or the one the address names", async () => {
		expect(await openPage(busy, "/paths")).toMatch(/flow-card"><h3><bdi>\/<\/bdi>/);
		const html = await openPage(busy, "/paths?side=/priser");
		expect(html).toMatch(/flow-card"><h3><bdi>\/priser<\/bdi>/);
		expect(html).toContain('<option value="/priser" selected="">');
	});
	test("recentres by plain links that keep range, device and method", async () => {
		const html = await openPage(busy, "/paths?p=7d&enhet=mobil&maate=closed");
		expect(panelOf(html, "stier")).toContain('href="?p=7d&amp;side=/turer&amp;enhet=mobil&amp;maate=closed#stier"');
	});
	test("leads from a way to leave to the pages left that way, there and nowhere else", async () => {
		const flow = panelOf(await openPage(busy, "/paths?side=/priser"), "stier");
		expect(flow).toContain('href="?side=/priser&amp;maate=closed#utganger">Lukket fane eller vindu</a>');
		expect(panelOf(await openPage(busy, "/"), "stier")).not.toContain("maate=");
	});
	test("says of every page how many visits ended there, and by which method most", async () => {
		const { rows } = await busy.pages(range);
		const most = rows.filter(({ page }) => page !== "(other)").sort((a, b) => b.exits - a.exits)[0];
		const text = readText(panelOf(await openPage(busy, "/paths?lang=en"), "utganger"));
		expect(text).toContain(`${most?.page} `);
		expect(text).toContain(most?.exits.toLocaleString("en-GB"));
		expect(text).toContain("Closed tab or window");
	});
	test("ranks pages by one method, and says which", async () => {
		const { rows } = await busy.pages({ ...range, device: "mobile" });
		const closed = (row: PageRow) => row.exitsBy.closed ?? 0;
		const first = rows.filter(({ page }) => page !== "(other)").sort((a, b) => closed(b) - closed(a))[0];
		const html = panelOf(await openPage(busy, "/paths?enhet=mobil&maate=closed"), "utganger");
		expect(readText(html)).toContain("Utgangssider: lukket fane eller vindu");
		expect(readText(html)).toContain("Siste side i besøket, bare mobil");
		expect(html.match(/data-row="([^"]*)"/)?.[1]).toBe(first?.page);
	});
	test("names every method visits ended by, and their shares add up to all visits", async () => {
		const { leaving, visits } = await busy.summary(range);
		expect(endings(leaving).reduce((sum, { exits }) => sum + exits, 0)).toBe(visits);
		const html = panelOf(await openPage(busy, "/paths"), "maater");
		expect(html.match(/data-row="[a-z]+"/g)).toHaveLength(endings(leaving).length);
	});
	test("asks for a device only where it can be told, and says so everywhere else", async () => {
		const { stats, asked } = spiedOn(busy);
		const text = readText(await openPage(stats, "/paths?enhet=mobil"));
		const withDevice = asked.filter((call) => call.range.device !== undefined).map(({ name }) => name);
		expect([...new Set(withDevice)].sort()).toEqual(["pages", "summary"]);
		expect(text).toContain("Velg en side for å sette den i midten. Alle enheter.");
		expect(text).toContain("Der besøkene begynte, antall besøk, bare mobil");
		expect(text).toContain("alle sider og enheter · sammenlignet med 27. sep.–24. okt. 2026");
		expect(text).toContain("Til den neste siden fra de 4 mest viste, alle enheter · sammenlignet med");
	});
	test("compares entries and exits with the range asked for, and with nothing where none is", async () => {
		const { stats, asked } = spiedOn(busy);
		const html = await openPage(stats, "/paths?c=aar");
		expect(asked.some((call) => call.name === "pages" && call.range.from === "2025-10-26")).toBe(true);
		expect(panelOf(html, "utganger")).toContain("Endring");
		expect(panelOf(await openPage(busy, "/paths?c=ingen"), "utganger")).not.toContain("Endring");
	});
	test("shows in each row of the flow how its share changed, and in words what was not named then", async () => {
		const before = await busy.flows({ from: "2026-09-27", to: "2026-10-24", page: "/priser" });
		const changed: Stats = {
			...busy,
			async flows(range) {
				const flows = await busy.flows(range);
				if (range.page !== "/priser" || range.to > "2026-11-01") return flows;
				const to = flows.to.filter(({ page }) => page !== "/turer");
				return { ...flows, to: to.map((row) => (row.page === "/" ? { ...row, count: row.count + 2000 } : row)) };
			},
		};
		const flow = panelOf(await openPage(changed, "/paths?side=/priser"), "stier");
		const onward = flow.slice(flow.indexOf('class="flow-list to"'));
		const row = (page: string) => onward.slice(onward.indexOf(`data-rows="page=${page}"`)).split("</li>")[0] ?? "";
		const points = formatOf("nb")
			.points(-2000 / before.views)
			.replaceAll("\u00a0", " ");
		expect(readText(row("/"))).toContain(points);
		expect(row("/")).toContain('class="delta"');
		expect(readText(row("/turer/geiranger"))).toContain("±0 %-poeng");
		expect(readText(row("/turer"))).toContain("ny i listen");
		expect(panelOf(await openPage(changed, "/paths?side=/priser&c=ingen"), "stier")).not.toContain("delta");
	});
	test("claims nothing of a page that may have been among the hidden, or of few views", async () => {
		const hidden: Stats = {
			...busy,
			async flows(range) {
				const { to, ...flows } = await busy.flows(range);
				if (range.to > "2026-11-01") return { ...flows, to };
				return { ...flows, to: to.map((row) => (row.page === "/turer" ? { ...row, page: "(other)" } : row)) };
			},
		};
		const rowIn = (html: string) => {
			const onward = html.slice(html.indexOf('class="flow-list to"'));
			return onward.slice(onward.indexOf('data-rows="page=/turer"')).split("</li>")[0] ?? "";
		};
		expect(rowIn(await openPage(hidden, "/paths?side=/priser"))).not.toContain("delta");
		const quiet = fixtureStats({ seed: 7, today, visitsPerDay: 3, visitsToday: 4 });
		expect(panelOf(await openPage(quiet, "/paths?p=7d&side=/priser"), "stier")).not.toContain("%-poeng");
	});
	test("words what is hidden, and never writes its technical name", async () => {
		const text = readText(await openPage(busy, "/paths?vis=alle"));
		expect(text).toContain("andre sider · skjult: for få besøk");
		expect(text).toContain("andre nettsteder · skjult: for få besøk");
		expect(text).not.toContain("(other)");
	});
	test("writes shares of few visits as counts, and says that figures are provisional", async () => {
		const text = readText(await openPage(firstDay, "/paths"));
		expect(text).toMatch(/1 av 4/);
		expect(text).toContain("foreløpige tall");
	});
	test("says what to do where nobody has been yet, and offers a way out of an empty range", async () => {
		expect(readText(await openPage(unvisited, "/paths"))).toContain("Venter på det første besøket");
		expect(readText(await openPage(unvisited, "/paths?p=7d"))).toContain("Ingen besøk i dette tidsrommet");
	});
	test("says so where the page asked for has no views", async () => {
		expect(readText(await openPage(busy, "/paths?side=/finnes-ikke"))).toContain("Siden har ingen visninger");
	});
	test("works without script of its own, and has no style attribute", async () => {
		for (const query of ["", "?maate=closed&sort=andel&vis=alle&lang=en"]) {
			const html = await openPage(busy, `/paths${query}`);
			expect(html.match(/<script/g)).toHaveLength(1);
			expect(html).not.toMatch(/\sstyle=|\son\w+=|javascript:/i);
		}
	});
	test("renders hostile names as text", async () => {
		const pages = hostileNames.map((name) => `/${name}`);
		const nasty = withHostileNames(fixtureStats({ seed: 7, today, visitsPerDay: 900, visitsToday: 1, pages }));
		for (const query of ["", `?side=${encodeURIComponent(pages[2] ?? "")}&maate=closed`]) {
			const html = await openPage(nasty, `/paths${query}`);
			expect(html.match(/<script/g)).toHaveLength(1);
			expect(html).not.toMatch(/<img|<svg\/onload/);
		}
	});
});
