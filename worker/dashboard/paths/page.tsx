/** The page about paths: what leads to a page and from it, where visits begin, and where and how they end. */
import { leavingMethods } from "../../../schema/leaving.ts";
import { FlowPanel } from "../panels/flow.tsx";
import { PagePicker } from "../panels/page-picker.tsx";
import { ownOf } from "../range.ts";
import type { Drawing, Section } from "../section.tsx";
import { sectionPaths } from "../section-paths.ts";
import { fewestForPercentile } from "../verdict.ts";
import { ExitsPanel } from "./exits.tsx";
import { gatherPaths } from "./figures.ts";
import { EntriesPanel, HostsPanel, MethodsPanel } from "./lists.tsx";
import { endings, entryRows, exitRows, stepsOf } from "./rows.ts";
import { StepsPanel } from "./steps.tsx";
import { pathWords } from "./words.ts";

async function draw({ stats, frame, summary, linkTo }: Drawing) {
	const { view, text } = frame;
	const words = pathWords[frame.language];
	const figures = await gatherPaths(stats, view);
	const { everyPage, pages, pagesBefore, flow, stepped, flowsBefore, leaving, leavingBefore, devices } = figures;
	const how = leavingMethods.find((method) => method === ownOf(view, "maate"));
	const byShare = ownOf(view, "sort") === "andel";
	const scope = view.device ? text.onlyDevice(text.devices[view.device]) : text.allDevices;
	const parts = { scope, words, frame };
	return (
		<>
			<PagePicker
				label={words.pick}
				submit={words.show}
				pages={everyPage.rows.map(({ page }) => page)}
				current={flow?.flows.page}
				aside={
					flow && (
						<>
							<a class="more" href={linkTo("pages", { page: flow.flows.page })}>
								{words.sheet}
							</a>
							<a class="more" href={linkTo("usage", { page: flow.flows.page })}>
								{text.sections.usage}
							</a>
						</>
					)
				}
				frame={frame}
			/>
			<FlowPanel
				flow={flow}
				before={flowsBefore?.find(({ page }) => page === flow?.flows.page)}
				devices={devices}
				frame={frame}
			/>
			<div class="columns">
				<EntriesPanel rows={entryRows(pages.rows, pagesBefore?.rows)} visits={summary.visits} {...parts} />
				<MethodsPanel
					rows={endings(summary.leaving, summary.compare?.leaving)}
					visits={summary.visits}
					visitsBefore={summary.compare?.visits}
					how={how}
					{...parts}
				/>
			</div>
			<ExitsPanel
				rows={exitRows(pages.rows, how, byShare, fewestForPercentile, pagesBefore?.rows)}
				how={how}
				compared={pagesBefore !== undefined}
				{...parts}
			/>
			<div class="columns wide-first">
				<StepsPanel steps={stepsOf(stepped, flowsBefore)} pages={stepped.length} words={words} frame={frame} />
				<HostsPanel
					targets={leaving.targets ?? []}
					before={leavingBefore?.targets ?? undefined}
					words={words}
					frame={frame}
				/>
			</div>
		</>
	);
}

export const paths: Section = {
	name: "paths",
	path: sectionPaths.paths,
	sheets: ["headline", "flow", "flow-card", "pages", "paths"],
	parameters: {
		maate: ["alle", ...leavingMethods],
		sort: ["antall", "andel"],
		vis: ["topp", "alle"],
	},
	draw,
};
