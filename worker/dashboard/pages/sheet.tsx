/** One page's own sheet: its key figures, how fast it is, the flow around it, how it is left, what is used on it. */
import type { Leaving, PageRow, Stats, Summary, Timeline, TimelinePoint } from "../../stats/answers.ts";
import { askVitals, comparedRange, onDevice, plainRange } from "../figures.ts";
import { callOf, type Frame } from "../frame.ts";
import { PageAimsPanel } from "../goals/page-panel.tsx";
import { goalWords } from "../goals/words.ts";
import { askNotes } from "../notes/chart-notes.tsx";
import { comparedText, pastOf } from "../panels/compared.ts";
import { countChange, Delta, shareChange } from "../panels/delta.tsx";
import { shareText } from "../panels/figure-text.tsx";
import { FlowPanel } from "../panels/flow.tsx";
import { KpiList, type NamedKpi, vitalKpi } from "../panels/kpi-list.tsx";
import { timeKpi } from "../panels/kpis.tsx";
import { ElementsPanel, RankedList } from "../panels/lists.tsx";
import { Panel } from "../panels/panel.tsx";
import { TimelineChart } from "../panels/timeline.tsx";
import { VitalHistogram } from "../panels/vital-histogram.tsx";
import { VitalsPanel } from "../panels/vitals.tsx";
import type { View } from "../range.ts";
import type { Drawing } from "../section.tsx";
import { mostPages } from "./list.ts";
import type { PagesWords } from "./words.ts";

const elementRows = 12;

interface Parts {
	frame: Frame;
	words: PagesWords;
}

async function askSheet(stats: Stats, view: View, page: string, summary: Summary) {
	const plain = plainRange(view);
	const rowIn = async (range: Parameters<Stats["pages"]>[0]): Promise<PageRow | undefined> => {
		const { rows } = await stats.pages({ ...range, limit: mostPages });
		return rows.find((row) => row.page === page);
	};
	const whole = rowIn(plain);
	const past = view.compare && plainRange(view.compare);
	const [timeline, row, rowOfAll, before, vitals, flows, flowsBefore, devices, leaving, leavingBefore, elements] =
		await Promise.all([
			stats.timeline(comparedRange(view)),
			view.device ? rowIn(onDevice(view, plain)) : whole,
			whole,
			view.compare && rowIn(onDevice(view, view.compare)),
			askVitals(stats, view, summary),
			stats.flows({ ...plain, page }),
			past && stats.flows({ ...past, page }),
			stats.devices(plain),
			stats.leaving({ ...plain, page }),
			past && stats.leaving({ ...past, page }),
			stats.elements({ ...plain, page, limit: elementRows }),
		]);
	return { timeline, row, rowOfAll, before, ...vitals, flows, flowsBefore, devices, leaving, leavingBefore, elements };
}

function kpisOf(
	row: PageRow,
	before: PageRow | undefined,
	{ frame, words }: Parts,
	linkTo: Drawing["linkTo"],
): NamedKpi[] {
	const { format, view } = frame;
	const speedOf = (m: string) =>
		linkTo("speed", { ...(view.page === undefined ? {} : { page: view.page }), own: { m } });
	return [
		{
			label: words.columns.visninger,
			value: format.count(row.views),
			of: "views",
			change: countChange(row.views, before?.views, frame),
		},
		{
			label: words.entries,
			value: format.count(row.entries),
			of: "entries",
			note: <span data-of="entries/views">{words.ofViews(shareText(row.entries, row.views, frame))}</span>,
		},
		{ label: words.columns.tid, ...timeKpi(row.engagedMs, before?.engagedMs, frame) },
		{
			label: words.columns.forlot,
			value: shareText(row.exits, row.views, frame),
			of: "exits/views",
			change: shareChange([row.exits, row.views], before && [before.exits, before.views], frame),
		},
		...(["lcp", "inp"] as const).map((vital) => ({
			...vitalKpi(vital, row[vital], before?.[vital], vital, frame),
			label: words.columns[vital],
			href: speedOf(vital),
		})),
	];
}

/** The site's timeline with the page's views in it. */
function pageTimeline({ points, compare, ...answer }: Timeline, row: PageRow, before: PageRow | undefined): Timeline {
	const withViews = (all: TimelinePoint[], { trend }: PageRow) =>
		all.map((point, index) => ({ ...point, views: trend[index] ?? 0 }));
	return {
		...answer,
		points: withViews(points, row),
		...(compare && before ? { compare: { ...compare, points: withViews(compare.points, before) } } : {}),
	};
}

const countOf = (rows: Leaving["rows"]) => rows.reduce((sum, { count }) => sum + count, 0);

function PageLeavingPanel({
	leaving,
	before,
	frame,
	words,
}: Parts & { leaving: Leaving; before: Leaving | undefined }) {
	const all = countOf(leaving.rows);
	const past = pastOf(before?.rows, ({ how }) => how);
	const most = Math.max(...leaving.rows.map(({ count }) => count), 1);
	return (
		<Panel id="avslutning" title={words.leaving} subtitle={words.leavingNote} compared={comparedText(frame)}>
			<div data-answer={callOf("leaving", { page: leaving.page })}>
				<RankedList
					label="avslutning-title"
					items={leaving.rows.map(({ how, count, exits }) => ({
						row: how,
						name: frame.text.methods[how],
						note:
							exits > 0 && exits < count ? (
								<span data-of="exits/count">{words.ended(shareText(exits, count, frame))}</span>
							) : undefined,
						change: (
							<Delta
								change={shareChange(
									[count, all],
									before && [past.get(how)?.count ?? 0, countOf(before.rows)],
									frame,
									"neither",
								)}
								frame={frame}
							/>
						),
						length: count / most,
						figure: <span data-of="count/+count">{shareText(count, all, frame)}</span>,
						tone: exits > 0 ? ("exit" as const) : ("accent" as const),
					}))}
				/>
			</div>
		</Panel>
	);
}

export async function drawSheet(drawing: Drawing, page: string, words: PagesWords) {
	const { stats, frame, summary, linkTo } = drawing;
	const { view, text } = frame;
	const [asked, goals, funnels, notes] = await Promise.all([
		askSheet(stats, view, page, summary),
		stats.goals(plainRange(view)),
		stats.funnels(plainRange(view)),
		askNotes(drawing, view, page),
	]);
	const { timeline, row, rowOfAll, before, vitals, vitalsBefore, flows, devices, leaving, elements } = asked;
	const { flowsBefore, leavingBefore } = asked;
	const parts = { frame, words };
	const device = view.device ? text.onlyDevice(text.devices[view.device]) : text.allDevices;
	return (
		<>
			<header class="sheet-head">
				<h2>
					<bdi>{page}</bdi>
				</h2>
				<a class="more" href={frame.link({ page: undefined })}>
					{words.back}
				</a>
				<a class="more" href={linkTo("speed", { page })}>
					{words.speed}
				</a>
			</header>
			{row ? (
				<div class="panel headline" data-answer={callOf("pages", { device: view.device })} data-row={page}>
					<KpiList kpis={kpisOf(row, before, parts, linkTo)} label={text.kpis} frame={frame} />
					{row.trend.length > 1 && (
						<TimelineChart
							timeline={pageTimeline(timeline, row, before)}
							frame={frame}
							notes={notes}
							drawn="visninger"
							source={{
								row: page,
								list: "trend",
								call: callOf("pages", { device: view.device }),
								comparedCall: callOf("pages", { device: view.device, ...view.compare }),
							}}
						/>
					)}
				</div>
			) : (
				<p class="panel none">{flows.views > 0 ? words.unlisted(frame.format.count(mostPages)) : text.flow.noViews}</p>
			)}
			{flows.views > 0 && (
				<>
					<div class="columns wide-first">
						<VitalHistogram vital="lcp" vitals={vitals} frame={frame} scope={device} />
						<VitalsPanel vitals={vitals} before={vitalsBefore} frame={frame} scope={device} />
					</div>
					<FlowPanel flow={{ flows, row: rowOfAll }} before={flowsBefore} devices={devices} frame={frame} />
					<PageAimsPanel
						aims={{ goals, funnels }}
						page={page}
						frame={frame}
						words={goalWords[frame.language]}
						linkTo={linkTo}
					/>
					<div class="columns">
						<PageLeavingPanel leaving={leaving} before={leavingBefore} {...parts} />
						<ElementsPanel
							elements={elements}
							viewsOf={new Map([[page, flows.views]])}
							frame={frame}
							scope={words.elementsScope(page)}
						/>
					</div>
				</>
			)}
		</>
	);
}
