/** Key figures side by side: name, value, change, verdict. Leaves out which figures, and where they lead. */
import type { Child } from "hono/jsx";
import type { Vital } from "../../../schema/buckets.ts";
import type { VitalFigure } from "../../stats/answers.ts";
import { Glyph } from "../charts/marks.tsx";
import type { Frame } from "../frame.ts";
import { percentileOf, type Verdict, verdictOf } from "../verdict.ts";
import { type Change, Delta, vitalChange } from "./delta.tsx";
import { fewText } from "./figure-text.tsx";

export interface Kpi {
	value: string | null;
	/** Where in the answer the value is. */
	of: string;
	/** Said instead of a change, as where there are too few measurements for a value. */
	note?: Child;
	change?: Change | undefined;
	/** On vitals: undefined where there are too few measurements for one. */
	verdict?: Verdict | undefined;
	isVital?: true;
}
export interface NamedKpi extends Kpi {
	label: string;
	/** Where a click leads; without it the figure is only read. */
	href?: string;
	current?: boolean;
}

/** The p75 of a vital, with its verdict and change. */
export function vitalKpi(vital: Vital, figure: VitalFigure, before: VitalFigure | undefined, of: string, frame: Frame) {
	const p75 = percentileOf(figure);
	const kpi: Kpi =
		p75 === null
			? { value: null, of, note: <span data-of={of}>{fewText(figure.n, frame)}</span>, isVital: true }
			: {
					value: frame.format.vital(vital, p75),
					of,
					isVital: true,
					verdict: verdictOf(vital, p75),
					change: vitalChange(figure, before, frame),
				};
	return kpi;
}

export function KpiList({ kpis, label, frame }: { kpis: readonly NamedKpi[]; label: string; frame: Frame }) {
	return (
		<ul class={`kpis${kpis.length === 5 ? " five" : ""}`} aria-label={label}>
			{kpis.map(({ label: name, value, of, note, change, verdict, isVital, href, current }) => {
				const inner = (
					<>
						<span class="label">
							{isVital && <Glyph verdict={verdict ?? "good"} hollow={!verdict} />}
							{name}
						</span>
						<strong data-of={value === null ? undefined : of}>{value ?? "–"}</strong>
						<span class="foot">
							{note}
							<Delta change={change} frame={frame} />
							{verdict && <span class={`word ${verdict}`}>{frame.text.verdicts[verdict]}</span>}
						</span>
					</>
				);
				return (
					<li>
						{href === undefined ? (
							<div>{inner}</div>
						) : (
							<a href={href} aria-current={current ? "true" : undefined}>
								{inner}
							</a>
						)}
					</li>
				);
			})}
		</ul>
	);
}
