/** A vital by page, device, country or element: p75, its spread, and how many views lie outside good. */
import type { Child } from "hono/jsx";
import type { Vital } from "../../../schema/buckets.ts";
import type { VitalFigure } from "../../stats/answers.ts";
import { SplitBar } from "../charts/bar.tsx";
import type { Frame } from "../frame.ts";
import { comparedText } from "../panels/compared.ts";
import { ChangeHead, Delta, vitalChange } from "../panels/delta.tsx";
import { shareText, VitalCell } from "../panels/figure-text.tsx";
import { Panel } from "../panels/panel.tsx";
import type { SpeedWords } from "./words.ts";

export interface BreakdownRow {
	name: Child;
	note?: Child;
	/** The row of the answer. */
	row: string;
	figure: VitalFigure;
	/** In the range it is compared with. */
	before?: VitalFigure | undefined;
	hidden?: boolean;
	/** Where another call than the panel's answered it. */
	call?: string;
	of?: string;
}

/** Views that were slower than good. */
export const outside = ({ needs, poor }: VitalFigure) => needs + poor;

/** Most views outside good first, what is hidden last; without measurements not at all. */
export function slowestFirst<Row extends { figure: VitalFigure; hidden?: boolean }>(rows: readonly Row[]): Row[] {
	const weight = ({ figure }: Row) => outside(figure);
	return rows
		.filter(({ figure }) => figure.n > 0)
		.sort(
			(a, b) =>
				Number(a.hidden ?? false) - Number(b.hidden ?? false) || weight(b) - weight(a) || b.figure.n - a.figure.n,
		);
}

export function BreakdownPanel(props: {
	id: string;
	title: string;
	subtitle?: Child;
	aside?: Child;
	head: string;
	vital: Vital;
	/** Where in a row the vital is. */
	of: string;
	/** See callOf. */
	call: string;
	list?: string;
	rows: readonly BreakdownRow[];
	none: string;
	frame: Frame;
	words: SpeedWords;
}) {
	const isCompared = props.frame.view.compare !== undefined;
	const { id, title, subtitle, aside, head, vital, of, call, list, rows, none, frame, words } = props;
	return (
		<Panel id={id} title={title} subtitle={subtitle} compared={comparedText(frame)} aside={aside}>
			{rows.length === 0 ? (
				<p class="none">{none}</p>
			) : (
				<table class="breakdown" data-answer={call} data-list={list}>
					<thead>
						<tr>
							<th scope="col">{head}</th>
							<th scope="col" class="number">
								{vital.toUpperCase()} p75
							</th>
							{isCompared && <ChangeHead frame={frame} />}
							<th scope="col" class="split-cell middling">
								{words.distribution}
							</th>
							<th scope="col" class="number">
								{words.outside}
							</th>
						</tr>
					</thead>
					<tbody>
						{rows.map(({ name, note, row, figure, before, hidden, call: own, of: ownOf = of }) => (
							<tr class={hidden ? "hatched" : undefined} data-row={own ? undefined : row} data-answer={own}>
								<th scope="row">
									{name}
									{note && <small>{note}</small>}
								</th>
								<td class="number">
									<VitalCell vital={vital} figure={figure} frame={frame} of={ownOf} />
								</td>
								{isCompared && (
									<td class="number middling">
										<Delta change={vitalChange(figure, before, frame)} frame={frame} />
									</td>
								)}
								<td class="split-cell middling">
									<SplitBar split={figure} />
								</td>
								<td class="number" data-of={`${ownOf}.outside`}>
									{shareText(outside(figure), figure.n, frame)}
								</td>
							</tr>
						))}
					</tbody>
				</table>
			)}
		</Panel>
	);
}
