import { describe, expect, test } from "vitest";
import { folderOf, foldersOf, mostFrequentExit, sortPages } from "../../worker/dashboard/pages/list.ts";
import { linkTo, parseView } from "../../worker/dashboard/range.ts";
import type { PageRow } from "../../worker/stats/answers.ts";
import { openPage, panelOf, readText, spiedOn } from "../support/dashboard-html.ts";
import { fixtureStats } from "../support/stats-fixture.ts";

const today = "2026-11-22";
const busy = fixtureStats({ seed: 7, today, visitsPerDay: 1450, visitsToday: 612 });
const firstDay = fixtureStats({ seed: 7, today, visitsPerDay: 0, visitsToday: 4 });
const unvisited = fixtureStats({ seed: 7, today, visitsPerDay: 0, visitsToday: 0 });
const range = { from: "2026-10-25", to: "2026-11-21" };

const rowsOf = (html: string) => [...html.matchAll(/<tr[^>]*data-row="([^"]*)"/g)].map(([, name]) => name);

describe("the order of pages", () => {
	test("turns around, but what is not known stays last", async () => {
		const { rows } = await busy.pages(range);
		const unknown = rows.map((row, index): PageRow => (index === 3 ? { ...row, lcp: { ...row.lcp, n: 12 } } : row));
		const name = rows[3]?.page;
		for (const ascending of [true, false]) expect(sortPages(unknown, "lcp", ascending).at(-1)?.page).toBe(name);
		const known = (ascending: boolean) => sortPages(unknown, "lcp", ascending).slice(0, -1);
		const p75 = known(true).map(({ lcp }) => lcp.p75);
		expect(p75).toEqual([...p75].sort((a, b) => Number(a) - Number(b)));
		expect(known(false).map(({ lcp }) => lcp.p75)).toEqual(p75.reverse());
	});
	test("is that of the address, and a head's link turns it", async () => {
		expect(rowsOf(await openPage(busy, "/pages")).slice(0, 2)).toEqual(["/", "/turer/geiranger"]);
		const html = await openPage(busy, "/pages?sort=side");
		expect(rowsOf(html)[0]).toBe("/turer/loen-skylift");
		expect(html).toContain('href="?sort=side&amp;vei=opp#tabell"');
		expect(await openPage(busy, "/pages")).toContain('href="?sort=side&amp;vei=opp#tabell"');
		expect(rowsOf(await openPage(busy, "/pages?sort=forlot&vei=opp"))[0]).toBe("/turer");
	});
});

describe("folders", () => {
	test("are the first part of a path, and add up to their pages", async () => {
		expect(["/", "/turer", "/turer/geiranger", "/turerx"].map(folderOf)).toEqual(["/", "/turer", "/turer", "/turerx"]);
		const { rows } = await busy.pages(range);
		const folders = foldersOf(rows.filter(({ page }) => page !== "(other)"));
		const tours = rows.filter(({ page }) => page.startsWith("/turer"));
		const sum = (of: (row: PageRow) => number) => tours.reduce((all, row) => all + of(row), 0);
		expect(folders[0]).toMatchObject({
			folder: "/turer",
			pages: 4,
			views: sum(({ views }) => views),
			exits: sum(({ exits }) => exits),
			lcp: { poor: sum(({ lcp }) => lcp.poor), n: sum(({ lcp }) => lcp.n) },
		});
	});
	test("lead to the list of their pages, with a chip to leave it by", async () => {
		expect(await openPage(busy, "/pages?gruppe=mapper")).toContain('href="?mappe=/turer"');
		const html = await openPage(busy, "/pages?mappe=/turer");
		expect(rowsOf(html)).toHaveLength(4);
		expect(readText(html)).toContain("Mappe: /turer , Fjern filteret");
	});
});

describe("the list of pages", () => {
	test("shows 50 rows, tells how many more there are, and keeps the rest of the view when it shows them", async () => {
		const pages = Array.from({ length: 130 }, (_, index) => `/side-${index}`);
		const large = fixtureStats({ seed: 7, today, visitsPerDay: 9000, visitsToday: 9, pages });
		const html = await openPage(large, "/pages?p=7d&sort=lcp");
		expect(rowsOf(html)).toHaveLength(50);
		expect(readText(html)).toContain("130 sider");
		expect(html).toContain('href="?p=7d&amp;sort=lcp&amp;vis=100#tabell"');
		const rest = await openPage(large, "/pages?vis=100");
		expect(readText(rest)).toContain("Vis 30 til");
		expect(rowsOf(await openPage(large, "/pages?vis=200"))).toHaveLength(130);
	});
	test("words what is hidden with its share, and leaves it out of what is searched for", async () => {
		const text = readText(await openPage(busy, "/pages"));
		expect(text).toContain("andre sider · skjult: for få besøk");
		expect(text).toContain("Sider med for få besøk vises bare samlet: 1 % av alle visninger");
		const found = readText(await openPage(busy, "/pages?sok=blogg"));
		expect(found).toContain("2 sider av 12");
		expect(found).not.toContain("skjult: for få besøk");
	});
	test("says so where nothing matches, and offers a way out", async () => {
		const html = await openPage(busy, "/pages?sok=finnes-ikke&p=7d");
		expect(readText(html)).toContain("Ingen sider passer med søket.");
		expect(html).toContain('href="?p=7d"');
	});
	test("names the leaving method that ends most visits on a page", async () => {
		const [first] = (await busy.pages(range)).rows;
		const most = first && mostFrequentExit(first);
		expect(most?.exits).toBe(Math.max(...Object.values(first?.exitsBy ?? {})));
		expect(mostFrequentExit({ ...(first as PageRow), exitsBy: {} })).toBeUndefined();
	});
	test("renders hostile names and hostile searches as text", async () => {
		const pages = ["/<script>alert(1)</script>", "/\"'><img src=x onerror=alert(1)>", '/=HYPERLINK("http://x")'];
		const hostile = fixtureStats({ seed: 7, today, visitsPerDay: 900, visitsToday: 1, pages });
		const search = encodeURIComponent('"><img src=x onerror=alert(1)>');
		for (const path of [
			"/pages",
			"/pages?gruppe=mapper",
			`/pages?sok=${search}&mappe=${search}`,
			`/pages?side=${encodeURIComponent(pages[1] ?? "")}`,
			"/speed",
			"/speed?m=ttfb",
		]) {
			const html = await openPage(hostile, path);
			expect(html.match(/<script/g), path).toHaveLength(1);
			expect(html, path).not.toMatch(/<img|\sstyle="/);
		}
	});
});

describe("a page's own sheet", () => {
	test("asks for the device only where it can be told, and says so", async () => {
		const { stats, asked } = spiedOn(busy);
		const text = readText(await openPage(stats, "/pages?side=/priser&enhet=mobil"));
		const withDevice = asked.filter(({ range }) => range.device).map(({ name }) => name);
		expect([...new Set(withDevice)].sort()).toEqual(["pages", "summary", "vitals"]);
		expect(text).toContain("Alle visninger av siden, alle enheter");
		expect(text).toContain("Velg en side for å sette den i midten. Alle enheter.");
	});
	test("says that a page has no views, instead of zeros", async () => {
		const text = readText(await openPage(busy, "/pages?side=/finnes-ikke"));
		expect(text).toContain("Siden har ingen visninger i dette tidsrommet.");
		expect(text).not.toContain("Fordeling av LCP");
	});
	test("says how few measurements there are", async () => {
		const text = readText(await openPage(firstDay, "/pages?side=/"));
		expect(text).toMatch(/for få målinger \(\d+\)/);
		expect(text).not.toMatch(/p75 \d/);
	});
	test("leads to the page's speed, by vital, with the same range", async () => {
		const html = await openPage(busy, "/pages?p=7d&side=/priser&sort=lcp");
		expect(html).toContain('href="/sites/demo/speed?p=7d&amp;m=inp&amp;side=/priser"');
		expect(panelOf(html, "stier")).toContain('href="?p=7d&amp;side=/turer&amp;sort=lcp#stier"');
	});
});

describe("the navigation", () => {
	test("keeps range and filters, leaves behind what only one page knows, and marks where one is", async () => {
		const html = await openPage(busy, "/pages?p=7d&enhet=mobil&sort=lcp&sok=turer&vis=100");
		expect(html).toContain('<a href="/sites/demo/speed?p=7d&amp;enhet=mobil" data-key="s">');
		expect(html).toContain('<a href="/sites/demo?p=7d&amp;enhet=mobil" data-key="o">');
		expect(html).toMatch(/<a href="\/sites\/demo\/pages[^"]*" aria-current="page" data-key="p">/);
	});
	test("waits for the first visit, as the pages do", async () => {
		const html = await openPage(unvisited, "/speed");
		expect(readText(html)).toContain("Venter på det første besøket");
		expect(html).not.toContain("<nav");
		expect(readText(await openPage(unvisited, "/pages?p=7d"))).toContain("Ingen besøk i dette tidsrommet");
	});
	test("a page's own parameters have one order and no defaults, and what is unknown is left out", () => {
		const parameters = { m: ["lcp", "inp"], sort: ["a", "b"], sok: { maxChars: 4 } } as const;
		const view = (query: string) => parseView(new URLSearchParams(query), today, parameters);
		expect(linkTo(view("sok=abc&sort=b&m=inp&side=/x"))).toBe("?m=inp&side=/x&sort=b&sok=abc");
		expect(linkTo(view("m=lcp&sort=a&sok=abcde&vis=alle"))).toBe("?");
		expect(linkTo(view("m=inp&sort=b"), { own: { m: "lcp" } })).toBe("?sort=b");
		expect(linkTo(view("m=__proto__&sort=constructor"))).toBe("?");
	});
});
