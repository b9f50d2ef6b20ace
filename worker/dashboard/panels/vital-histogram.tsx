/** How a web vital of single page views is spread, with the limits, p75 and the shares on each side of them. */
import type { Vital } from "../../../schema/buckets.ts";
import type { VitalDetail, Vitals } from "../../stats/answers.ts";
import { Histogram } from "../charts/histogram.tsx";
import { Glyph } from "../charts/marks.tsx";
import { callOf, type Frame } from "../frame.ts";
import { keyWords } from "../keys/words.ts";
import { fewestForHistogram, fewestWithoutInterval, percentileOf, verdicts } from "../verdict.ts";
import { notComparedText } from "./compared.ts";
import { fewText, shareText } from "./figure-text.tsx";
import { Panel } from "./panel.tsx";

/** The call that answered these vitals. */
export function vitalsCall({ page, device }: Vitals): string {
	return callOf("vitals", { page, device });
}

/** The mark of an axis: times of seconds short, the others as they are read. */
function tickOf(vital: Vital, { format }: Frame): (value: number) => string {
	return vital === "lcp" || vital === "fcp" ? format.tick : (value) => format.vital(vital, value);
}

function Chart({ vital, detail, frame }: { vital: Vital; detail: VitalDetail; frame: Frame }) {
	const { text, format } = frame;
	const p75 = percentileOf(detail);
	const interval = detail.n < fewestWithoutInterval && p75 !== null ? detail.interval : null;
	const chart = text.histogram.chart(vital.toUpperCase());
	const edge = (value: number) => (vital === "cls" ? format.vital(vital, value) : format.duration(value));
	return (
		<figure aria-label={chart}>
			<Histogram
				vital={vital}
				buckets={detail.histogram}
				p75={p75}
				interval={interval}
				p75Text={p75 === null ? "" : `p75 ${format.vital(vital, p75)}`}
				tick={tickOf(vital, frame)}
			/>
			<ul class="legend">
				{verdicts.map((verdict) => (
					<li>
						<Glyph verdict={verdict} /> {text.verdicts[verdict]}{" "}
						<strong data-of={`vitals.${vital}.${verdict}/vitals.${vital}.n`}>
							{shareText(detail[verdict], detail.n, frame)}
						</strong>
					</li>
				))}
				{p75 === null && (
					<li class="meta" data-of={`vitals.${vital}`}>
						{fewText(detail.n, frame)}
					</li>
				)}
				{interval && (
					<li class="meta" data-of={`vitals.${vital}.interval`}>
						{text.interval(format.interval(vital, ...interval))}
					</li>
				)}
			</ul>
			<button type="button" class="scripted" data-picture="">
				{keyWords[frame.language].picture}
			</button>
			<details id={`${vital}-data`}>
				<summary>{text.timeline.table}</summary>
				<section class="scroller" tabindex={0} aria-label={chart}>
					<table data-list={`vitals.${vital}.histogram`}>
						<thead>
							<tr>
								<th scope="col">{text.histogram.from}</th>
								<th scope="col">{text.histogram.to}</th>
								<th scope="col" class="number">
									{text.histogram.count}
								</th>
							</tr>
						</thead>
						<tbody>
							{detail.histogram.map(({ from, to, count }, index) => (
								<tr data-row={index}>
									<td data-of="from">{edge(from)}</td>
									<td data-of="to">{to === null ? "–" : format.vital(vital, to)}</td>
									<td class="number" data-of="count">
										{format.count(count)}
									</td>
								</tr>
							))}
						</tbody>
					</table>
				</section>
			</details>
		</figure>
	);
}

export function VitalHistogram({
	vital,
	vitals,
	frame,
	scope,
}: {
	vital: Vital;
	vitals: Vitals;
	frame: Frame;
	scope: string;
}) {
	const { text } = frame;
	const detail = vitals.vitals[vital];
	const counted = detail.histogram.reduce((sum, bar) => sum + bar.count, 0);
	return (
		<Panel
			id="ytelse"
			title={text.histogram.title(vital.toUpperCase())}
			subtitle={`${text.vitals.names[vital]}, ${scope} · ${text.histogram.axis}`}
			compared={notComparedText(frame)}
			class="wide"
		>
			<div data-answer={vitalsCall(vitals)}>
				{detail.n >= fewestForHistogram && counted > 0 ? (
					<Chart vital={vital} detail={detail} frame={frame} />
				) : (
					<p class="none">
						<span data-of={`vitals.${vital}`}>{fewText(detail.n, frame)}</span>.{" "}
						{detail.n < fewestForHistogram ? text.histogram.few : text.histogram.provisional}
					</p>
				)}
			</div>
		</Panel>
	);
}
