/** What a time is made of: the parts of LCP and INP, and the phases of an answer, as one bar and a table. */
import type { Times } from "../../stats/answers.ts";
import { Stack, Swatch } from "../charts/stack.tsx";
import type { Frame } from "../frame.ts";
import { keyWords } from "../keys/words.ts";
import { comparedText } from "../panels/compared.ts";
import { ChangeHead, Delta, timesChange } from "../panels/delta.tsx";
import { fewText } from "../panels/figure-text.tsx";
import { Panel } from "../panels/panel.tsx";
import { fewestForPercentile } from "../verdict.ts";
import type { SpeedWords } from "./words.ts";

export type Part = "delay" | "load" | "render" | "input" | "processing" | "presentation";

export interface NamedTimes {
	name: string;
	/** Where in the answer the times are. */
	of: string;
	times: Times;
	before?: Times | undefined;
}

const isKnown = ({ times }: NamedTimes) => times.n >= fewestForPercentile && times.p75 !== null;

/** Below a second to the millisecond, above it as vitals are. */
function timeText(ms: number, { format }: Frame): string {
	return format.vital("inp", ms);
}

function Row({ part, index, frame }: { part: NamedTimes; index: number; frame: Frame }) {
	const { name, of, times, before } = part;
	return (
		<tr>
			<th scope="row">
				<Swatch tone={index} /> {name}
			</th>
			{isKnown(part) ? (
				<>
					<td class="number" data-of={times.p50 === null ? undefined : `${of}.p50`}>
						{times.p50 === null ? "–" : timeText(times.p50, frame)}
					</td>
					<td class="number" data-of={`${of}.p75`}>
						{timeText(times.p75 ?? 0, frame)}
					</td>
				</>
			) : (
				<td class="number few" colspan={2} data-of={`${of}.n`}>
					{fewText(times.n, frame)}
				</td>
			)}
			{frame.view.compare && (
				<td class="number middling">
					<Delta change={timesChange(times, before, frame)} frame={frame} />
				</td>
			)}
			<td class="number middling" data-of={`${of}.n`}>
				{frame.format.count(times.n)}
			</td>
		</tr>
	);
}

interface Table {
	head: string;
	parts: readonly NamedTimes[];
	frame: Frame;
	words: SpeedWords;
}

function PartsTable({ head, parts, frame, words }: Table) {
	return (
		<table class="parts">
			<thead>
				<tr>
					<th scope="col">{head}</th>
					<th scope="col" class="number">
						{words.median}
					</th>
					<th scope="col" class="number">
						p75
					</th>
					{frame.view.compare && <ChangeHead frame={frame} />}
					<th scope="col" class="number middling">
						{words.measurements}
					</th>
				</tr>
			</thead>
			<tbody>
				{parts.map((part, index) => (
					<Row part={part} index={index} frame={frame} />
				))}
			</tbody>
		</table>
	);
}

export function PartsPanel(
	props: Table & {
		id: string;
		title: string;
		subtitle: string;
		/** See callOf. */
		call: string;
		/** Row of the answer, where the figures are a row's. */
		row?: string | undefined;
	},
) {
	const { id, title, subtitle, head, parts, call, row, frame, words } = props;
	const isWhole = parts.every((part) => isKnown(part) && part.times.p50 !== null);
	return (
		<Panel id={id} title={title} subtitle={subtitle} compared={comparedText(frame)}>
			<div data-answer={call} data-row={row}>
				{/* Drawn only where every part is known: a bar without one of them would be taken for the whole. */}
				{isWhole ? (
					<>
						<figure class="stacked" aria-labelledby={`${id}-title`}>
							<Stack parts={parts.map(({ times }) => times.p50 ?? 0)} />
							<PartsTable {...{ head, parts, frame, words }} />
						</figure>
						<button type="button" class="scripted" data-picture="">
							{keyWords[frame.language].picture}
						</button>
					</>
				) : (
					<PartsTable {...{ head, parts, frame, words }} />
				)}
			</div>
		</Panel>
	);
}
