import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { pageBudgets } from "../../scripts/budgets.ts";
import { violations } from "../support/axe.ts";
import { coldWeights } from "../support/cold-weight.ts";
import { type DashboardApp, startDashboard } from "../support/dashboard-app.ts";
import { readEach } from "../support/each-reader.ts";
import { hostileNames, withHostileNames } from "../support/hostile-figures.ts";
import { keepWholePage } from "../support/pictures.ts";
import { overflowOf } from "../support/reader.ts";
import { fixtureStats } from "../support/stats-fixture.ts";
import { smallTargets } from "../support/targets.ts";

const today = "2026-11-22";
const names = ["paths", "interactions"];

let app: DashboardApp;
const seen = readEach();

beforeAll(async () => {
	const many = Array.from({ length: 200 }, (_, index) => `/turer/fjord-${index % 17}/avgang-${index}`);
	app = await startDashboard({
		now: Date.parse("2026-11-22T12:00:00Z"),
		sites: {
			busy: fixtureStats({ seed: 7, today, visitsPerDay: 1450, visitsToday: 612, sample: true }),
			large: fixtureStats({ seed: 7, today, visitsPerDay: 9000, visitsToday: 40, pages: many }),
			small: fixtureStats({ seed: 7, today, visitsPerDay: 0, visitsToday: 4 }),
			nasty: withHostileNames(
				fixtureStats({
					seed: 7,
					today,
					visitsPerDay: 900,
					visitsToday: 9,
					pages: hostileNames.map((name) => `/${name}`),
				}),
			),
		},
	});
});
afterAll(() => app?.stop());

const open = (path: string) => seen.page.goto(app.origin + path);
const overflow = () => overflowOf(seen.page);

describe("every reader", () => {
	for (const name of names)
		for (const lang of ["nb", "en"])
			test(`axe finds nothing in light and dark, wide and narrow: ${name}, ${lang}`, async () => {
				await open(`/sites/busy/${name}?lang=${lang}`);
				for (const colorScheme of ["light", "dark"] as const)
					for (const width of [1320, 390]) {
						await seen.page.emulateMedia({ colorScheme });
						await seen.page.setViewportSize({ width, height: 900 });
						expect(await violations(seen.page)).toEqual([]);
						expect(await overflow()).toBeLessThanOrEqual(0);
						await keepWholePage(seen.page, `dashboard-${name}-${lang}-${colorScheme}-${width}`);
					}
				expect(seen.complaints).toEqual([]);
			});
	test("axe finds nothing where there are few visits, or no views of the page", async () => {
		for (const path of [
			"small/paths",
			"small/interactions",
			"busy/paths?side=/ingen",
			"busy/interactions?side=/ingen",
		]) {
			await open(`/sites/${path}`);
			expect(await violations(seen.page)).toEqual([]);
		}
	});
	for (const name of names)
		test(`nothing is cut off, however long or hostile a name is: ${name}`, async () => {
			await open(`/sites/nasty/${name}?vis=alle`);
			for (const width of [320, 760, 1000, 1320, 1920]) {
				await seen.page.setViewportSize({ width, height: 900 });
				expect(await overflow()).toBeLessThanOrEqual(0);
			}
			expect(await violations(seen.page)).toEqual([]);
			await keepWholePage(seen.page, `dashboard-${name}-hostile`);
			expect(seen.complaints).toEqual([]);
		});
	test("fingers find targets of 24 px, and of 44 px on a phone", async () => {
		for (const name of names)
			for (const [width, least] of [
				[1320, 24],
				[390, 44],
			] as const) {
				await seen.page.setViewportSize({ width, height: 900 });
				await open(`/sites/busy/${name}?maate=closed`);
				expect(await smallTargets(seen.page, least)).toEqual([]);
			}
	});
});

test("the keyboard alone gets from a page to the pages around it, and to those left the same way", async () => {
	await open("/sites/busy/paths");
	const press = async (name: string) => {
		const link = seen.page.locator("main").getByRole("link", { name, exact: true }).first();
		for (let tabs = 0; !(await link.evaluate((element) => element === document.activeElement)); tabs++) {
			if (tabs > 120) throw new Error(`The keyboard does not reach ${name}.`);
			await seen.page.keyboard.press("Tab");
		}
		await Promise.all([seen.page.waitForEvent("framenavigated"), seen.page.keyboard.press("Enter")]);
	};
	await press("/turer/geiranger");
	expect(await seen.page.locator(".flow-card h3").textContent()).toBe("/turer/geiranger");
	await press("Klikket lenke ut");
	expect(new URL(seen.page.url()).search).toBe("?side=/turer/geiranger&maate=outbound");
	expect(await seen.page.locator("#utganger h2").textContent()).toBe("Utgangssider: klikket lenke ut");
	expect(seen.complaints).toEqual([]);
});

test("without script a reader can choose page, method, order and device, and open every list", async () => {
	const still = await seen.browser.newContext({ javaScriptEnabled: false, locale: "nb-NO", reducedMotion: "reduce" });
	const reader = await still.newPage();
	await reader.goto(`${app.origin}/sites/busy/paths?p=7d`);
	await reader.locator("#page-picker").selectOption("/priser");
	await reader.locator(".picker button").click();
	expect(await reader.locator(".flow-card h3").textContent()).toBe("/priser");
	await reader.locator("#flow-from-0 + ol .rest summary").click();
	await reader.locator("#flow-from-0 + ol .rest").getByRole("link", { name: "/om-oss" }).click();
	expect(await reader.locator(".flow-card h3").textContent()).toBe("/om-oss");
	await reader.locator("#maater").getByRole("link", { name: "Tilbake-knappen" }).click();
	await reader.locator("#utganger").getByRole("link", { name: "Av visningene" }).click();
	await reader.locator("#menu-filter > summary").click();
	await reader.getByRole("link", { name: "Mobil" }).click();
	expect(new URL(reader.url()).search).toBe("?p=7d&side=/om-oss&enhet=mobil&maate=back&sort=andel");
	await reader.locator("nav").getByRole("link", { name: "Samhandling" }).click();
	expect(new URL(reader.url()).search).toBe("?p=7d&side=/om-oss&enhet=mobil");
	expect(await reader.locator("#page-picker").inputValue()).toBe("/om-oss");
	await reader.locator("#page-picker").selectOption("");
	await reader.locator(".picker button").click();
	await reader.locator("#hendelser summary").click();
	expect(await reader.locator("#hendelser").textContent()).toContain("sprak=nb");
	await still.close();
});

test("the flow's lists stand where they will, however much of them has arrived", async () => {
	await open("/sites/busy/paths");
	for (const side of ["from", "to"]) {
		const top = () => seen.page.locator(`#flow-${side}-0`).evaluate((head) => head.getBoundingClientRect().top);
		const whole = await top();
		await seen.page.locator(`.flow-list.${side} > ol:last-child`).evaluate((list) => list.remove());
		expect(await top()).toBe(whole);
	}
});

test("both pages are within their budget, font and all", async () => {
	const paths = ["large/paths?vis=alle", "busy/paths", "busy/interactions"];
	const weights = await coldWeights(paths.map((path) => `${app.origin}/sites/${path}`));
	expect(Math.max(...weights)).toBeLessThanOrEqual(pageBudgets.any);
});
