/** What on a page can be pressed and is smaller than a finger needs. */
import type { Page } from "playwright-core";

/** The start of each element's markup, with its height, of everything shown that is less than `least` CSS pixels high. */
export function smallTargets(page: Page, least: number): Promise<string[]> {
	return page.evaluate((smallest) => {
		const targets = document.querySelectorAll<HTMLElement>(
			"a:not(.skip), summary, button, select, input:not([type=hidden])",
		);
		return [...targets].flatMap((target) => {
			const { width, height } = target.getBoundingClientRect();
			return width > 0 && height < smallest - 0.5 ? [`${target.outerHTML.slice(0, 90)} ${height}`] : [];
		});
	}, least);
}
