/** The site's own API routes and third parties, by the time they cost visitors together. */
import { otherName } from "../../../schema/tree-rules.ts";
import type { ResourceRow, Resources } from "../../stats/answers.ts";
import { Bar } from "../charts/bar.tsx";
import { callOf, type Frame } from "../frame.ts";
import { comparedText, pastOf } from "../panels/compared.ts";
import { ChangeHead, Delta, timesChange } from "../panels/delta.tsx";
import { shareText } from "../panels/figure-text.tsx";
import { Panel } from "../panels/panel.tsx";
import { fewestForPercentile } from "../verdict.ts";
import type { SpeedWords } from "./words.ts";

interface RowInput {
	row: ResourceRow;
	before: ResourceRow | undefined;
	all: number;
	frame: Frame;
	words: SpeedWords;
}

function Row({ row, before, all, frame, words }: RowInput) {
	const { format } = frame;
	const { kind, name, requests, failed, durationMs, costMs } = row;
	const { p75, n } = durationMs;
	const isHidden = name === otherName;
	return (
		<tr class={isHidden ? "hatched" : undefined} data-row={`${kind}\n${name}`}>
			<th scope="row">
				{isHidden ? words.resources.hidden : <bdi>{name}</bdi>}
				<small>{words.resources.kinds[kind]}</small>
			</th>
			<td class="number" data-of="costMs">
				{format.duration(costMs)}
			</td>
			<td class="bar-cell">
				<Bar share={all ? costMs / all : 0} />
			</td>
			<td class="number middling" data-of="requests">
				{format.count(requests)}
			</td>
			<td class="number">
				{p75 === null || n < fewestForPercentile ? (
					<span class="few" data-of="durationMs.n">
						({format.count(n)})
					</span>
				) : (
					<span data-of="durationMs.p75">{format.vital("inp", p75)}</span>
				)}
			</td>
			{frame.view.compare && (
				<td class="number middling">
					<Delta change={timesChange(durationMs, before?.durationMs, frame)} frame={frame} />
				</td>
			)}
			<td class="number middling" data-of="failed/requests">
				{shareText(failed, requests, frame)}
			</td>
		</tr>
	);
}

const nameOf = ({ kind, name }: ResourceRow) => `${kind}\n${name}`;

export function ResourcesPanel({
	resources,
	before,
	frame,
	words,
}: {
	resources: Resources;
	/** Of the range they are compared with. */
	before: Resources | undefined;
	frame: Frame;
	words: SpeedWords;
}) {
	const past = pastOf(before?.rows, nameOf);
	const rows = resources.rows.filter(({ requests }) => requests > 0);
	const all = rows.reduce((sum, { costMs }) => sum + costMs, 0);
	return (
		<Panel id="ressurser" title={words.resources.title} subtitle={words.resources.note} compared={comparedText(frame)}>
			{rows.length === 0 ? (
				<p class="none">{words.resources.none}</p>
			) : (
				<table class="breakdown" data-answer={callOf("resources")}>
					<thead>
						<tr>
							<th scope="col">{words.resources.name}</th>
							<th scope="col" class="number">
								{words.resources.cost}
							</th>
							<td class="bar-cell" />
							<th scope="col" class="number middling">
								{words.resources.requests}
							</th>
							<th scope="col" class="number">
								p75
							</th>
							{frame.view.compare && <ChangeHead frame={frame} />}
							<th scope="col" class="number middling">
								{words.resources.failed}
							</th>
						</tr>
					</thead>
					<tbody>
						{rows.map((row) => (
							<Row row={row} before={past.get(nameOf(row))} all={all} frame={frame} words={words} />
						))}
					</tbody>
				</table>
			)}
		</Panel>
	);
}
