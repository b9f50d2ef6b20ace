import type { Browser, BrowserContext, BrowserContextOptions, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { pageBudgets } from "../../scripts/budgets.ts";
import { violations } from "../support/axe.ts";
import { launchBrowser } from "../support/browser.ts";
import { coldWeights } from "../support/cold-weight.ts";
import { type DashboardApp, startDashboard } from "../support/dashboard-app.ts";
import { overflowOf } from "../support/reader.ts";
import { fixtureStats } from "../support/stats-fixture.ts";
import { smallTargets } from "../support/targets.ts";

const today = "2026-11-22";

let app: DashboardApp;
let browser: Browser;

beforeAll(async () => {
	app = await startDashboard({
		now: Date.parse("2026-11-22T12:00:00Z"),
		sites: {
			busy: fixtureStats({ seed: 7, today, visitsPerDay: 1450, visitsToday: 612, sample: true }),
			small: fixtureStats({ seed: 7, today, visitsPerDay: 0, visitsToday: 4 }),
			live: fixtureStats({ seed: 7, today, visitsPerDay: 0, visitsToday: 0 }),
			nasty: fixtureStats({
				seed: 7,
				today,
				visitsPerDay: 900,
				visitsToday: 9,
				pages: [
					"/<script>alert(1)</script>",
					`/${"x".repeat(199)}`,
					"/\u202egnp.exe",
					"/\"'><img src=x onerror=alert(1)>",
				],
			}),
		},
	});
	browser = await launchBrowser();
});
afterAll(async () => {
	await browser?.close();
	await app?.stop();
});

interface Opened {
	page: Page;
	/** Everything the browser complained about. */
	complaints: string[];
	context: BrowserContext;
}

async function open(path: string, options: BrowserContextOptions = {}): Promise<Opened> {
	const context = await browser.newContext({ viewport: { width: 1320, height: 900 }, locale: "nb-NO", ...options });
	const page = await context.newPage();
	const complaints: string[] = [];
	page.on("console", (message) => complaints.push(message.text()));
	page.on("pageerror", (error) => complaints.push(error.message));
	await page.goto(app.origin + path);
	return { page, complaints, context };
}

describe("every reader", () => {
	for (const lang of ["nb", "en"])
		for (const colorScheme of ["light", "dark"] as const)
			for (const width of [1320, 390])
				for (const site of ["busy", "small"])
					test(`axe finds nothing: ${site}, ${lang}, ${colorScheme}, ${width} px`, async () => {
						const viewport = { width, height: 900 };
						const { page, complaints, context } = await open(`/sites/${site}?lang=${lang}`, { colorScheme, viewport });
						await page.evaluate(() => {
							for (const details of document.querySelectorAll<HTMLDetailsElement>("figure > details"))
								details.open = true;
						});
						expect(await violations(page)).toEqual([]);
						expect(await overflowOf(page)).toBeLessThanOrEqual(0);
						expect(complaints).toEqual([]);
						await context.close();
					});
	for (const path of [
		"/sites/live",
		"/sites/busy?p=7d&c=aar&enhet=mobil&side=/priser&m=lcp",
		"/sites/none",
		"/message?lang=en",
	])
		test(`axe finds nothing: ${path}`, async () => {
			const { page, context } = await open(path);
			expect(await violations(page)).toEqual([]);
			await context.close();
		});
	for (const width of [320, 760, 1000, 1920])
		test(`nothing is cut off at ${width} px, however long a name is`, async () => {
			const { page, complaints, context } = await open("/sites/nasty?vis=alle", { viewport: { width, height: 900 } });
			expect(await overflowOf(page)).toBeLessThanOrEqual(0);
			await page.locator("#flow-from-0 + ol .rest summary").click();
			await page.locator("#menu-range > summary").click();
			expect(await overflowOf(page)).toBeLessThanOrEqual(0);
			expect(complaints).toEqual([]);
			await context.close();
		});
	test("fingers find targets of 24 px, and of 44 px on a phone", async () => {
		for (const [width, least] of [
			[1320, 24],
			[390, 44],
		] as const) {
			const { page, context } = await open("/sites/busy", { viewport: { width, height: 900 } });
			expect(await smallTargets(page, least)).toEqual([]);
			await context.close();
		}
	});
});

describe("the keyboard", () => {
	test("moves the reading line, which says the table's figures", async () => {
		const { page, complaints, context } = await open("/sites/busy");
		const reader = page.getByRole("slider");
		await reader.focus();
		await page.keyboard.press("Home");
		expect(await reader.getAttribute("aria-valuetext")).toBe("søn. 25. okt.");
		await page.keyboard.press("ArrowRight");
		await page.keyboard.press("ArrowRight");
		await page.keyboard.press("ArrowLeft");
		const row = page.locator("#timeline-table tbody tr").nth(1);
		expect(await reader.getAttribute("aria-valuetext")).toBe(await row.locator("th").textContent());
		const said = await page.locator(".readout [aria-live=polite] strong").allTextContents();
		expect(said).toEqual(await row.locator("td").allTextContents());
		await page.keyboard.press("End");
		expect(await reader.getAttribute("aria-valuenow")).toBe("28");
		await page.keyboard.press("Escape");
		expect(await page.locator(".readout").isVisible()).toBe(false);
		expect(complaints).toEqual([]);
		await context.close();
	});
	test("reaches everything, and Esc closes a menu and goes back to its button", async () => {
		const { page, context } = await open("/sites/busy");
		await page.locator("#menu-range > summary").focus();
		await page.keyboard.press("Enter");
		await page.keyboard.press("Tab");
		expect(await page.evaluate(() => document.activeElement?.textContent)).toBe("I dag");
		await page.keyboard.press("Escape");
		expect(await page.locator("#menu-range").getAttribute("open")).toBeNull();
		expect(await page.evaluate(() => document.activeElement?.parentElement?.id)).toBe("menu-range");
		await context.close();
	});
});

describe("without script", () => {
	test("a reader can choose range, metric, page and device, and open every table", async () => {
		const { page, context } = await open("/sites/busy", { javaScriptEnabled: false });
		await page.locator("#timeline-data > summary").click();
		expect(await page.locator("#timeline-table tbody tr").count()).toBe(28);
		await page.locator("#menu-range > summary").click();
		await page.getByRole("link", { name: "Siste 7 dager" }).click();
		await page.locator(".kpis a", { hasText: "LCP p75" }).click();
		await page.locator(".pages").getByRole("link", { name: "/priser" }).click();
		await page.locator("#enheter").getByRole("link", { name: "Mobil" }).click();
		expect(new URL(page.url()).search).toBe("?p=7d&m=lcp&side=/priser&enhet=mobil");
		expect(await page.locator(".flow-card h3").textContent()).toBe("/priser");
		await page.locator("#menu-range > summary").click();
		await page.locator("input[name=fra]").fill("2026-11-02");
		await page.locator("input[name=til]").fill("2026-11-08");
		await page.locator("#menu-range form button").click();
		const query = new URL(page.url()).searchParams;
		expect([query.get("p"), query.get("fra"), query.get("m"), query.get("enhet")]).toEqual([
			"egen",
			"2026-11-02",
			"lcp",
			"mobil",
		]);
		expect(await page.locator("#menu-range > summary").textContent()).toContain("2.–8. nov. 2026");
		await context.close();
	});
});

describe("while it is looked at", () => {
	test("the first visit takes the place of the first-run card within 5 s, without a reload", async () => {
		const { page, complaints, context } = await open("/sites/live");
		expect(await page.locator("h2").first().textContent()).toBe("Venter på det første besøket");
		await page.evaluate(() => document.body.classList.add("not-reloaded"));
		const began = Date.now();
		app.sites.live = fixtureStats({ seed: 7, today, visitsPerDay: 0, visitsToday: 2 });
		await page.locator(".not-reloaded main > .headline").waitFor({ timeout: 5000 });
		expect(Date.now() - began).toBeLessThan(5000);
		expect(await page.locator(".live [data-figure=visits]").textContent()).toBe("2");
		expect(await page.locator("header nav a").count()).toBe(6);
		expect(complaints).toEqual([]);
		await context.close();
	});
	test("new figures keep focus, scroll and what is unfolded", async () => {
		app.sites.live = fixtureStats({ seed: 7, today, visitsPerDay: 40, visitsToday: 12 });
		// Moving to what has the focus would otherwise take a while, and end after the place is set below.
		const { page, complaints, context } = await open("/sites/live?p=idag", { reducedMotion: "reduce" });
		await page.locator("#lcp-data > summary").click();
		await page.locator(".pages").getByRole("link", { name: "/priser" }).focus();
		await page.evaluate(() => scrollTo({ top: 900, behavior: "instant" }));
		app.sites.live = fixtureStats({ seed: 7, today, visitsPerDay: 40, visitsToday: 23 });
		await page.locator(".kpis strong", { hasText: /^23$/ }).waitFor();
		expect(await page.locator("#lcp-data").getAttribute("open")).not.toBeNull();
		expect(await page.evaluate(() => document.activeElement?.textContent)).toBe("/priser");
		// The browser itself may move a little, so that what is read stays in its place.
		expect(Math.abs((await page.evaluate(() => scrollY)) - 900)).toBeLessThan(20);
		await page.getByRole("slider").focus();
		await page.keyboard.press("Home");
		app.sites.live = fixtureStats({ seed: 7, today, visitsPerDay: 40, visitsToday: 24 });
		await page.locator(".kpis strong", { hasText: /^24$/ }).waitFor();
		expect(await page.evaluate(() => document.activeElement?.getAttribute("aria-valuenow"))).toBe("1");
		expect(await page.locator(".readout").isVisible()).toBe(true);
		expect(complaints).toEqual([]);
		await context.close();
	});
	test("a range without today is left alone; only the strip moves", async () => {
		app.sites.live = fixtureStats({ seed: 7, today, visitsPerDay: 40, visitsToday: 12 });
		const { page, context } = await open("/sites/live");
		const pagesBefore = app.requests.filter((path) => path === "/sites/live").length;
		app.sites.live = fixtureStats({ seed: 7, today, visitsPerDay: 40, visitsToday: 23 });
		await page.locator(".live [data-figure=visits]", { hasText: /^23$/ }).waitFor();
		expect(app.requests.filter((path) => path === "/sites/live").length).toBe(pagesBefore);
		await context.close();
	});
});

test("the whole page is within its budget, font included", async () => {
	const [bytes] = await coldWeights([`${app.origin}/sites/busy`]);
	expect(bytes).toBeLessThanOrEqual(pageBudgets.overview);
});
