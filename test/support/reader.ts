/** A reader of the dashboard in Chromium: a window of their own, and everything the browser complains about. */
import type { Browser, BrowserContext, BrowserContextOptions, Page } from "playwright-core";

export interface Reader {
	context: BrowserContext;
	page: Page;
}

/** Nothing moves, so that a picture is the same every time. `complaints` begins anew. */
export async function openReader(browser: Browser, complaints: string[]): Promise<Reader> {
	const viewport = { width: 1320, height: 900 };
	const context = await browser.newContext({ viewport, locale: "nb-NO", reducedMotion: "reduce" });
	const page = await context.newPage();
	complaints.length = 0;
	page.on("console", (message) => complaints.push(message.text()));
	page.on("pageerror", (error) => complaints.push(error.message));
	return { context, page };
}

/** A window of its own on one page, which moves as it does for readers, and what the browser complains about there. */
export async function openWindow(
	browser: Browser,
	url: string,
	options: BrowserContextOptions = {},
): Promise<Reader & { complaints: string[] }> {
	const context = await browser.newContext({ viewport: { width: 1320, height: 900 }, locale: "nb-NO", ...options });
	const page = await context.newPage();
	const complaints: string[] = [];
	page.on("console", (message) => complaints.push(message.text()));
	page.on("pageerror", (error) => complaints.push(error.message));
	await page.goto(url);
	return { page, complaints, context };
}

/** CSS px by which a page is wider than its window; none where it fits. */
export const overflowOf = (page: Page): Promise<number> =>
	page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
