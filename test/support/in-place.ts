/** Waiting until things are in place: the collector on a page, before which nobody can count, and a page that a script goes on to. */
import type { Page } from "playwright-core";
import { until } from "./until.ts";

/** Waits until so many of a visitor's views have their place in the visit: what is left sooner is no view. */
export const placed = (page: Page, count: number) =>
	until(`places for ${count} views`, () =>
		page.evaluate((n) => Object.keys(localStorage).filter((name) => name.includes(":view:")).length >= n, count),
	);

/** Whether the sensors' file has run: who imports it as well comes after the collector. */
const sensing = `(async () => {
	const isTheirs = ({ name, responseEnd }) => responseEnd && name.endsWith("/sensors.js");
	const file = performance.getEntriesByType("resource").find(isTheirs);
	if (file) await import(file.name);
	return !!file;
})()`;

/** Waits until the sensors see what is done on a page. */
export const watched = (page: Page) => until("the sensors", () => page.evaluate<boolean>(sensing));

/** A script of the page goes on to another one. A Chromium whose window is closed before that is there may hang for ever. */
export async function goOn(page: Page, path: string): Promise<void> {
	await Promise.all([page.waitForEvent("load"), page.evaluate((path) => location.assign(path), path)]);
}
