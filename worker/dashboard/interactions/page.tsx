/** The page about interactions: what is clicked and what did not work, how far down people read, forms, events. */
import type { Pages } from "../../stats/answers.ts";
import { ClickMapPanel, pictureParameter } from "../click-map/panel.tsx";
import { PagePicker } from "../panels/page-picker.tsx";
import type { Drawing, Section } from "../section.tsx";
import { sectionPaths } from "../section-paths.ts";
import { fewestForPercentile } from "../verdict.ts";
import { ElementsTable } from "./elements.tsx";
import { EventsPanel, HappenedPanel } from "./events.tsx";
import { gatherInteractions } from "./figures.ts";
import { FormsPanel } from "./forms.tsx";
import { clickedElements, troubledElements } from "./rows.ts";
import { ScrollPanel } from "./scroll.tsx";
import { TroublePanel } from "./trouble.tsx";
import { interactionWords } from "./words.ts";

const viewsOf = ({ rows }: Pages) => new Map(rows.map(({ page, views }) => [page, views]));

async function draw({ stats, frame, summary, home, isOwner, picturesOf, linkTo }: Drawing) {
	const { view, text, format } = frame;
	const words = interactionWords[frame.language];
	const asked = view.page !== undefined && picturesOf?.(view.page);
	const { elements, elementsBefore, pages, pagesBefore, events, eventsBefore } = await gatherInteractions(stats, view);
	const { rows, total, forms, scroll } = elements;
	const before = elementsBefore && pagesBefore && { rows: elementsBefore.rows, viewsOf: viewsOf(pagesBefore) };
	const parts = { words, frame };
	const clicked = clickedElements(rows, viewsOf(pages), fewestForPercentile, before);
	return (
		<>
			<PagePicker
				label={words.pick}
				submit={words.show}
				pages={pages.rows.map(({ page }) => page)}
				current={view.page}
				every={words.every}
				aside={
					view.page !== undefined && (
						<>
							<a class="more" href={linkTo("pages", { page: view.page })}>
								{words.sheet}
							</a>
							<a class="more" href={linkTo("paths", { page: view.page })}>
								{text.sections.paths}
							</a>
						</>
					)
				}
				frame={frame}
			/>
			{view.device && <p class="notice">{words.device}</p>}
			<ElementsTable
				{...clicked}
				capped={total > rows.length ? words.capped(format.count(rows.length)) : undefined}
				compared={before !== undefined}
				{...parts}
			/>
			<ClickMapPanel
				elements={view.page === undefined ? [] : clicked.elements}
				pictures={(await asked) || []}
				ownersPath={isOwner ? `${home}/pictures` : undefined}
				frame={frame}
			/>
			<div class="columns">
				<TroublePanel rows={troubledElements(rows)} before={elementsBefore?.rows} summary={summary} {...parts} />
				<ScrollPanel scroll={scroll} before={elementsBefore?.scroll} {...parts} />
			</div>
			<div class="columns">
				<FormsPanel forms={forms} before={elementsBefore?.forms} {...parts} />
				<EventsPanel events={events} before={eventsBefore} {...parts} />
			</div>
			<HappenedPanel events={events} before={eventsBefore} {...parts} />
		</>
	);
}

export const interactions: Section = {
	name: "usage",
	path: sectionPaths.usage,
	sheets: ["pages", "paths", "click-map"],
	parameters: { vis: ["topp", "alle"], bilde: pictureParameter },
	draw,
};
