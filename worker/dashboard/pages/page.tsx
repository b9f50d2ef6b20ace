/** The page about pages: a list of all of them, or, with `side=` in the address, the sheet of one. */
import { maxPathChars } from "../../../schema/limits.ts";
import { onDevice, plainRange } from "../figures.ts";
import { ownOf } from "../range.ts";
import type { Section } from "../section.tsx";
import { sectionPaths } from "../section-paths.ts";
import { mostPages, pageOrders } from "./list.ts";
import { groupings, ListPanel, rowSteps } from "./list-panel.tsx";
import { drawSheet } from "./sheet.tsx";
import { pagesWords } from "./words.ts";

export const pages: Section = {
	name: "pages",
	path: sectionPaths.pages,
	sheets: ["headline", "notes", "speed", "parts", "goals", "flow", "flow-card", "pages", "page-list"],
	parameters: {
		sort: pageOrders,
		vei: ["ned", "opp"],
		gruppe: groupings,
		mappe: { maxChars: maxPathChars },
		sok: { maxChars: 100 },
		vis: rowSteps,
	},
	chips({ view, language, link }) {
		const words = pagesWords[language];
		const own = [
			{ name: words.folder, parameter: "mappe" },
			{ name: words.searched, parameter: "sok" },
		];
		// On a page's sheet the list's filters are kept for the way back, and change nothing.
		if (view.page !== undefined) return [];
		return own.flatMap(({ name, parameter }) => {
			const value = ownOf(view, parameter);
			return value === "" ? [] : [{ name, value, href: link({ own: { [parameter]: undefined } }) }];
		});
	},
	async draw(drawing) {
		const { stats, frame, summary } = drawing;
		const { view, language } = frame;
		const words = pagesWords[language];
		if (view.page !== undefined) return drawSheet(drawing, view.page, words);
		const ask = (span: { from: string; to: string }) =>
			stats.pages(onDevice(view, { ...plainRange(span), limit: mostPages }));
		const [answer, before] = await Promise.all([ask(view), view.compare && ask(view.compare)]);
		return <ListPanel pages={answer} before={before} allViews={summary.views} frame={frame} words={words} />;
	},
};
