/** Pictures of what a test saw, kept in test-results/ for people to look at. Leaves out comparing them. */
import { join } from "node:path";
import type { Page } from "playwright-core";

export const picturesFolder = join(import.meta.dirname, "../../test-results/pictures");

export async function keepPicture(page: Page, name: string): Promise<void> {
	await page.screenshot({ path: join(picturesFolder, `${name}.png`), animations: "disabled" });
}

/** A picture of all of a page, as wide as its window is. */
export async function keepWholePage(page: Page, name: string): Promise<void> {
	const width = page.viewportSize()?.width ?? 0;
	const height = await page.evaluate(() => document.documentElement.scrollHeight);
	await page.setViewportSize({ width, height });
	await keepPicture(page, name);
}

/** A picture of one part of a page. */
export async function keepPart(page: Page, part: string, name: string): Promise<void> {
	await page.locator(part).screenshot({ path: join(picturesFolder, `${name}.png`), animations: "disabled" });
}
