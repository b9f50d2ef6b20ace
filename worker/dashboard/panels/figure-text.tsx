/** Figures that need judgement before they are written: percentiles of few measurements, shares of few visits. */
import type { Vital } from "../../../schema/buckets.ts";
import type { Times, VitalFigure } from "../../stats/answers.ts";
import { Glyph } from "../charts/marks.tsx";
import type { Frame } from "../frame.ts";
import { fewestForPercentile, percentileOf, verdictOf } from "../verdict.ts";

/** "too few measurements (17)" or "no measurements". */
export function fewText(n: number, frame: Frame): string {
	return n === 0 ? frame.text.noMeasurements : frame.text.fewMeasurements(frame.format.count(n));
}

/** A share in per cent; of fewer than 30 the two counts themselves. */
export function shareText(part: number, whole: number, frame: Frame): string {
	const { count, percent } = frame.format;
	if (whole === 0) return "–";
	return whole < fewestForPercentile ? frame.text.of(count(part), count(whole)) : percent(part / whole);
}

/**
 * A median time, or null where nothing was measured. Of few measurements it is marked as rough: how long the first visitors
 * stayed is worth seeing, and unlike a web vital it is not judged.
 */
export function medianText(times: Times, frame: Frame): string | null {
	if (times.p50 === null) return null;
	const time = frame.format.duration(times.p50);
	return times.n < fewestForPercentile ? frame.text.about(time) : time;
}

/** Glyph and p75 of a vital for a table's cell. `of`: where in the row the figure is, unless under the vital's name. */
export function VitalCell({
	vital,
	figure,
	frame,
	of = vital,
}: {
	vital: Vital;
	figure: VitalFigure;
	frame: Frame;
	of?: string;
}) {
	const p75 = percentileOf(figure);
	if (p75 === null)
		return (
			<span class="few" title={fewText(figure.n, frame)}>
				<Glyph verdict="good" hollow />
				<span aria-hidden="true" data-of={`${of}.n`}>
					({frame.format.count(figure.n)})
				</span>
				<span class="vh" data-of={of}>
					{fewText(figure.n, frame)}
				</span>
			</span>
		);
	const verdict = verdictOf(vital, p75);
	return (
		<span class="vital">
			<Glyph verdict={verdict} />
			<span data-of={of}>{frame.format.vital(vital, p75)}</span>
			<span class="vh"> {frame.text.verdicts[verdict]}</span>
		</span>
	);
}
