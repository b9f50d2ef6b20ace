/** The picked metric over time, with the comparison dashed, and the same figures as a table for reading line and ear. */
import type { Timeline, TimelinePoint } from "../../stats/answers.ts";
import { LineChart } from "../charts/line.tsx";
import type { Frame } from "../frame.ts";
import type { Metric } from "../range.ts";
import { limitsOf } from "../verdict.ts";

const figureOf: Record<Metric, (point: TimelinePoint) => number | null> = {
	besok: (point) => point.visits,
	visninger: (point) => point.views,
	tid: (point) => point.engagedMs,
	enkelt: (point) => (point.visits ? point.bounces / point.visits : null),
	lcp: (point) => point.lcp,
	inp: (point) => point.inp,
};
/** Where the axis ends at the lowest: four visits, ten seconds, a tenth. */
const leastOf: Record<Metric, number> = { besok: 4, visninger: 4, tid: 10_000, enkelt: 0.1, lcp: 1000, inp: 100 };
/** Steps between marks of a duration: those of a clock, not of ten. */
const clockSteps = [5, 10, 15, 30, 60, 120, 300, 600, 900, 1800, 3600, 7200].map((seconds) => seconds * 1000);
const mostMarks = 5;

function clockMarks(most: number): number[] {
	const step = clockSteps.find((candidate) => most / candidate <= mostMarks) ?? 14_400_000;
	return Array.from({ length: Math.ceil(most / step) + 1 }, (_, index) => index * step);
}

function write(metric: Metric, frame: Frame): (value: number) => string {
	const { format } = frame;
	if (metric === "tid") return format.duration;
	if (metric === "enkelt") return format.percent;
	if (metric === "lcp") return (value) => format.vital("lcp", value);
	if (metric === "inp") return (value) => format.vital("inp", value);
	return format.count;
}

/** At most five dates below the line: the first of each even part, and the last. */
function dateMarks(points: readonly TimelinePoint[], name: (date: string) => string) {
	const last = points.length - 1;
	if (last < 0) return [];
	const weeks = last >= 14 ? 7 : 1;
	const step = Math.max(Math.ceil(last / 4 / weeks) * weeks, 1);
	const marks: { index: number; text: string }[] = [];
	for (let index = 0; index <= last; index += step) marks.push({ index, text: name(points[index]?.date ?? "") });
	// The last date takes the place of a mark too near to it.
	if (last - (marks.at(-1)?.index ?? 0) < step * 0.7 && marks.length > 1) marks.pop();
	if (marks.at(-1)?.index !== last) marks.push({ index: last, text: name(points[last]?.date ?? "") });
	return marks;
}

/** A single day comes with the days before it; those from before the first visit are left out. */
function fromFirstVisit(points: TimelinePoint[]): TimelinePoint[] {
	const first = points.findIndex((point) => point.views > 0);
	return first < 0 ? points.slice(-1) : points.slice(first);
}

export function TimelineChart({ timeline, frame }: { timeline: Timeline; frame: Frame }) {
	const { view, text, format } = frame;
	const { metric } = view;
	const oneDay = view.from === view.to;
	const points = oneDay ? fromFirstVisit(timeline.points) : timeline.points;
	const before = view.compare ? (timeline.compare?.points ?? []) : [];
	const value = figureOf[metric];
	const writeValue = write(metric, frame);
	const name = timeline.grain === "month" ? format.month : format.date;
	const longName = timeline.grain === "day" ? format.longDate : name;
	const limit = metric === "lcp" || metric === "inp" ? limitsOf(metric)[0] : undefined;
	const range = format.dates(points[0]?.date ?? view.from, timeline.range.to);
	const compared = before.some((point) => point.views > 0);
	const provisional = points.some((point) => point.provisional);
	const cell = (point: TimelinePoint | undefined) => {
		const figure = point ? value(point) : null;
		return figure === null ? text.timeline.gap : writeValue(figure);
	};
	return (
		<figure class="timeline" aria-labelledby="timeline-label">
			<figcaption>
				<span id="timeline-label" class="vh">
					{text.timeline.chart(text.metrics[metric], range)}
				</span>
				<span class="key now">{range}</span>
				{compared && <span class="key compared">{text.compared[view.comparison]}</span>}
				{view.device && <span>{text.allDevices}</span>}
				{provisional && <span class="key provisional">{text.timeline.provisionalLegend}</span>}
			</figcaption>
			<div class="chart" id="timeline-chart" data-reading="timeline-table" data-keys={text.timeline.keys}>
				<LineChart
					points={points.map((point) => ({ value: value(point), provisional: point.provisional }))}
					compared={points.map((_, index) => (compared && before[index] ? value(before[index]) : null))}
					marks={dateMarks(points, name)}
					limit={
						limit === undefined
							? undefined
							: { value: limit, text: text.timeline.limit(metric === "lcp" ? format.tick(limit) : writeValue(limit)) }
					}
					atLeast={leastOf[metric]}
					steps={metric === "tid" ? clockMarks : undefined}
					write={metric === "lcp" ? format.tick : writeValue}
				/>
			</div>
			<details id="timeline-data">
				<summary>{text.timeline.table}</summary>
				<section class="scroller" tabindex={0} aria-label={text.timeline.chart(text.metrics[metric], range)}>
					<table id="timeline-table">
						<thead>
							<tr>
								<th scope="col">{text.timeline.period[timeline.grain]}</th>
								<th scope="col" class="number">
									{text.metrics[metric]}
								</th>
								{compared && (
									<th scope="col" class="number">
										{text.compared[view.comparison]}
									</th>
								)}
							</tr>
						</thead>
						<tbody>
							{points.map((point, index) => (
								<tr>
									<th scope="row">
										{longName(point.date)}
										{point.provisional && ` (${text.timeline.provisional})`}
									</th>
									<td class="number">{cell(point)}</td>
									{compared && <td class="number">{cell(before[index])}</td>}
								</tr>
							))}
						</tbody>
					</table>
				</section>
			</details>
		</figure>
	);
}
