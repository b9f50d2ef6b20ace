import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { pageBudgets } from "../../scripts/budgets.ts";
import { violations } from "../support/axe.ts";
import { coldWeights } from "../support/cold-weight.ts";
import { type DashboardApp, startDashboard } from "../support/dashboard-app.ts";
import { readEach } from "../support/each-reader.ts";
import { keepWholePage } from "../support/pictures.ts";
import { openReader, overflowOf } from "../support/reader.ts";
import { firstPaint, shiftSoFar, slowDown } from "../support/slow-line.ts";
import { fixtureStats } from "../support/stats-fixture.ts";
import { smallTargets } from "../support/targets.ts";
import { until } from "../support/until.ts";

const today = "2026-11-22";
/** What is looked at, by the name of its picture. */
const shown = {
	pages: "pages",
	folders: "pages?gruppe=mapper",
	sheet: "pages?side=/priser",
	"speed-lcp": "speed",
	"speed-ttfb": "speed?m=ttfb",
	"speed-page": "speed?m=inp&side=/priser&enhet=mobil",
};

/** Looked at in both languages and in the dark; the others are made of the same parts. */
const inFull = new Set(["pages", "sheet", "speed-lcp"]);

let app: DashboardApp;
const seen = readEach();

beforeAll(async () => {
	const nasty = [
		"/<script>alert(1)</script>",
		`/${"x".repeat(1999)}`,
		"/\u202egnp.exe",
		'/=HYPERLINK("http://evil.example")',
	];
	const many = Array.from({ length: 200 }, (_, index) => `/turer/fjord-${index % 17}/avgang-${index}`);
	app = await startDashboard({
		now: Date.parse("2026-11-22T12:00:00Z"),
		sites: {
			busy: fixtureStats({ seed: 7, today, visitsPerDay: 1450, visitsToday: 612 }),
			small: fixtureStats({ seed: 7, today, visitsPerDay: 0, visitsToday: 4 }),
			large: fixtureStats({ seed: 7, today, visitsPerDay: 9000, visitsToday: 40, pages: many }),
			nasty: fixtureStats({ seed: 7, today, visitsPerDay: 900, visitsToday: 9, pages: nasty }),
		},
	});
});
afterAll(() => app?.stop());

const open = (path: string) => seen.page.goto(`${app.origin}/sites/${path}`);
const overflow = () => overflowOf(seen.page);
const withLanguage = (path: string, lang: string) => `${path}${path.includes("?") ? "&" : "?"}lang=${lang}`;

describe("every reader", () => {
	for (const [name, path] of Object.entries(shown))
		for (const lang of inFull.has(name) ? ["nb", "en"] : ["nb"])
			test(`axe finds nothing, wide and narrow: ${name}, ${lang}`, async () => {
				await open(`busy/${withLanguage(path, lang)}`);
				for (const colorScheme of inFull.has(name) ? (["light", "dark"] as const) : (["light"] as const))
					for (const width of [1320, 390]) {
						await seen.page.emulateMedia({ colorScheme });
						await seen.page.setViewportSize({ width, height: 900 });
						expect(await violations(seen.page)).toEqual([]);
						expect(await overflow()).toBeLessThanOrEqual(0);
						await keepWholePage(seen.page, `dashboard-${name}-${lang}-${colorScheme}-${width}`);
					}
				expect(seen.complaints).toEqual([]);
			});
	for (const path of ["pages", "pages?gruppe=mapper", "speed", "speed?m=fcp"])
		test(`nothing is cut off, however long or hostile a name is, or few the visits: ${path}`, async () => {
			for (const site of ["nasty", "small"]) {
				await open(`${site}/${path}`);
				for (const width of [320, 760, 1000, 1920]) {
					await seen.page.setViewportSize({ width, height: 900 });
					expect(await overflow()).toBeLessThanOrEqual(0);
				}
				expect(await violations(seen.page)).toEqual([]);
			}
			expect(seen.complaints).toEqual([]);
		});
	test("fingers find targets of 24 px, and of 44 px on a phone", async () => {
		for (const path of Object.values(shown))
			for (const [width, least] of [
				[1320, 24],
				[390, 44],
			] as const) {
				await seen.page.setViewportSize({ width, height: 900 });
				await open(`busy/${path}`);
				expect(await smallTargets(seen.page, least)).toEqual([]);
			}
	});
});

test("without script a reader can search, sort, group and open a page, and come from there to its speed", async () => {
	const still = await seen.browser.newContext({ javaScriptEnabled: false, locale: "nb-NO", reducedMotion: "reduce" });
	const reader = await still.newPage();
	const query = () => new URL(reader.url()).search;
	const first = () => reader.locator(".pages tbody th").first().innerText();
	await reader.goto(`${app.origin}/sites/busy?p=7d`);
	await reader.locator("nav").getByRole("link", { name: "Sider" }).click();
	await reader.getByRole("link", { name: "Sorter etter LCP p75" }).click();
	expect(await first()).toBe("/blogg/hostfarger-langs-fjorden");
	await reader.locator("th[aria-sort=descending] a").click();
	expect(query()).toBe("?p=7d&sort=lcp&vei=opp");
	expect(await first()).toBe("/kontakt");
	await reader.getByRole("searchbox").fill("TURER");
	await reader.getByRole("button", { name: "Søk" }).click();
	expect(query()).toBe("?p=7d&sort=lcp&vei=opp&sok=TURER");
	expect(await reader.locator(".pages tbody tr").count()).toBe(4);
	await reader.getByRole("link", { name: "Søk: TURER" }).click();
	await reader.getByRole("link", { name: "Mapper" }).click();
	await reader.locator(".pages").getByRole("link", { name: "/blogg" }).click();
	expect(await reader.locator(".pages tbody tr").count()).toBe(2);
	await reader.getByRole("link", { name: "/blogg/pakkeliste" }).click();
	expect(await reader.locator("main h2").first().innerText()).toBe("/blogg/pakkeliste");
	await reader.locator(".kpis").getByRole("link", { name: "INP p75" }).click();
	expect(query()).toBe("?p=7d&m=inp&side=/blogg/pakkeliste");
	await reader.getByRole("link", { name: "Vis hele nettstedet" }).click();
	await reader.locator("#enheter").getByRole("link", { name: "Mobil" }).click();
	await reader.locator(".kpis").getByRole("link", { name: "TTFB p75" }).click();
	expect(query()).toBe("?p=7d&m=ttfb&enhet=mobil");
	expect(await reader.locator("#ytelse h2").innerText()).toBe("Fordeling av TTFB");
	await reader.locator("#ttfb-data summary").click();
	expect(await reader.locator("#ttfb-data tbody tr").count()).toBeGreaterThan(5);
	await still.close();
});

test("the keyboard alone moves the reading line of a vital, and reaches every tab", async () => {
	await open("busy/speed?m=cls");
	const reader = seen.page.getByRole("slider");
	await reader.focus();
	await seen.page.keyboard.press("Home");
	await seen.page.keyboard.press("ArrowRight");
	const row = seen.page.locator("#timeline-table tbody tr").nth(1);
	expect(await seen.page.locator(".readout [aria-live=polite] strong").allTextContents()).toEqual(
		await row.locator("td").allTextContents(),
	);
	for (const tab of await seen.page.locator(".kpis a").all()) {
		await tab.focus();
		expect(await tab.evaluate((element) => element === document.activeElement)).toBe(true);
	}
	await seen.page.locator(".kpis a").last().focus();
	await Promise.all([seen.page.waitForEvent("framenavigated"), seen.page.keyboard.press("Enter")]);
	expect(await seen.page.locator("#ytelse h2").innerText()).toBe("Fordeling av FCP");
	expect(seen.complaints).toEqual([]);
});

test("a new visit takes its place on the page of speed by itself", async () => {
	app.sites.live = fixtureStats({ seed: 7, today, visitsPerDay: 0, visitsToday: 30 });
	await open("live/speed?p=idag");
	app.sites.live = fixtureStats({ seed: 7, today, visitsPerDay: 0, visitsToday: 90 });
	await seen.page.locator("#persentiler dd", { hasText: /^170$/ }).waitFor();
	expect(seen.complaints).toEqual([]);
});

test("nothing moves when the font comes late on a slow line, however many rows there are", async () => {
	for (const [path, width] of [
		["large/pages", 1320],
		["large/pages", 390],
		["busy/interactions", 390],
	] as const) {
		const slow = await openReader(seen.browser, seen.complaints);
		await slow.page.setViewportSize({ width, height: 900 });
		await slowDown(await slow.context.newCDPSession(slow.page));
		const drawn = Promise.withResolvers<void>();
		await slow.page.route("**/*.woff2", (route) => drawn.promise.then(() => route.continue()));
		await slow.page.goto(`${app.origin}/sites/${path}`, { waitUntil: "domcontentloaded" });
		await until("the first paint", () => firstPaint(slow.page));
		drawn.resolve();
		await until("the font", () => slow.page.evaluate(() => document.fonts.check("15px Hg")));
		await slow.page.evaluate(() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done))));
		expect(await shiftSoFar(slow.page), `${path}, ${width} px`).toBeLessThan(0.02);
		await slow.context.close();
	}
});

test("the site's name can be read beside or above the links to its parts, however wide the window", async () => {
	await open("busy/pages");
	for (const width of [390, 770, 850, 1001]) {
		await seen.page.setViewportSize({ width, height: 900 });
		const name = await seen.page.locator(".brand bdi").boundingBox();
		const links = await seen.page.locator("header nav").boundingBox();
		if (!name || !links) throw new Error("no header");
		expect(name.width, `${width} px`).toBeGreaterThan(100);
		expect(name.x + name.width <= links.x || name.y + name.height <= links.y, `${width} px`).toBe(true);
	}
});

test("both pages are within their budget, font and all", async () => {
	const paths = ["large/pages", "busy/pages?side=/priser", "large/speed", "busy/speed?m=inp"];
	const weights = await coldWeights(paths.map((path) => `${app.origin}/sites/${path}`));
	expect(Math.max(...weights)).toBeLessThanOrEqual(pageBudgets.any);
});
