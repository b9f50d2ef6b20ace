/** The picked metric over time, with the comparison dashed, and the same figures as a table for reading line and ear. */
import type { Timeline, TimelinePoint } from "../../stats/answers.ts";
import { LineChart } from "../charts/line.tsx";
import { callOf, type Frame } from "../frame.ts";
import { goalWords } from "../goals/words.ts";
import { keyWords } from "../keys/words.ts";
import { type ChartNotes, NoteList } from "../notes/chart-notes.tsx";
import { marksOf, placeOf } from "../notes/marks.ts";
import { noteWords } from "../notes/words.ts";
import { limitsOf } from "../verdict.ts";
import { unfollowedText } from "./compared.ts";
import {
	clockMarks,
	type Drawn,
	figureOf,
	intervalOf,
	isInSeconds,
	isVital,
	leastOf,
	pathOf,
	write,
	writeInterval,
} from "./drawn.ts";
import { shareText } from "./figure-text.tsx";

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

/** Where the points come from, when they are not the answer's own: a row with a list of as many figures. */
export interface PointSource {
	row: string;
	list: string;
	/** See callOf. */
	call: string;
	comparedCall: string;
}

/** What the line is called, in its title and as a column, and what stands where there is no figure. */
function namesOf(drawn: Drawn, { goal = "" }: Timeline, { text, language }: Frame) {
	if (drawn === "maal") {
		const words = goalWords[language];
		return { title: words.visitsTo(goal), column: words.reachedIt, missing: words.noneOrFew };
	}
	const name = isVital(drawn) ? `${drawn.toUpperCase()} p75` : text.metrics[drawn];
	return { title: name, column: name, missing: text.timeline.gap };
}

export function TimelineChart({
	timeline,
	frame,
	drawn,
	source,
	notes,
}: {
	timeline: Timeline;
	frame: Frame;
	drawn: Drawn;
	source?: PointSource;
	notes?: ChartNotes;
}) {
	const { view, text, format } = frame;
	const oneDay = view.from === view.to;
	const everywhere = unfollowedText(frame, ["page", "device"]);
	const points = oneDay ? fromFirstVisit(timeline.points) : timeline.points;
	const before = view.compare ? (timeline.compare?.points ?? []) : [];
	const value = figureOf[drawn];
	const { title, column, missing } = namesOf(drawn, timeline, frame);
	const of = pathOf(drawn);
	const writeValue = write(drawn, frame);
	const tick = isInSeconds(drawn) ? format.tick : writeValue;
	const name = timeline.grain === "month" ? format.month : format.date;
	const longName = timeline.grain === "day" ? format.longDate : name;
	const limit = isVital(drawn) ? limitsOf(drawn)[0] : undefined;
	const range = format.dates(points[0]?.date ?? view.from, timeline.range.to);
	const compared = before.some((point) => point.views > 0);
	const provisional = points.some((point) => point.provisional);
	const intervals = points.map((point) => intervalOf(drawn, point));
	const hasIntervals = intervals.some((interval) => interval !== null);
	const dates = points.map(({ date }) => date);
	const noted = notes?.notes.filter((note) => placeOf(note, dates)) ?? [];
	const notesAt = Map.groupBy(noted, (note) => placeOf(note, dates)?.index);
	const cell = (point: TimelinePoint | undefined) => {
		const figure = point ? value(point) : null;
		return figure === null ? missing : writeValue(figure);
	};
	return (
		<figure
			class="timeline"
			aria-labelledby="timeline-label"
			data-answer={source?.call ?? callOf("timeline", { goal: timeline.goal, ...(oneDay ? timeline.range : {}) })}
		>
			<figcaption>
				<span id="timeline-label" class="vh">
					{text.timeline.chart(title, range)}
				</span>
				<span class="key now">{range}</span>
				{compared && <span class="key compared">{text.compared[view.comparison]}</span>}
				{!source && everywhere && <span>{everywhere}</span>}
				{hasIntervals && <span class="key interval">{text.timeline.interval}</span>}
				{provisional && <span class="key provisional">{text.timeline.provisionalLegend}</span>}
			</figcaption>
			<div class="chart" id="timeline-chart" data-reading="timeline-table" data-keys={text.timeline.keys}>
				<LineChart
					points={points.map((point) => ({ value: value(point), provisional: point.provisional }))}
					{...(hasIntervals ? { intervals } : {})}
					compared={points.map((_, index) => (compared && before[index] ? value(before[index]) : null))}
					marks={dateMarks(points, name)}
					notes={marksOf(noted, dates)}
					limit={limit === undefined ? undefined : { value: limit, text: text.timeline.limit(tick(limit)) }}
					atLeast={leastOf[drawn]}
					steps={drawn === "tid" ? clockMarks : undefined}
					write={tick}
				/>
			</div>
			{notes && <NoteList {...notes} notes={noted} frame={frame} />}
			<button type="button" class="scripted" data-picture="">
				{keyWords[frame.language].picture}
			</button>
			<details id="timeline-data">
				<summary>{text.timeline.table}</summary>
				<section class="scroller" tabindex={0} aria-label={text.timeline.chart(title, range)}>
					<table id="timeline-table" data-list={source ? undefined : "points"}>
						<thead>
							<tr>
								<th scope="col">{text.timeline.period[timeline.grain]}</th>
								<th scope="col" class="number">
									{column}
								</th>
								{drawn === "maal" && (
									<th scope="col" class="number">
										{goalWords[frame.language].share}
									</th>
								)}
								{hasIntervals && (
									<th scope="col" class="number">
										{text.timeline.interval}
									</th>
								)}
								{compared && (
									<th scope="col" class="number">
										{text.compared[view.comparison]}
									</th>
								)}
								{noted.length > 0 && <th scope="col">{noteWords[frame.language].column}</th>}
							</tr>
						</thead>
						<tbody>
							{points.map((point, index) => (
								<tr data-row={source?.row ?? point.period}>
									<th scope="row">
										{longName(point.date)}
										{point.provisional && ` (${text.timeline.provisional})`}
									</th>
									<td class="number" data-of={source ? `${source.list}.${index}` : of}>
										{cell(point)}
									</td>
									{drawn === "maal" && (
										<td class="number" data-of={typeof point.reached === "number" ? `${of}/visits` : ""}>
											{typeof point.reached === "number" ? shareText(point.reached, point.visits, frame) : "–"}
										</td>
									)}
									{hasIntervals && (
										<td class="number" data-of={`${of}Interval`}>
											{writeInterval(drawn, intervals[index], frame)}
										</td>
									)}
									{compared && (
										<td
											class="number"
											data-answer={source?.comparedCall}
											data-list={source ? undefined : "compare.points"}
											data-row={source?.row ?? before[index]?.period}
											data-of={source ? `${source.list}.${index}` : of}
										>
											{cell(before[index])}
										</td>
									)}
									{noted.length > 0 && (
										<td>
											<bdi>
												{notesAt
													.get(index)
													?.map((note) => note.text)
													.join(" · ")}
											</bdi>
										</td>
									)}
								</tr>
							))}
						</tbody>
					</table>
				</section>
			</details>
		</figure>
	);
}
