/** A change since the comparison: direction, size and whether it is good news, each told apart. */
import type { VitalFigure } from "../../stats/answers.ts";
import { Arrow } from "../charts/marks.tsx";
import type { Frame } from "../frame.ts";
import { differ, fewestForPercentile, percentileOf } from "../verdict.ts";

export interface Change {
	/** Above 0 where the figure rose; the text below may still round to nothing. */
	difference: number;
	text: string;
	/** Which way is good news, where one is. */
	better: "up" | "down" | "neither";
	/** True where the two cannot be told apart: no arrow, no colour. */
	unsure?: boolean;
}

export function Delta({ change, frame }: { change: Change | undefined; frame: Frame }) {
	if (!change) return null;
	const { difference, text, better, unsure } = change;
	if (unsure || text.startsWith("±"))
		return (
			<span class="delta flat">
				{text}
				{unsure && <span class="vh"> ({frame.text.unsure})</span>}
			</span>
		);
	const up = difference > 0;
	const news = better === "neither" ? "" : up === (better === "up") ? " good" : " poor";
	return (
		<span class={`delta${news}`}>
			<Arrow up={up} /> {text}
		</span>
	);
}

/** The relative change of a count; too small a base gives none. */
export function countChange(now: number, before: number | undefined, frame: Frame): Change | undefined {
	if (before === undefined || before < fewestForPercentile) return undefined;
	const ratio = now / before - 1;
	return { difference: ratio, text: frame.format.change(ratio, 1), better: "up" };
}

export function shareChange(
	now: [number, number],
	before: [number, number] | undefined,
	frame: Frame,
	better: Change["better"] = "down",
): Change | undefined {
	if (!before || before[1] < fewestForPercentile || now[1] < fewestForPercentile) return undefined;
	const difference = now[0] / now[1] - before[0] / before[1];
	return { difference, text: frame.format.points(difference), better };
}

export function vitalChange(now: VitalFigure, before: VitalFigure | undefined, frame: Frame): Change | undefined {
	const p75 = percentileOf(now);
	const old = before ? percentileOf(before) : null;
	if (!before || p75 === null || old === null) return undefined;
	// A layout shift of 0 has no relative change.
	if (old === 0) return p75 === 0 ? { difference: 0, text: frame.format.change(0, 0), better: "down" } : undefined;
	const ratio = p75 / old - 1;
	return { difference: ratio, text: frame.format.change(ratio, 0), better: "down", unsure: !differ(now, before) };
}
