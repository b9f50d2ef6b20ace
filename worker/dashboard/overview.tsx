/** The owner's overview: the most asked-for panels of one site and range, as one page of HTML that needs no script. */
import { type Figures, gatherPanels } from "./figures.ts";
import { FlowPanel } from "./panels/flow.tsx";
import { HoursPanel } from "./panels/hours.tsx";
import { Kpis } from "./panels/kpis.tsx";
import { ChannelsPanel, DevicesPanel, ElementsPanel, LeavingPanel } from "./panels/lists.tsx";
import { PagesTable } from "./panels/pages-table.tsx";
import { TimelineChart } from "./panels/timeline.tsx";
import { VitalHistogram } from "./panels/vital-histogram.tsx";
import { VitalsPanel } from "./panels/vitals.tsx";
import type { Drawing, Section } from "./section.tsx";

function Panels({ figures, frame, linkTo }: Pick<Drawing, "frame" | "linkTo"> & { figures: Figures }) {
	const { view, text } = frame;
	const device = view.device ? text.onlyDevice(text.devices[view.device]) : text.allDevices;
	const scope = `${view.page ?? text.allPages}, ${device}`;
	const more = (section: "paths" | "usage") => (
		<a class="more" href={linkTo(section)}>
			{text.sections[section]}
		</a>
	);
	return (
		<>
			<div class="panel headline">
				<Kpis summary={figures.summary} frame={frame} />
				<TimelineChart timeline={figures.timeline} frame={frame} drawn={view.metric} />
			</div>
			<div class="columns wide-first">
				<VitalHistogram vital="lcp" vitals={figures.vitals} frame={frame} scope={scope} />
				<VitalsPanel vitals={figures.vitals} before={figures.vitalsBefore} frame={frame} scope={scope} />
			</div>
			<FlowPanel flow={figures.flow} devices={figures.devices} aside={more("paths")} frame={frame} />
			<PagesTable pages={figures.pages} frame={frame} scope={view.device ? device : ""} />
			<div class="columns">
				<div>
					<ChannelsPanel channels={figures.channels} frame={frame} />
					<DevicesPanel devices={figures.devices} frame={frame} />
				</div>
				<div>
					<LeavingPanel summary={figures.summary} frame={frame} scope={device} />
					<ElementsPanel
						elements={figures.elements}
						viewsOf={figures.viewsOf}
						frame={frame}
						scope={view.page ?? text.allPages}
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
	path: "/",
	draw: async ({ stats, frame, summary, linkTo }) => (
		<Panels figures={await gatherPanels(stats, frame.view, summary)} frame={frame} linkTo={linkTo} />
	),
};
