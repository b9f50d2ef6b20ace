/** The owner's overview: the most asked-for panels of one site and range, as one page of HTML that needs no script. */

import type { GoalRow } from "../stats/answers.ts";
import { type Figures, gatherPanels, timelineSpan } from "./figures.ts";
import { ChosenGoal, GoalBySpeed } from "./goals/chosen.tsx";
import { type Aims, aimOf, askAims, pageOf } from "./goals/figures.ts";
import { FunnelsPanel } from "./goals/funnels-panel.tsx";
import { GoalsPanel } from "./goals/goals-panel.tsx";
import { goalWords } from "./goals/words.ts";
import { askNotes, type ChartNotes } from "./notes/chart-notes.tsx";
import { FlowPanel } from "./panels/flow.tsx";
import { HoursPanel } from "./panels/hours.tsx";
import { Kpis } from "./panels/kpis.tsx";
import { ChannelsPanel, DevicesPanel, ElementsPanel, LeavingPanel } from "./panels/lists.tsx";
import { PagesTable } from "./panels/pages-table.tsx";
import { TimelineChart } from "./panels/timeline.tsx";
import { VitalHistogram } from "./panels/vital-histogram.tsx";
import { VitalsPanel } from "./panels/vitals.tsx";
import type { Drawing, Section } from "./section.tsx";
import { sectionPaths } from "./section-paths.ts";

interface Gathered {
	figures: Figures;
	aims: Aims;
	/** What the view asks for; undefined where there is none of that name. */
	goal: GoalRow | undefined;
	notes: ChartNotes;
}

function Panels({
	figures,
	aims,
	goal,
	notes,
	frame,
	linkTo,
	settings,
}: Gathered & Pick<Drawing, "frame" | "linkTo"> & { settings: string | undefined }) {
	const { view, text } = frame;
	const device = view.device ? text.onlyDevice(text.devices[view.device]) : text.allDevices;
	const scope = `${view.page ?? text.allPages}, ${device}`;
	const more = (section: "paths" | "usage") => (
		<a class="more" href={linkTo(section)}>
			{text.sections[section]}
		</a>
	);
	const parts = { frame, words: goalWords[frame.language], linkTo };
	return (
		<>
			{view.goal !== undefined && !goal && <p class="notice">{parts.words.unknown}</p>}
			<div class="panel headline">
				<Kpis summary={figures.summary} frame={frame} />
				{goal && <ChosenGoal goal={goal} aims={aims} timeline={figures.timeline} {...parts} />}
				<TimelineChart timeline={figures.timeline} frame={frame} drawn={goal ? "maal" : view.metric} notes={notes} />
			</div>
			{goal && <GoalBySpeed goal={goal} aims={aims} {...parts} />}
			<div class="columns wide-first">
				<VitalHistogram vital="lcp" vitals={figures.vitals} frame={frame} scope={scope} />
				<VitalsPanel vitals={figures.vitals} before={figures.vitalsBefore} frame={frame} scope={scope} />
			</div>
			<FlowPanel flow={figures.flow} devices={figures.devices} aside={more("paths")} frame={frame} />
			<PagesTable pages={figures.pages} frame={frame} scope={view.device ? device : ""} />
			<div class={aims.funnels.rows.length > 0 ? "columns" : undefined}>
				<GoalsPanel aims={aims} settings={settings} {...parts} />
				<FunnelsPanel funnels={aims.funnels} isAlone={aims.goals.rows.length === 0} {...parts} />
			</div>
			<div class="columns">
				<div>
					<ChannelsPanel channels={figures.channels} before={figures.channelsBefore} frame={frame} />
					<DevicesPanel devices={figures.devices} before={figures.devicesBefore} frame={frame} />
				</div>
				<div>
					<LeavingPanel summary={figures.summary} frame={frame} scope={device} />
					<ElementsPanel
						elements={figures.elements}
						viewsOf={figures.viewsOf}
						frame={frame}
						scope={`${view.page ?? text.allPages}, ${text.allDevices}`}
						aside={more("usage")}
					/>
				</div>
			</div>
			<HoursPanel hours={figures.hours} frame={frame} />
		</>
	);
}

export const overview: Section = {
	name: "overview",
	path: sectionPaths.overview,
	sheets: ["headline", "notes", "speed", "parts", "goals", "flow", "flow-card", "pages", "hours"],
	sheetsFor: ({ goal }) => (goal === undefined ? [] : ["goal-trend"]),
	chips({ view, language, link }) {
		const { goal } = view;
		return goal === undefined ? [] : [{ name: goalWords[language].goal, value: goal, href: link({ goal: undefined }) }];
	},
	async draw(drawing) {
		const { stats, frame, summary, home, linkTo, isOwner } = drawing;
		const { view } = frame;
		const asked = askAims(stats, view);
		const goal = view.goal === undefined ? undefined : (await asked).goals.rows.find((row) => row.goal === view.goal);
		const aim = goal && aimOf(goal);
		const [figures, aims, notes] = await Promise.all([
			gatherPanels(stats, view, summary, goal && { goal: goal.goal, page: aim && pageOf(aim) }),
			asked,
			askNotes(drawing, timelineSpan(view)),
		]);
		const settings = isOwner ? `${home}/settings?lang=${frame.language}#goals` : undefined;
		return <Panels {...{ figures, aims, goal, notes, frame, linkTo, settings }} />;
	},
};
