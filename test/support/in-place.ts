/** Waiting until the collector is in place on a page: what is done there before that nobody can count. */
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
