/** The six key figures; each is a link that picks what the timeline shows. */
import type { Child } from "hono/jsx";
import type { Vital } from "../../../schema/buckets.ts";
import type { Summary } from "../../stats/answers.ts";
import { Glyph } from "../charts/marks.tsx";
import type { Frame } from "../frame.ts";
import { type Metric, metrics } from "../range.ts";
import { fewestForPercentile, percentileOf, type Verdict, verdictOf } from "../verdict.ts";
import { type Change, countChange, Delta, shareChange, vitalChange } from "./delta.tsx";
import { fewText, medianText, shareText } from "./figure-text.tsx";

interface Kpi {
	value: string | null;
	/** Said instead of a change where there are too few measurements for a value. */
	note?: string;
	change?: Change | undefined;
	verdict?: Verdict | undefined;
}

function vitalKpi(vital: Vital, summary: Summary, frame: Frame): Kpi {
	const figure = summary.vitals[vital];
	const p75 = percentileOf(figure);
	if (p75 === null) return { value: null, note: fewText(figure.n, frame) };
	return {
		value: frame.format.vital(vital, p75),
		verdict: verdictOf(vital, p75),
		change: vitalChange(figure, summary.compare?.vitals[vital], frame),
	};
}

function timeKpi({ engagedMs, compare }: Summary, frame: Frame): Kpi {
	const value = medianText(engagedMs, frame);
	if (engagedMs.n < fewestForPercentile) return { value, note: fewText(engagedMs.n, frame) };
	const before = compare && compare.engagedMs.n >= fewestForPercentile ? compare.engagedMs.p50 : null;
	if (!before) return { value };
	const ratio = (engagedMs.p50 ?? 0) / before - 1;
	return { value, change: { difference: ratio, text: frame.format.change(ratio, 1), better: "up" } };
}

const kpis: Record<Metric, (summary: Summary, frame: Frame) => Kpi> = {
	besok: (summary, frame) => ({
		value: frame.format.count(summary.visits),
		change: countChange(summary.visits, summary.compare?.visits, frame),
	}),
	visninger: (summary, frame) => ({
		value: frame.format.count(summary.views),
		change: countChange(summary.views, summary.compare?.views, frame),
	}),
	tid: timeKpi,
	enkelt: (summary, frame) => ({
		value: shareText(summary.bounces, summary.visits, frame),
		change: shareChange(
			[summary.bounces, summary.visits],
			summary.compare && [summary.compare.bounces, summary.compare.visits],
			frame,
		),
	}),
	lcp: (summary, frame) => vitalKpi("lcp", summary, frame),
	inp: (summary, frame) => vitalKpi("inp", summary, frame),
};

export function Kpis({ summary, frame }: { summary: Summary; frame: Frame }) {
	const { view, text, link } = frame;
	return (
		<ul class="kpis" aria-label={text.kpis}>
			{metrics.map((metric) => {
				const { value, note, change, verdict } = kpis[metric](summary, frame);
				const vital = metric === "lcp" || metric === "inp";
				const foot: Child = note ?? (
					<>
						<Delta change={change} frame={frame} />
						{verdict && <span class={`word ${verdict}`}>{text.verdicts[verdict]}</span>}
					</>
				);
				return (
					<li>
						<a href={link({ metric })} aria-current={metric === view.metric ? "true" : undefined}>
							<span class="label">
								{vital && <Glyph verdict={verdict ?? "good"} hollow={!verdict} />}
								{text.metrics[metric]}
							</span>
							<strong>{value ?? "–"}</strong>
							<span class="foot">{foot}</span>
						</a>
					</li>
				);
			})}
		</ul>
	);
}
