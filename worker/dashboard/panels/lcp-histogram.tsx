/** How the LCP of single page views is spread, with the limits, p75 and the shares on each side of them. */
import type { VitalDetail, Vitals } from "../../stats/answers.ts";
import { Histogram } from "../charts/histogram.tsx";
import { Glyph } from "../charts/marks.tsx";
import type { Frame } from "../frame.ts";
import { fewestForHistogram, fewestWithoutInterval, percentileOf, verdicts } from "../verdict.ts";
import { fewText, shareText } from "./figure-text.tsx";
import { Panel } from "./panel.tsx";

function Chart({ lcp, frame }: { lcp: VitalDetail; frame: Frame }) {
	const { text, format } = frame;
	const p75 = percentileOf(lcp);
	const interval = lcp.n < fewestWithoutInterval && p75 !== null ? lcp.interval : null;
	return (
		<figure aria-label={text.histogram.chart}>
			<Histogram
				vital="lcp"
				buckets={lcp.histogram}
				p75={p75}
				interval={interval}
				p75Text={p75 === null ? "" : `p75 ${format.vital("lcp", p75)}`}
				tick={format.tick}
			/>
			<ul class="legend">
				{verdicts.map((verdict) => (
					<li>
						<Glyph verdict={verdict} /> {text.verdicts[verdict]}{" "}
						<strong>{shareText(lcp[verdict], lcp.n, frame)}</strong>
					</li>
				))}
				{p75 === null && <li class="meta">{fewText(lcp.n, frame)}</li>}
				{interval && <li class="meta">{text.interval(format.interval("lcp", ...interval))}</li>}
			</ul>
			<details id="lcp-data">
				<summary>{text.timeline.table}</summary>
				<section class="scroller" tabindex={0} aria-label={text.histogram.chart}>
					<table>
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
							{lcp.histogram.map(({ from, to, count }) => (
								<tr>
									<td>{format.duration(from)}</td>
									<td>{to === null ? "–" : format.vital("lcp", to)}</td>
									<td class="number">{format.count(count)}</td>
								</tr>
							))}
						</tbody>
					</table>
				</section>
			</details>
		</figure>
	);
}

export function LcpHistogram({ vitals, frame, scope }: { vitals: Vitals; frame: Frame; scope: string }) {
	const { text } = frame;
	const { lcp } = vitals.vitals;
	const counted = lcp.histogram.reduce((sum, bar) => sum + bar.count, 0);
	return (
		<Panel
			id="ytelse"
			title={text.histogram.title}
			subtitle={`${text.histogram.subtitle}, ${scope} · ${text.histogram.axis}`}
			class="wide"
		>
			{lcp.n >= fewestForHistogram && counted > 0 ? (
				<Chart lcp={lcp} frame={frame} />
			) : (
				<p class="none">
					{fewText(lcp.n, frame)}. {lcp.n < fewestForHistogram ? text.histogram.few : text.histogram.provisional}
				</p>
			)}
		</Panel>
	);
}
