/** The owner's overview: all panels of one site and range, as one page of HTML that needs no script. */
import { dateOf } from "../../schema/period.ts";
import type { Stats } from "../stats/answers.ts";
import { type Figures, type Gathered, gatherFigures } from "./figures.ts";
import type { Language } from "./format.ts";
import { type Frame, makeFrame } from "./frame.ts";
import { type AssetPaths, Header, renderPage } from "./layout.tsx";
import { FirstRun, NothingHere } from "./panels/empty.tsx";
import { FlowPanel } from "./panels/flow.tsx";
import { Kpis } from "./panels/kpis.tsx";
import { LcpHistogram } from "./panels/lcp-histogram.tsx";
import { ChannelsPanel, DevicesPanel, ElementsPanel, LeavingPanel } from "./panels/lists.tsx";
import { LiveStrip, liveFigures } from "./panels/live.tsx";
import { PagesTable } from "./panels/pages-table.tsx";
import { Quality } from "./panels/quality.tsx";
import { TimelineChart } from "./panels/timeline.tsx";
import { Toolbar } from "./panels/toolbar.tsx";
import { VitalsPanel } from "./panels/vitals.tsx";

export interface DashboardSite {
	id: string;
	name: string;
	timeZone: string;
}

export interface OverviewInput {
	stats: Stats;
	site: DashboardSite;
	query: URLSearchParams;
	language: Language;
	/** ms since 1970. */
	now: number;
	nonce: string;
	paths: AssetPaths;
	style: string;
	/** Origin the gate file is served from; stands in the snippet of the first run. */
	origin: string;
	/** Path of this page, e.g. /sites/demo. */
	path: string;
	/** Page views open right now, where that is known. */
	present?: number | undefined;
	/** See PageInput. */
	contentOnly?: boolean;
}

function Panels({ figures, frame }: { figures: Figures; frame: Frame }) {
	const { view, text } = frame;
	const device = view.device ? text.onlyDevice(text.devices[view.device]) : text.allDevices;
	const scope = `${view.page ?? text.allPages}, ${device}`;
	return (
		<>
			<div class="panel headline">
				<Kpis summary={figures.summary} frame={frame} />
				<TimelineChart timeline={figures.timeline} frame={frame} />
			</div>
			<div class="columns wide-first">
				<LcpHistogram vitals={figures.vitals} frame={frame} scope={scope} />
				<VitalsPanel vitals={figures.vitals} before={figures.vitalsBefore} frame={frame} scope={scope} />
			</div>
			<FlowPanel flow={figures.flow} devices={figures.devices} frame={frame} />
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
					/>
				</div>
			</div>
			<Quality summary={figures.summary} frame={frame} />
		</>
	);
}

function Content({ gathered, frame, snippet }: { gathered: Gathered; frame: Frame; snippet: string }) {
	if (gathered.kind === "figures") return <Panels figures={gathered.figures} frame={frame} />;
	return gathered.kind === "nothing" ? <NothingHere frame={frame} /> : <FirstRun snippet={snippet} frame={frame} />;
}

export async function renderOverview(input: OverviewInput): Promise<string> {
	const { site, language, path } = input;
	const today = dateOf(input.now, site.timeZone);
	const gathered = await gatherFigures(input.stats, input.query, today);
	const { view } = gathered;
	const frame = makeFrame(view, language);
	const { text, format } = frame;
	const live = liveFigures(gathered.today, input.present, text, format);
	const followed = view.to >= today || gathered.kind !== "figures";
	const sample = gathered.today.sample || (gathered.kind === "figures" && gathered.figures.summary.sample);
	const firstRun = gathered.kind === "first-run";
	const sections = [
		{ href: "#main", text: text.overview, current: true },
		{ href: "#ytelse", text: text.sections.speed },
		{ href: "#stier", text: text.sections.paths },
		{ href: "#sider", text: text.sections.pages },
		{ href: "#samhandling", text: text.sections.usage },
	];
	return renderPage({
		...input,
		title: `${site.name} · ${format.dates(view.from, view.to)} · Sporløs`,
		scripted: true,
		header: (
			<Header
				name={site.name}
				language={language}
				languageLink={frame.link({ language: language === "nb" ? "en" : "nb" })}
				sections={gathered.kind === "figures" ? sections : []}
				sectionsLabel={text.nav}
				signedIn
			/>
		),
		children: (
			<>
				<div class="wrap">
					<LiveStrip live={live} path={`${path}/live?lang=${language}`} frame={frame} sample={sample} />
				</div>
				<main id="main" class="wrap" tabindex={-1} data-followed={followed ? "" : undefined}>
					<h1 class="vh">
						{text.overview}: {site.name}
					</h1>
					{!firstRun && <Toolbar frame={frame} today={today} />}
					<Content
						gathered={gathered}
						frame={frame}
						snippet={`<script src="${input.origin}/gate/${site.id}/banner.js" defer></script>`}
					/>
					<p>
						<a class="more" href={`${path}/operation?lang=${language}`}>
							{text.operation}
						</a>
					</p>
				</main>
			</>
		),
	});
}
