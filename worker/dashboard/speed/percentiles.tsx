/** How a vital is for the middle, for three of four, and for all but the slowest twentieth, in figures and in words. */
import type { Vital } from "../../../schema/buckets.ts";
import type { VitalFigure, Vitals } from "../../stats/answers.ts";
import { SplitBar } from "../charts/bar.tsx";
import { Glyph } from "../charts/marks.tsx";
import type { Frame } from "../frame.ts";
import { comparedText } from "../panels/compared.ts";
import { Delta, vitalChange } from "../panels/delta.tsx";
import { fewText } from "../panels/figure-text.tsx";
import { Panel } from "../panels/panel.tsx";
import { vitalsCall } from "../panels/vital-histogram.tsx";
import { fewestForPercentile, fewestWithoutInterval, verdictOf } from "../verdict.ts";
import type { SpeedWords } from "./words.ts";

const shown = ["p50", "p75", "p95"] as const;

export function PercentilesPanel({
	vital,
	vitals,
	before,
	scope,
	frame,
	words,
}: {
	vital: Vital;
	vitals: Vitals;
	before: VitalFigure | undefined;
	scope: string;
	frame: Frame;
	words: SpeedWords;
}) {
	const { text, format } = frame;
	const detail = vitals.vitals[vital];
	const of = `vitals.${vital}`;
	const { interval } = detail;
	const isFew = detail.n < fewestForPercentile;
	return (
		<Panel
			id="persentiler"
			title={words.percentiles.title(vital.toUpperCase())}
			subtitle={scope}
			compared={comparedText(frame)}
		>
			<dl class="percentiles" data-answer={vitalsCall(vitals)}>
				{shown.map((name) => {
					const value = detail[name];
					if (isFew || value === null) return null;
					const verdict = verdictOf(vital, value);
					return (
						<div>
							<dt>
								<Glyph verdict={verdict} /> {words.percentiles[name]}
								<small>{words.percentiles.explained[name]}</small>
							</dt>
							<dd>
								<strong data-of={`${of}.${name}`}>{format.vital(vital, value)}</strong>
								<span class="vh"> {text.verdicts[verdict]}</span>
								{name === "p75" && <Delta change={vitalChange(detail, before, frame)} frame={frame} />}
								{name === "p75" && interval && detail.n < fewestWithoutInterval && (
									<small data-of={`${of}.interval`}>{text.interval(format.interval(vital, ...interval))}</small>
								)}
							</dd>
						</div>
					);
				})}
				<div>
					<dt>{words.percentiles.measurements}</dt>
					<dd data-of={`${of}.n`}>{isFew ? fewText(detail.n, frame) : format.count(detail.n)}</dd>
				</div>
			</dl>
			{detail.n > 0 && <SplitBar split={detail} />}
		</Panel>
	);
}
