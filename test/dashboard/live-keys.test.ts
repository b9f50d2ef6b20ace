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
import { fixtureStats } from "../support/stats-fixture.ts";
import { smallTargets } from "../support/targets.ts";
import { until } from "../support/until.ts";

let app: DashboardApp;
let browser: Browser;
const complaints: string[] = [];

beforeAll(async () => {
	const today = "2026-11-22";
	const stats = fixtureStats({ seed: 7, today, visitsPerDay: 1450, visitsToday: 612 });
	app = await startDashboard({ now: Date.parse("2026-11-22T12:00:00Z"), sites: { busy: stats } });
	browser = await launchBrowser();
});
afterAll(async () => {
	await browser?.close();
	await app?.stop();
});

/** A reader who has opened a page; who complains at the end, if anybody, is the test's. */
async function open(path: string, more: { lang?: string; dark?: boolean; width?: number } = {}) {
	const { context, page } = await openReader(browser, complaints);
	const { lang = "nb", dark = false, width = 1320 } = more;
	await page.emulateMedia({ colorScheme: dark ? "dark" : "light" });
	await page.setViewportSize({ width, height: 900 });
	await page.goto(`${app.origin}/sites/busy${path}${path.includes("?") ? "&" : "?"}lang=${lang}`);
	return { page, close: () => context.close() };
}
const queryOf = (page: Page) => new URL(page.url()).searchParams;

describe("the live page", () => {
	for (const lang of ["nb", "en"])
		for (const dark of [false, true])
			for (const width of [1320, 390])
				test(`axe finds nothing: ${lang}, ${dark ? "dark" : "light"}, ${width} px`, async () => {
					const { page, close } = await open("/now", { lang, dark, width });
					expect(await violations(page)).toEqual([]);
					expect(await overflowOf(page)).toBeLessThanOrEqual(0);
					expect(await smallTargets(page, width < 760 ? 44 : 24)).toEqual([]);
					await keepWholePage(page, `live-${lang}-${dark ? "dark" : "light"}-${width}`);
					expect(complaints).toEqual([]);
					await close();
				});
	for (const width of [320, 760, 1920])
		test(`nothing is cut off at ${width} px`, async () => {
			const { page, close } = await open("/now", { width });
			expect(await overflowOf(page)).toBeLessThanOrEqual(0);
			await close();
		});
});
