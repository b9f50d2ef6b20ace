/** The five web vitals: verdict, p75, shares of good, needs improvement and poor, change. */
import type { Vital } from "../../../schema/buckets.ts";
import type { VitalFigure, Vitals } from "../../stats/answers.ts";
import { SplitBar } from "../charts/bar.tsx";
import { Glyph } from "../charts/marks.tsx";
import type { Frame } from "../frame.ts";
import { fewestWithoutInterval, percentileOf, verdictOf } from "../verdict.ts";
import { comparedText } from "./compared.ts";
import { type Change, Delta, vitalChange } from "./delta.tsx";
import { fewText, shareText } from "./figure-text.tsx";
import { Panel } from "./panel.tsx";
import { vitalsCall } from "./vital-histogram.tsx";

const shown = ["lcp", "inp", "cls", "ttfb", "fcp"] as const satisfies readonly Vital[];

function Row({
	vital,
	figure,
	change,
	frame,
}: {
	vital: Vital;
	figure: VitalFigure;
	/** Absent where no vital has a change to show: then there is no such column. */
	change: { shown: Change | undefined } | undefined;
	frame: Frame;
}) {
	const { text, format } = frame;
	const p75 = percentileOf(figure);
	const verdict = p75 === null ? undefined : verdictOf(vital, p75);
	const share = (part: number) => shareText(part, figure.n, frame);
	const interval = p75 !== null && figure.n < fewestWithoutInterval ? figure.interval : null;
	return (
		<tr>
			<th scope="row">
				<div class="vital-name">
					<Glyph verdict={verdict ?? "good"} hollow={!verdict} />
					<div>
						{vital.toUpperCase()}
						<small>{text.vitals.names[vital]}</small>
					</div>
				</div>
			</th>
			<td class="number">
				<span class={p75 === null ? "few" : undefined} data-of={`vitals.${vital}`}>
					{p75 === null ? fewText(figure.n, frame) : format.vital(vital, p75)}
				</span>
				{verdict && <span class="vh"> {text.verdicts[verdict]}</span>}
				{interval && (
					<small title={text.interval(format.interval(vital, ...interval))} data-of={`vitals.${vital}.interval`}>
						{format.interval(vital, ...interval)}
					</small>
				)}
			</td>
			<td class="split-cell">
				{figure.n > 0 && (
					<>
						<SplitBar split={figure} />
						<span class="vh" data-of={`vitals.${vital}.split`}>
							{text.vitals.chart(text.vitals.names[vital], share(figure.good), share(figure.needs), share(figure.poor))}
						</span>
						{p75 === null && (
							<small data-of={`vitals.${vital}.split`}>
								{text.vitals.counts(format.count(figure.good), format.count(figure.needs), format.count(figure.poor))}
							</small>
						)}
					</>
				)}
			</td>
			{change && (
				<td class="number change">
					<Delta change={change.shown} frame={frame} />
				</td>
			)}
		</tr>
	);
}

export function VitalsPanel({
	vitals,
	before,
	frame,
	scope,
}: {
	vitals: Vitals;
	before: Record<Vital, VitalFigure> | undefined;
	frame: Frame;
	scope: string;
}) {
	const { text } = frame;
	const changes = shown.map((vital) => vitalChange(vitals.vitals[vital], before?.[vital], frame));
	const changed = changes.some((change) => change !== undefined);
	return (
		<Panel id="nettvitaler" title={text.vitals.title} subtitle={scope} compared={comparedText(frame)}>
			<table class="vitals" data-answer={vitalsCall(vitals)}>
				<thead class="vh">
					<tr>
						<th scope="col">{text.vitals.metric}</th>
						<th scope="col">p75</th>
						<th scope="col">{text.vitals.share}</th>
						{changed && <th scope="col">{text.vitals.change}</th>}
					</tr>
				</thead>
				<tbody>
					{shown.map((vital, index) => (
						<Row
							vital={vital}
							figure={vitals.vitals[vital]}
							change={changed ? { shown: changes[index] } : undefined}
							frame={frame}
						/>
					))}
				</tbody>
			</table>
		</Panel>
	);
}
