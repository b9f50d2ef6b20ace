/** The menu of saved views in Chromium, and with the whole application behind it: saving, opening, naming anew and deleting without script. */
import type { Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { SavedView } from "../../worker/saved/store.ts";
import { violations } from "../support/axe.ts";
import { type DashboardApp, startDashboard } from "../support/dashboard-app.ts";
import { readEach } from "../support/each-reader.ts";
import { hostileNames } from "../support/hostile-figures.ts";
import { keepPicture, keepWholePage } from "../support/pictures.ts";
import { overflowOf } from "../support/reader.ts";
import { fixtureStats } from "../support/stats-fixture.ts";
import { smallTargets } from "../support/targets.ts";
import { useWholeApp } from "../support/whole-app.ts";

const today = "2026-11-22";
const view = (name: string, section: string, query: string): SavedView => ({ id: name, name, section, query });
const busy = [
	view("Mobil på prissiden", "paths", "side=/priser&enhet=mobil"),
	view("Ukesrapport til styret", "overview", "p=7d"),
	view("Trege sider på nettbrett, mot i fjor", "pages", "p=91d&c=aar&enhet=nettbrett&sort=lcp"),
	view("Slik det står", "overview", ""),
];
const hostile = [...hostileNames, "x".repeat(60), ...Array.from({ length: 40 }, (_, n) => `Utvalg ${n}`)].map((name) =>
	view(name.slice(0, 60), "speed", "p=7d"),
);

let app: DashboardApp;
const whole = useWholeApp();
const seen = readEach();

beforeAll(async () => {
	const stats = fixtureStats({ seed: 7, today, visitsPerDay: 1450, visitsToday: 612 });
	app = await startDashboard({
		now: Date.parse(`${today}T12:00:00Z`),
		sites: { busy: stats, hostile: stats, none: stats },
		saved: { busy, hostile },
	});
});
afterAll(() => app?.stop());

const menu = () => seen.page.locator("#menu-saved");
async function unfold(path: string) {
	await seen.page.goto(`${app.origin}/sites/${path}`);
	await menu().locator("summary").click();
}

describe("the menu", () => {
	test.each([
		["busy", "nb", "light"],
		["none", "en", "dark"],
	] as const)("is in order for every reader, wide and narrow: %s, %s, %s", async (site, lang, colorScheme) => {
		await seen.page.emulateMedia({ colorScheme });
		for (const width of [1320, 390, 320]) {
			await seen.page.setViewportSize({ width, height: 900 });
			await unfold(`${site}?lang=${lang}&side=/priser`);
			expect(await violations(seen.page, ".toolbar")).toEqual([]);
			expect(await overflowOf(seen.page)).toBeLessThanOrEqual(0);
			const { x = -1, width: wide = 0 } = (await menu().locator(".pop").boundingBox()) ?? {};
			expect(x).toBeGreaterThanOrEqual(0);
			expect(x + wide).toBeLessThanOrEqual(width);
			expect(await smallTargets(seen.page, width > 760 ? 24 : 44)).toEqual([]);
			await keepPicture(seen.page, `saved-menu-${site}-${lang}-${colorScheme}-${width}`);
		}
		expect(seen.complaints).toEqual([]);
	});

	test("has room for long and hostile names, and for many", async () => {
		for (const width of [1320, 390]) {
			await seen.page.setViewportSize({ width, height: 900 });
			await unfold("hostile");
			expect(await menu().getByRole("link").count()).toBe(hostile.length + 1);
			expect(await overflowOf(seen.page)).toBeLessThanOrEqual(0);
			expect(await violations(seen.page, ".toolbar")).toEqual([]);
			await keepPicture(seen.page, `saved-menu-hostile-${width}`);
		}
		expect(seen.complaints).toEqual([]);
	});

	test("is opened, used and closed by keyboard alone", async () => {
		await seen.page.goto(`${app.origin}/sites/busy`);
		await menu().locator("summary").focus();
		await seen.page.keyboard.press("Enter");
		await seen.page.keyboard.press("Escape");
		expect(await menu().getAttribute("open")).toBeNull();
		await seen.page.keyboard.press("Enter");
		// Letters that lead somewhere elsewhere are written in the field.
		await menu().locator("input[name=name]").focus();
		await seen.page.keyboard.type("pst");
		expect(await menu().locator("input[name=name]").inputValue()).toBe("pst");
		await seen.page.keyboard.press("Escape");
		await seen.page.keyboard.press("Enter");
		await seen.page.keyboard.press("Tab");
		await Promise.all([seen.page.waitForEvent("framenavigated"), seen.page.keyboard.press("Enter")]);
		expect(new URL(seen.page.url()).pathname + new URL(seen.page.url()).search).toBe(
			"/sites/busy/paths?side=/priser&enhet=mobil",
		);
	});
});

const addressOf = (page: Page) => new URL(page.url()).pathname + new URL(page.url()).search;

test("a view is saved, opened, named anew and deleted, without script too", async () => {
	const context = await whole.browser.newContext({ locale: "nb-NO", reducedMotion: "reduce" });
	let page = await context.newPage();
	const saved = () => page.locator("#menu-saved");
	const save = async (name: string) => {
		await saved().locator("summary").click();
		await saved().locator("input[name=name]").fill(name);
		await andGo(saved().getByRole("button", { name: "Lagre" }).click());
	};
	const andGo = (click: Promise<void>) => Promise.all([page.waitForEvent("framenavigated"), click]);
	const home = `${whole.app.app}/sites/demo`;
	await page.goto(whole.app.signIn);
	await page.goto(`${home}/paths?p=7d&enhet=mobil`);
	await save("Mobil denne uken");
	expect(await saved().locator("[aria-current]").count()).toBe(1);
	expect(addressOf(page)).toBe("/sites/demo/paths?p=7d&enhet=mobil");
	await page.goto(`${home}/speed?p=91d&m=inp&side=/priser`);
	await save("mobil denne uken");
	expect(await page.getByRole("alert").textContent()).toBe("Et annet utvalg har dette navnet. Velg et annet navn.");
	await inOrder(page, "wrong");
	await page.goto(`${home}/saved?lang=nb`);
	await inOrder(page, "list");

	const still = { javaScriptEnabled: false, storageState: await context.storageState() };
	const withoutScript = await whole.browser.newContext({ locale: "nb-NO", ...still });
	page = await withoutScript.newPage();
	await page.goto(`${home}/speed?p=91d&m=inp&side=/priser`);
	await save("Svartid på prissiden");
	await saved().locator("summary").click();
	expect(await saved().locator("[aria-current] bdi").textContent()).toBe("Svartid på prissiden");
	await saved().getByRole("link", { name: "Endre eller slett" }).click();
	await page.getByRole("link", { name: "Gi nytt navn: Mobil denne uken" }).click();
	await page.getByRole("textbox").fill("Mobil, siste uke");
	await page.getByRole("button", { name: "Lagre" }).click();
	await andGo(page.getByRole("link", { name: "Mobil, siste uke", exact: true }).click());
	expect(addressOf(page)).toBe("/sites/demo/paths?p=7d&enhet=mobil&lang=nb");
	await page.goto(`${home}/saved?lang=nb`);
	for (const name of ["Mobil, siste uke", "Svartid på prissiden"])
		await andGo(page.getByRole("button", { name: `Slett: ${name}` }).click());
	expect(await page.locator("main").textContent()).toContain("Ingen er lagret ennå.");
	await Promise.all([context.close(), withoutScript.close()]);
});

/** The page that is shown, light and dark, wide and narrow. */
async function inOrder(page: Page, name: string): Promise<void> {
	for (const [width, colorScheme] of [
		[1320, "light"],
		[390, "dark"],
	] as const) {
		await page.emulateMedia({ colorScheme });
		await page.setViewportSize({ width, height: 900 });
		expect(await violations(page)).toEqual([]);
		expect(await overflowOf(page)).toBeLessThanOrEqual(0);
		expect(await smallTargets(page, width > 760 ? 24 : 44)).toEqual([]);
		await keepWholePage(page, `saved-page-${name}-${colorScheme}-${width}`);
	}
}
