/** The reference page in a real browser: for every reader, and without a script. */
import type { Browser } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type App, startApp } from "../support/app.ts";
import { violations } from "../support/axe.ts";
import { launchBrowser } from "../support/browser.ts";

let browser: Browser;
let app: App;

beforeAll(async () => {
	app = await startApp({ sample: false });
	browser = await launchBrowser();
});
afterAll(async () => {
	await browser?.close();
	await app?.stop();
});

describe("the reference page", () => {
	for (const lang of ["nb", "en"])
		for (const colorScheme of ["light", "dark"] as const)
			for (const width of [1320, 390])
				test(`axe finds nothing: ${lang}, ${colorScheme}, ${width} px`, async () => {
					const context = await browser.newContext({ colorScheme, viewport: { width, height: 900 } });
					const page = await context.newPage();
					await page.goto(`${app.app}/reference?lang=${lang}`);
					expect(await violations(page)).toEqual([]);
					await context.close();
				});

	test("can be read and walked through with scripts switched off, and nothing is cut off on a narrow screen", async () => {
		const context = await browser.newContext({ javaScriptEnabled: false, viewport: { width: 320, height: 800 } });
		const page = await context.newPage();
		await page.goto(`${app.app}/reference?lang=en`);
		const call = page.locator("#getSitesSiteStatsSummary");
		await page.getByRole("link", { name: "GET /v1/sites/{site}/stats/summary", exact: true }).click();
		expect(new URL(page.url()).hash).toBe("#getSitesSiteStatsSummary");
		await call.locator("summary").click();
		expect(await call.locator("pre").innerText()).toContain('"views"');
		await call.getByRole("link", { name: "Summary", exact: true }).click();
		expect(await page.locator("#shape-Summary").innerText()).toContain("Distinct browsers in the range.");
		const box = await page.locator("main").boundingBox();
		const ends = await Promise.all(
			(await page.locator("main article").all()).map(async (article) => {
				const { x = 0, width = 0 } = (await article.boundingBox()) ?? {};
				return x + width;
			}),
		);
		expect(box?.width).toBeLessThanOrEqual(320);
		expect(Math.max(...ends)).toBeLessThanOrEqual(320);
		await context.close();
	});
});
