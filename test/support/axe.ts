/** What axe finds wrong with the page a browser shows. */
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import type { Page } from "playwright-core";

const source = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
const tags = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"];

interface Violation {
	id: string;
	nodes: { html: string; failureSummary?: string }[];
}

/** A line for each place and each rule it breaks, in the whole page or within the element that a selector names. */
export async function violations(page: Page, within = "html"): Promise<string[]> {
	await page.evaluate(source);
	return page.evaluate(
		async ([within, only]) => {
			const { axe } = window as unknown as {
				axe: { run(within: unknown, options: unknown): Promise<{ violations: Violation[] }> };
			};
			const found = await axe.run(within, { runOnly: { type: "tag", values: only } });
			return found.violations.flatMap(({ id, nodes }) =>
				nodes.map(({ html, failureSummary }) => `${id}: ${html} ${failureSummary}`),
			);
		},
		[within, tags] as const,
	);
}
