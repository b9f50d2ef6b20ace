/** The site's six key figures; each is a link that picks what the timeline shows. */
import type { Summary, Times } from "../../stats/answers.ts";
import { callOf, type Frame } from "../frame.ts";
import { type Metric, metrics } from "../range.ts";
import { fewestForPercentile } from "../verdict.ts";
import { unfollowedText } from "./compared.ts";
import { countChange, shareChange } from "./delta.tsx";
import { fewText, medianText, shareText } from "./figure-text.tsx";
import { type Kpi, KpiList, vitalKpi } from "./kpi-list.tsx";

/** The median of a time, with its change where both are of enough measurements. */
export function timeKpi(times: Times, earlier: Times | undefined, frame: Frame): Kpi {
	const value = medianText(times, frame);
	const of = "engagedMs";
	if (times.n < fewestForPercentile)
		return { value, of, note: <span data-of="engagedMs.n">{fewText(times.n, frame)}</span> };
	const before = earlier && earlier.n >= fewestForPercentile ? earlier.p50 : null;
	if (!before) return { value, of };
	const ratio = (times.p50 ?? 0) / before - 1;
	return { value, of, change: { difference: ratio, text: frame.format.change(ratio, 1), better: "up" } };
}

const kpis: Record<Metric, (summary: Summary, frame: Frame) => Kpi> = {
	besok: (summary, frame) => ({
		value: frame.format.count(summary.visits),
		of: "visits",
		change: countChange(summary.visits, summary.compare?.visits, frame),
	}),
	visninger: (summary, frame) => ({
		value: frame.format.count(summary.views),
		of: "views",
		change: countChange(summary.views, summary.compare?.views, frame),
	}),
	tid: (summary, frame) => timeKpi(summary.engagedMs, summary.compare?.engagedMs, frame),
	enkelt: (summary, frame) => ({
		value: shareText(summary.bounces, summary.visits, frame),
		of: "bounces/visits",
		change: shareChange(
			[summary.bounces, summary.visits],
			summary.compare && [summary.compare.bounces, summary.compare.visits],
			frame,
		),
	}),
	lcp: (summary, frame) => vitalKpi("lcp", summary.vitals.lcp, summary.compare?.vitals.lcp, "vitals.lcp", frame),
	inp: (summary, frame) => vitalKpi("inp", summary.vitals.inp, summary.compare?.vitals.inp, "vitals.inp", frame),
};

export function Kpis({ summary, frame }: { summary: Summary; frame: Frame }) {
	const { view, text, link } = frame;
	const everywhere = unfollowedText(frame, ["page"]);
	const named = metrics.map((metric) => ({
		...kpis[metric](summary, frame),
		label: text.metrics[metric],
		href: link({ metric, goal: undefined }),
		current: metric === view.metric && view.goal === undefined,
	}));
	return (
		<div data-answer={callOf("summary", { device: view.device })}>
			<KpiList kpis={named} label={text.kpis} frame={frame} />
			{everywhere && (
				<p class="meta">
					{text.kpis}: {everywhere}
				</p>
			)}
		</div>
	);
}
