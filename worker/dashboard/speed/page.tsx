/** The page about speed: one web vital at a time, how it spreads and moves, what it is made of, where it is slow, what that costs. */
import type { Vital } from "../../../schema/buckets.ts";
import { timelineSpan } from "../figures.ts";
import { callOf, type Frame } from "../frame.ts";
import { askNotes } from "../notes/chart-notes.tsx";
import { unfollowedText } from "../panels/compared.ts";
import { KpiList, vitalKpi } from "../panels/kpi-list.tsx";
import { TimelineChart } from "../panels/timeline.tsx";
import { VitalHistogram, vitalsCall } from "../panels/vital-histogram.tsx";
import { ownOf } from "../range.ts";
import type { Drawing, Section } from "../section.tsx";
import { sectionPaths } from "../section-paths.ts";
import { fewestForPercentile } from "../verdict.ts";
import { BreakdownPanel } from "./breakdown.tsx";
import { askSpeed, has, inDevices, inElements, type SiteLists, type SiteSpeed, type SpeedFigures } from "./figures.ts";
import { OutcomesPanel } from "./outcomes.tsx";
import { partsOf, phasesOf } from "./part-rows.ts";
import { PartsPanel } from "./parts.tsx";
import { PercentilesPanel } from "./percentiles.tsx";
import { ResourcesPanel } from "./resources.tsx";
import { deviceRows, elementRows, pageRows, placeRows } from "./rows.tsx";
import { type SpeedWords, speedWords } from "./words.ts";

const shown = ["lcp", "inp", "cls", "ttfb", "fcp"] as const satisfies readonly Vital[];

interface Parts {
	frame: Frame;
	words: SpeedWords;
	vital: Vital;
}

function Tabs({ vitals, vitalsBefore, frame, words, vital }: SpeedFigures & Parts) {
	const kpis = shown.map((one) => ({
		...vitalKpi(one, vitals.vitals[one], vitalsBefore?.[one], `vitals.${one}`, frame),
		label: `${one.toUpperCase()} p75`,
		href: frame.link({ own: { m: one } }),
		current: one === vital,
	}));
	return (
		<div data-answer={vitalsCall(vitals)}>
			<KpiList kpis={kpis} label={words.tabs} frame={frame} />
		</div>
	);
}

/** What the vital is made of, and the phases behind it. */
function MadeOf({ responses, site, before, frame, words, vital }: SpeedFigures & Parts) {
	const { view, text } = frame;
	const parts = site && partsOf(responses, before?.responses, vital, words);
	const phases = phasesOf(responses, before?.responses, view.page, words);
	const asked = { frame, words };
	return (
		<>
			{parts && has(inElements, vital) && (
				<PartsPanel
					id="deler"
					title={words.parts[vital]}
					subtitle={words.parts.note}
					head={words.parts.part}
					parts={parts}
					call={callOf("responses")}
					{...asked}
				/>
			)}
			{phases && (
				<PartsPanel
					id="svarfaser"
					title={words.phases.title}
					subtitle={words.phases.note(view.page ?? text.allPages)}
					head={words.phases.phase}
					parts={phases}
					call={callOf("responses")}
					row={view.page}
					{...asked}
				/>
			)}
		</>
	);
}

/** The pages where it is slow; not told of every vital. */
function ByPage({
	vital,
	frame,
	words,
	linkTo,
	site,
	...figures
}: SpeedFigures & Parts & { site: SiteLists; linkTo: Drawing["linkTo"] }) {
	const { view, text } = frame;
	const asked = { frame, words };
	const pages = pageRows({ ...figures, site }, figures.before, vital, asked);
	const sort = has(inDevices, vital) ? vital : "visninger";
	const scope = view.device && vital !== "ttfb" ? text.onlyDevice(text.devices[view.device]) : text.allDevices;
	if (!pages) return null;
	return (
		<BreakdownPanel
			id="sider"
			title={words.byPage.title}
			subtitle={`${words.byPage.note} · ${scope}`}
			aside={
				<a class="more" href={linkTo("pages", { own: { sort } })}>
					{words.byPage.all}
				</a>
			}
			head={words.page}
			vital={vital}
			of={vital}
			call={vital === "ttfb" ? callOf("responses") : callOf("pages", { device: view.device })}
			rows={pages}
			none={text.noMeasurements}
			{...asked}
		/>
	);
}

/** The slowest elements. */
function ByElement({ elements, before, frame, words, vital }: SpeedFigures & Parts) {
	const { view, text } = frame;
	const asked = { frame, words };
	if (!elements || !has(inElements, vital)) return null;
	return (
		<BreakdownPanel
			id="elementer"
			title={words.elements[vital]}
			subtitle={`${words.elements.note[vital]} · ${view.page ?? text.allPages}, ${text.allDevices}`}
			head={words.elements.element}
			vital={vital}
			of={vital}
			call={callOf("elements", { page: view.page })}
			rows={elementRows(elements, before?.elements, vital, asked)}
			none={words.elements.none}
			{...asked}
		/>
	);
}

type OfSite = Pick<SpeedFigures, "before"> & Parts & { site: SiteLists };

function ByDevice({ site, before, frame, words, vital }: OfSite) {
	const asked = { frame, words };
	return (
		<BreakdownPanel
			id="enheter"
			title={words.byDevice}
			subtitle={unfollowedText(frame, ["device"])}
			head={words.device}
			vital={vital}
			of={vital}
			call={callOf("devices")}
			rows={deviceRows(site, before?.site, vital, asked)}
			none={frame.text.noMeasurements}
			{...asked}
		/>
	);
}

/** Countries and systems; not told of every vital. */
function ByPlace({ site, before, frame, words, vital }: OfSite) {
	const { text } = frame;
	const asked = { frame, words };
	const places = placeRows(site, before?.site, vital, asked);
	const common = { vital, of: vital, none: text.noMeasurements, ...asked };
	if (!places) return null;
	return (
		<>
			<BreakdownPanel
				id="land"
				title={words.byCountry.title}
				subtitle={text.allDevices}
				head={words.country}
				call={callOf("countries")}
				rows={places.countries}
				{...common}
			/>
			<BreakdownPanel
				id="systemer"
				title={words.bySystem.title}
				subtitle={text.allDevices}
				head={words.system}
				call={callOf("devices")}
				list="systems"
				rows={places.systems}
				{...common}
			/>
		</>
	);
}

/** Without a single point the tabs above say all there is to say. */
const hasTrend = ({ timeline }: SiteSpeed, vital: Vital) =>
	timeline.points.some((point) => point[`${vital}N`] >= fewestForPercentile);

async function draw(drawing: Drawing) {
	const { stats, frame, summary, linkTo } = drawing;
	const { view, text } = frame;
	const words = speedWords[frame.language];
	const vital = shown.find((known) => known === ownOf(view, "m")) ?? "lcp";
	const [figures, notes] = await Promise.all([
		askSpeed(stats, view, summary, vital),
		askNotes(drawing, timelineSpan(view)),
	]);
	const { vitals, vitalsBefore, site, whole, before } = figures;
	const device = view.device ? text.onlyDevice(text.devices[view.device]) : text.allDevices;
	const scope = `${view.page ?? text.allPages}, ${device}`;
	const parts: Parts = { frame, words, vital };
	const devices = site && <ByDevice site={site} before={before} {...parts} />;
	/** The second column has the elements besides: then the first one takes the devices, so that both are about as long. */
	const isTall = has(inElements, vital);
	return (
		<>
			<div class="panel headline">
				<Tabs {...figures} {...parts} />
				{whole && hasTrend(whole, vital) && (
					<TimelineChart timeline={whole.timeline} frame={frame} drawn={vital} notes={notes} />
				)}
			</div>
			<div class="columns wide-first">
				<VitalHistogram vital={vital} vitals={vitals} frame={frame} scope={scope} />
				<PercentilesPanel
					vital={vital}
					vitals={vitals}
					before={vitalsBefore?.[vital]}
					scope={scope}
					frame={frame}
					words={words}
				/>
			</div>
			<div class="columns">
				<div>
					<MadeOf {...figures} {...parts} />
					{isTall && devices}
					{site && <ByPage {...figures} site={site} linkTo={linkTo} {...parts} />}
				</div>
				<div>
					<ByElement {...figures} {...parts} />
					{!isTall && devices}
					{site && <ByPlace site={site} before={before} {...parts} />}
				</div>
			</div>
			{site && whole ? (
				<>
					<OutcomesPanel summary={summary} goals={whole.goals} scope={device} frame={frame} words={words} />
					<ResourcesPanel resources={site.resources} before={before?.site?.resources} frame={frame} words={words} />
				</>
			) : (
				<p class="panel none">
					{words.wholeSite(view.page ?? "")}{" "}
					<a class="more" href={frame.link({ page: undefined })}>
						{words.wholeSiteLink}
					</a>
				</p>
			)}
		</>
	);
}

export const speed: Section = {
	name: "speed",
	path: sectionPaths.speed,
	sheets: ["headline", "notes", "speed", "breakdown", "parts"],
	parameters: { m: shown },
	draw,
};
