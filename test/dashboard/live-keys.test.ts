/** In a real browser: the live page, keys, charts as pictures, print, and pages that are read ahead. */
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { violations } from "../support/axe.ts";
import { launchBrowser } from "../support/browser.ts";
import { type DashboardApp, startDashboard } from "../support/dashboard-app.ts";
import { keepPicture, keepWholePage, picturesFolder } from "../support/pictures.ts";
import { openReader, overflowOf } from "../support/reader.ts";
import { busyRecent } from "../support/recent-fixture.ts";
import { fixtureStats } from "../support/stats-fixture.ts";
import { smallTargets } from "../support/targets.ts";
import { until } from "../support/until.ts";

const now = Date.parse("2026-11-22T12:00:00Z");
let app: DashboardApp;
let browser: Browser;
const complaints: string[] = [];

beforeAll(async () => {
	const stats = fixtureStats({ seed: 7, today: "2026-11-22", visitsPerDay: 1450, visitsToday: 612 });
	app = await startDashboard({ now, sites: { busy: stats, other: stats } });
	browser = await launchBrowser();
});
afterAll(async () => {
	await browser?.close();
	await app?.stop();
});

/** Opens a page of the busy site, lets a test use it, and expects that the browser had nothing to complain about. */
async function visit(path: string, use: (page: Page) => Promise<void>, prepare?: (page: Page) => Promise<unknown>) {
	const { context, page } = await openReader(browser, complaints);
	app.recents = {};
	await prepare?.(page);
	await page.goto(`${app.origin}/sites/busy${path}`);
	await use(page);
	expect(complaints).toEqual([]);
	await context.close();
}
const pathOf = (page: Page) => new URL(page.url()).pathname;
const asked = (page: Page, name: string) => new URL(page.url()).searchParams.get(name);
/** Presses a key that leads to another page. */
async function go(page: Page, key: string): Promise<void> {
	await Promise.all([page.waitForEvent("framenavigated"), page.keyboard.press(key)]);
	await page.waitForLoadState();
}

describe("the live page", () => {
	for (const lang of ["nb", "en"])
		test(`axe finds nothing in light and dark, wide and narrow: ${lang}`, () =>
			visit(`/now?lang=${lang}`, async (page) => {
				for (const colorScheme of ["light", "dark"] as const)
					for (const width of [1320, 390]) {
						await page.setViewportSize({ width, height: 900 });
						await page.emulateMedia({ colorScheme });
						expect(await violations(page)).toEqual([]);
						expect(await overflowOf(page)).toBeLessThanOrEqual(0);
						expect(await smallTargets(page, width < 760 ? 44 : 24)).toEqual([]);
						await keepWholePage(page, `live-${lang}-${colorScheme}-${width}`);
					}
			}));

	test("nothing is cut off at any width, and the reading line says what the table has", () =>
		visit("/now", async (page) => {
			for (const width of [320, 760, 1920]) {
				await page.setViewportSize({ width, height: 900 });
				expect(await overflowOf(page)).toBeLessThanOrEqual(0);
			}
			await page.getByRole("slider").focus();
			await page.keyboard.press("Home");
			expect(await page.locator(".readout strong").allTextContents()).toEqual(["12:30", "14", "7"]);
			await page.keyboard.press("ArrowRight");
			await page.keyboard.press("ArrowRight");
			expect(await page.locator(".readout strong").allTextContents()).toEqual(["12:32", "9", "færre enn 5"]);
		}));

	test("of a quiet site says so in words, and axe finds nothing", () =>
		visit(
			"/now",
			async (page) => {
				expect(await page.locator(".kpis strong").allTextContents()).toEqual([
					"minst 25",
					"færre enn 5",
					"færre enn 5",
				]);
				expect(await page.locator("main .none").allTextContents()).toEqual(
					Array(3).fill("Ingenting med 5 eller flere."),
				);
				expect(await violations(page)).toEqual([]);
				await page.setViewportSize({ width: 390, height: 900 });
				await keepWholePage(page, "live-quiet");
			},
			async () => {
				const few: number[] = Array(30).fill(1);
				const open = [{ name: "/", count: 4 }];
				app.recents.busy = {
					...busyRecent(now),
					views: few.with(3, 0),
					visits: few.map((_, minute) => Number(minute < 4)),
					open,
					channels: [],
					endings: [],
				};
			},
		));

	test("follows along every 15 s while it is looked at, and rests while it is hidden", () =>
		visit(
			"/now",
			async (page) => {
				const looks = () => app.requests.filter((path) => path === "/sites/busy/now").length;
				const clock = page.locator(".lead-dates");
				const shows = (time: string) => until(time, async () => (await clock.textContent())?.includes(time));
				app.recents.busy = busyRecent(now + 60_000);
				await page.clock.pauseAt(60_000);
				await shows("12:31");
				const before = looks();
				app.recents.busy = busyRecent(now + 120_000);
				await page.clock.runFor(14_900);
				expect(looks()).toBe(before);
				await page.clock.runFor(200);
				await shows("12:32");
				expect(looks()).toBe(before + 1);
				const hide = (hidden: boolean) =>
					page.evaluate((value) => {
						Object.defineProperty(document, "hidden", { configurable: true, get: () => value });
						document.dispatchEvent(new Event("visibilitychange"));
					}, hidden);
				await hide(true);
				const hidden = looks();
				await page.clock.runFor(60_000);
				expect(looks()).toBe(hidden);
				app.recents.busy = busyRecent(now + 180_000);
				await hide(false);
				await shows("12:33");
			},
			(page) => page.clock.install({ time: 0 }),
		));

	test("a strip that nobody touches for five minutes slows down to every 15 s, until the first move", () =>
		visit(
			"?p=7d",
			async (page) => {
				const looks = () => app.requests.filter((path) => path.startsWith("/sites/busy/live")).length;
				/** Whether there is a look within 12.4 s of the page's clock, which waits for answers on the way. */
				const looksSoon = async () => {
					const before = looks();
					for (let go = 0; go < 4 && looks() === before; go++) {
						await page.clock.runFor(3_100);
						await until("a look", () => looks() > before, 400).catch(() => undefined);
					}
					return looks() > before;
				};
				const first = looks();
				await page.clock.pauseAt(400_000);
				await until("a look", () => looks() > first);
				expect(await looksSoon()).toBe(false);
				await page.mouse.move(300, 300);
				expect(await looksSoon()).toBe(true); // 15 s since the last one
				expect(await looksSoon()).toBe(true);
			},
			(page) => page.clock.install({ time: 0 }),
		));

	test("works without a script: figures are there, newer ones come by reload, and no button is dead", async () => {
		const context = await browser.newContext({ javaScriptEnabled: false, locale: "nb-NO" });
		const page = await context.newPage();
		app.recents.busy = busyRecent(now);
		await page.goto(`${app.origin}/sites/busy/now`);
		expect(await page.locator("main").innerText()).toContain("Last siden på nytt for nyere tall.");
		expect(await page.locator("main button:visible").count()).toBe(0);
		app.recents.busy = busyRecent(now + 60_000);
		await page.reload();
		expect(await page.locator(".lead-dates").textContent()).toContain("12:31");
		await page.getByRole("link", { name: "Til oversikten" }).click();
		expect(pathOf(page)).toBe("/sites/busy");
		await context.close();
	});
});

describe("keys", () => {
	test("lead to pages and dates, also in capitals, and Esc takes the last filter away", () =>
		visit("?enhet=mobil&side=/priser", async (page) => {
			await go(page, "s");
			expect(pathOf(page)).toBe("/sites/busy/speed");
			await go(page, "W");
			expect(asked(page, "p")).toBe("7d");
			await go(page, "b");
			expect([asked(page, "p"), asked(page, "fra"), asked(page, "til")]).toEqual(["egen", "2026-11-08", "2026-11-14"]);
			await go(page, "f");
			expect(asked(page, "p")).toBe("7d");
			await go(page, "Escape");
			expect([asked(page, "side"), asked(page, "enhet")]).toEqual([null, "mobil"]);
			await go(page, "Escape");
			expect(asked(page, "enhet")).toBeNull();
			await go(page, "n");
			expect(pathOf(page)).toBe("/sites/busy/now");
			await go(page, "o");
			expect(pathOf(page)).toBe("/sites/busy");
		}));

	test("lead to a device, to every device and to each comparison", () =>
		visit("?side=/priser", async (page) => {
			for (const [key, name, value] of [
				["l", "enhet", "mobil"],
				["k", "enhet", "pc"],
				["e", "enhet", "nettbrett"],
				["r", "enhet", "annet"],
				["j", "c", "aar"],
				["x", "c", "ingen"],
				["c", "c", null],
				["a", "enhet", null],
			] as const) {
				await go(page, key);
				expect([key, asked(page, name)]).toEqual([key, value]);
			}
			expect(asked(page, "side")).toBe("/priser");
		}));

	test("are left alone with Ctrl, in fields and where a menu is open", () =>
		visit("?enhet=mobil", async (page) => {
			const { length } = app.requests;
			await page.keyboard.press("Control+s");
			await page.locator("#menu-range > summary").click();
			await page.locator("input[name=fra]").focus();
			await page.keyboard.press("s");
			await page.keyboard.press("Escape");
			expect(await page.locator("#menu-range").getAttribute("open")).toBeNull();
			await page.getByRole("slider").focus();
			await page.keyboard.press("Home");
			await page.keyboard.press("Escape");
			expect(await page.locator(".readout").isVisible()).toBe(false);
			expect(app.requests.slice(length).filter((path) => !path.includes("/live"))).toEqual([]);
			expect(asked(page, "enhet")).toBe("mobil");
		}));

	for (const [lang, colorScheme, width] of [
		["nb", "light", 1320],
		["en", "dark", 390],
	] as const)
		test(`the help lists every letter once, is easy to read and goes away by Esc: ${lang}`, () =>
			visit(`?lang=${lang}`, async (page) => {
				await page.setViewportSize({ width, height: 900 });
				await page.emulateMedia({ colorScheme });
				await page.keyboard.press("h");
				const dialog = page.getByRole("dialog");
				await dialog.waitFor();
				expect(await violations(page, "dialog")).toEqual([]);
				await keepPicture(page, `keys-${lang}-${colorScheme}-${width}`);
				const letters = await dialog.locator("kbd").allTextContents();
				expect(new Set(letters).size).toBe(letters.length);
				expect(letters.join("")).toMatch(/^opstivn/);
				expect(await dialog.locator("dd").allTextContents()).toEqual(
					expect.arrayContaining(
						lang === "nb"
							? ["Siste 7 dager", "Enhet: Mobil", "Alle enheter", "mot samme uker i fjor"]
							: ["Last 7 days", "Device: Mobile", "All devices", "vs same weeks last year"],
					),
				);
				await page.keyboard.press("s"); // nothing while the help is open
				await page.keyboard.press("Escape");
				await dialog.waitFor({ state: "detached" });
				expect(pathOf(page)).toBe("/sites/busy");
			}));

	test("can be switched off, which the browser remembers, and on again by the button", () =>
		visit("", async (page) => {
			const button = page.getByRole("button", { name: "Hurtigtaster" });
			const choice = page.getByRole("checkbox");
			await button.click();
			await choice.uncheck();
			await page.getByRole("button", { name: "Lukk" }).click();
			await page.reload();
			const { length } = app.requests;
			for (const key of ["s", "h", "w"]) await page.keyboard.press(key);
			expect(await page.locator("dialog").count()).toBe(0);
			expect(app.requests.slice(length).filter((path) => !/live|code/.test(path))).toEqual([]);
			await button.click();
			await choice.check();
			await page.getByRole("button", { name: "Lukk" }).click();
			await go(page, "s");
			expect(pathOf(page)).toBe("/sites/busy/speed");
		}));
});

describe("a chart as a picture", () => {
	/** Saves the nth chart of a page; the file's name, the picture in words, and what the PNG holds. */
	async function save(page: Page, nth: number, keepAs: string) {
		const [download] = await Promise.all([
			page.waitForEvent("download"),
			page.getByRole("button", { name: "Last ned som bilde" }).nth(nth).click(),
		]);
		const file = join(picturesFolder, `${keepAs}.png`);
		await download.saveAs(file);
		const address = `data:image/png;base64,${(await readFile(file)).toString("base64")}`;
		const decoded = await page.evaluate(async (src) => {
			const image = new Image();
			image.src = src;
			await image.decode();
			const canvas = document.createElement("canvas");
			canvas.width = image.width;
			canvas.height = image.height;
			const context = canvas.getContext("2d") as CanvasRenderingContext2D;
			context.drawImage(image, 0, 0);
			const { data } = context.getImageData(0, 0, image.width, image.height);
			const colours = new Map<string, number>();
			for (let at = 0; at < data.length; at += 4) {
				const colour = data.slice(at, at + 3).join(",");
				colours.set(colour, (colours.get(colour) ?? 0) + 1);
			}
			return { width: image.width, colours: Object.fromEntries(colours) };
		}, address);
		const svg = await page.evaluate(() => (window as unknown as { drawn: string }).drawn);
		const texts = [...svg.matchAll(/<text[^>]*>([^<]*)</g)].map(([, text]) => text);
		const elements = new Set([...svg.matchAll(/<(\w+)/g)].map(([, name]) => name));
		return { name: download.suggestedFilename(), texts, elements, ...decoded };
	}
	/** Keeps the SVG that a picture is made from. */
	const overhear = (page: Page) =>
		page.addInitScript(() => {
			const { set } = Object.getOwnPropertyDescriptor(HTMLImageElement.prototype, "src") ?? {};
			Object.defineProperty(HTMLImageElement.prototype, "src", {
				set(value: string) {
					if (value.startsWith("data:image/svg+xml,"))
						Object.assign(window, { drawn: decodeURIComponent(value.slice("data:image/svg+xml,".length)) });
					set?.call(this, value);
				},
			});
		});

	test("has the title, the dates and the filters in it, and the colours of the page", () =>
		visit(
			"?enhet=mobil&side=/priser",
			async (page) => {
				const line = await save(page, 0, "png-line");
				expect(line.name).toBe("busy-besok-25-okt-21-nov-2026-2026-10-25-2026-11-21.png");
				expect(line.texts).toContain("Siste 28 dager, 25. okt.–21. nov. 2026, mot forrige periode, Mobil, /priser");
				expect(line.texts).toContain("nordfjordturer.no · Sporløs");
				expect(line.width).toBeGreaterThan(2000);
				expect(line.colours["31,78,140"]).toBeGreaterThan(2000); // the line
				expect(line.colours["255,255,255"]).toBeGreaterThan(1_000_000); // the paper
				const flow = await save(page, 2, "png-flow");
				expect(flow.texts).toContain("Hvor kom de fra, og hvordan forlot de siden?");
				expect(flow.texts).toContain("/turer/geiranger");
				const hours = await save(page, 3, "png-hours");
				expect(hours.texts).toContain("Når de kommer");
				await page.emulateMedia({ colorScheme: "dark" });
				const bars = await save(page, 1, "png-histogram-dark");
				expect(bars.texts).toContain("Fordeling av LCP");
				expect(bars.colours["44,207,198"]).toBeGreaterThan(20_000); // good
				expect(bars.colours["21,29,27"]).toBeGreaterThan(100_000);
			},
			overhear,
		));

	test("holds a name that looks like markup as text, and a long one in several lines, on a narrow screen too", () =>
		visit(
			`?side=${encodeURIComponent(`/<img src=x onerror=alert(1)>/${"lang".repeat(40)}`)}`,
			async (page) => {
				await page.setViewportSize({ width: 390, height: 900 });
				const { texts, elements, width } = await save(page, 0, "png-narrow");
				expect(texts.join("")).toContain("/&lt;img src=x onerror=alert(1)&gt;/");
				expect([...elements].sort()).toEqual(["circle", "g", "line", "path", "rect", "style", "svg", "text"]);
				expect(width).toBeLessThan(2 * 420);
			},
			overhear,
		));

	test("of a bar of parts has its table with it, which says what each colour is", () =>
		visit(
			"/speed",
			async (page) => {
				const nth = await page
					.getByRole("button", { name: "Last ned som bilde" })
					.evaluateAll((all) => all.findIndex((button) => button.closest("#deler")));
				const { texts, colours, width } = await save(page, nth, "png-parts");
				expect(texts).toContain("Slik går tiden fram til LCP");
				expect(texts.join(" ")).toContain("Nedlasting av elementet");
				for (const tone of ["31,78,140", "168,124,0", "206,99,176"]) expect(colours[tone]).toBeGreaterThan(2000);
				expect(width).toBeGreaterThan(1000);
			},
			overhear,
		));

	test("of the last half hour says which", () =>
		visit(
			"/now",
			async (page) => {
				const { texts } = await save(page, 0, "png-live");
				expect(texts).toContain("Sidevisninger og besøk per minutt, 12:30–13:00");
			},
			overhear,
		));
});

test("on paper every page has its title, dates and filters as text, figures and tables whole, and no ways to other pages", () =>
	visit("", async (page) => {
		await page.emulateMedia({ media: "print" });
		for (const name of ["", "/pages", "/speed", "/paths", "/interactions", "/privacy"]) {
			await page.setViewportSize({ width: 718, height: 1000 }); // A4 within its margins
			await page.goto(`${app.origin}/sites/busy${name}?p=7d&enhet=mobil&side=/priser`);
			const text = await page.locator("body").innerText();
			expect(text).toContain("Siste 7 dager, 15.–21. nov. 2026, mot forrige periode, Mobil, /priser");
			expect(await page.locator("h1").innerText()).toContain("nordfjordturer.no");
			const shown = page.locator(
				"nav:visible, button:visible, .menu:not(.brand):visible, .chip:visible, .live:visible, .more:visible",
			);
			expect(await shown.count()).toBe(0);
			expect(await overflowOf(page)).toBeLessThanOrEqual(0);
			const cut = await page
				.locator(".scroller:visible")
				.evaluateAll((all) =>
					all
						.filter(({ scrollHeight, clientHeight }) => scrollHeight > clientHeight + 1)
						.map(({ outerHTML }) => outerHTML.slice(0, 80)),
				);
			expect(cut).toEqual([]);
			await keepWholePage(page, `print${name.replace("/", "-")}`);
		}
		await page.pdf({ path: join(picturesFolder, "print.pdf"), format: "A4", preferCSSPageSize: true });
	}));

describe("from page to page", () => {
	test("a page of figures is read ahead when its link is hovered, and shown without asking again", () =>
		visit("", async (page) => {
			const asks = (path: string) => app.requests.filter((request) => request.startsWith(path)).length;
			const before = asks("/sites/busy/pages");
			await page.locator("a[href*='export.zip']").hover();
			await page.getByRole("link", { name: "Konto" }).hover();
			const link = page.getByRole("link", { name: "Sider", exact: true });
			await link.hover();
			await until("the page ahead", () => asks("/sites/busy/pages") > before);
			await link.click();
			await page.waitForURL("**/pages*");
			const type = await page.evaluate(() => {
				const [entry] = performance.getEntriesByType("navigation");
				return (entry as PerformanceNavigationTiming & { deliveryType: string }).deliveryType;
			});
			expect(type).toBe("navigational-prefetch");
			expect(asks("/sites/busy/pages")).toBe(before + 1);
			expect(asks("/sites/busy/export.zip") + asks("/account")).toBe(0);
		}));

	test("one fades into the other, but not for who wants less motion", () =>
		visit("", async (page) => {
			/** Told once the page is revealed. */
			const faded = () => page.evaluate(() => (window as unknown as { faded?: "yes" | "no" }).faded);
			await page.addInitScript(() => {
				addEventListener("pagereveal", (event) => {
					Object.assign(window, { faded: (event as PageRevealEvent).viewTransition ? "yes" : "no" });
				});
			});
			for (const reducedMotion of ["reduce", "no-preference"] as const) {
				await page.emulateMedia({ reducedMotion });
				await page.reload();
				await page.getByRole("link", { name: "Sider", exact: true }).click();
				await page.waitForURL("**/pages*");
				expect(await until("the page", faded)).toBe(reducedMotion === "reduce" ? "no" : "yes");
				await page.goto(`${app.origin}/sites/busy`);
			}
		}));
});
