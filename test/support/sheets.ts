/** Holds a page of the dashboard against the sheets that its style leaves out: none of them may say anything about what it shows. */
import type { Page } from "playwright-core";
import type { Sheets } from "../../worker/dashboard/style.ts";

/**
 * In the page, as text because these commands do not have the browser's types: the selectors that match something, whatever the
 * pointer, the width or the medium is.
 */
const matchesOf = (css: string) => `(() => {
	const sheet = new CSSStyleSheet();
	sheet.replaceSync(${JSON.stringify(css)});
	const found = [];
	const look = (rules, parent) => {
		for (const rule of rules) {
			const selector = rule.selectorText?.replaceAll("&", ":is(" + parent + ")").replace(/::[\\w-]+|:(hover|focus)\\b/g, "");
			if (selector && document.querySelector(selector)) found.push(selector);
			if (rule.cssRules) look(rule.cssRules, selector ?? parent);
		}
	};
	look(sheet.cssRules, ":root");
	return found;
})()`;

/** By the name of a sheet that the page has not got, what it would style there. */
export async function missedSheets(page: Page, sheets: Sheets): Promise<Record<string, string[]>> {
	const style = await page.evaluate<string>("document.querySelector('style').textContent");
	const missed: Record<string, string[]> = {};
	for (const [name, css] of Object.entries(sheets)) {
		if (style.includes(css)) continue;
		const matches = await page.evaluate<string[]>(matchesOf(css));
		if (matches.length > 0) missed[name] = matches;
	}
	return missed;
}
