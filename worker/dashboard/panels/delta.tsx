/** A change since the comparison: direction, size and whether it is good news, each told apart. */
import type { Times, VitalFigure } from "../../stats/answers.ts";
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
				{unsure && !text.startsWith("±") && <span class="vh"> ({frame.text.unsure})</span>}
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

/** Head of a table's column of changes; `from`: the narrowest screen that has it. */
export function ChangeHead({ frame, from = "middling" }: { frame: Frame; from?: "middling" | "broad" | "" }) {
	return (
		<th scope="col" class={`number ${from}`.trim()}>
			{frame.text.vitals.change}
		</th>
	);
}

/** Two-sided 95 % of the normal distribution. */
const z = 1.96;

/** The relative change of a count; too small a base gives none. Counts that chance alone would set as far apart are unsure. */
export function countChange(
	now: number,
	before: number | undefined,
	frame: Frame,
	better: Change["better"] = "up",
): Change | undefined {
	if (before === undefined || before < fewestForPercentile) return undefined;
	const ratio = now / before - 1;
	// The difference of two Poisson counts has their sum as its variance.
	const unsure = Math.abs(now - before) <= z * Math.sqrt(now + before);
	return { difference: ratio, text: frame.format.change(ratio, 1), better, unsure };
}

export function shareChange(
	now: [number, number],
	before: [number, number] | undefined,
	frame: Frame,
	better: Change["better"] = "down",
): Change | undefined {
	if (!before || before[1] < fewestForPercentile || now[1] < fewestForPercentile) return undefined;
	const difference = now[0] / now[1] - before[0] / before[1];
	// Two proportions with one pooled variance.
	const pooled = Math.min((now[0] + before[0]) / (now[1] + before[1]), 1);
	const unsure = Math.abs(difference) <= z * Math.sqrt(pooled * (1 - pooled) * (1 / now[1] + 1 / before[1]));
	return { difference, text: frame.format.points(difference), better, unsure };
}

/** The change of a time's p75; nothing of too few measurements. */
export function timesChange(now: Times, before: Times | undefined, frame: Frame): Change | undefined {
	const asFigure = ({ p75, p75Interval, n }: Times) => ({ p75, interval: p75Interval, n });
	return vitalChange(asFigure(now), before && asFigure(before), frame);
}

export function vitalChange(
	now: Pick<VitalFigure, "p75" | "interval" | "n">,
	before: typeof now | undefined,
	frame: Frame,
): Change | undefined {
	const p75 = percentileOf(now);
	const old = before ? percentileOf(before) : null;
	if (!before || p75 === null || old === null) return undefined;
	// A layout shift of 0 has no relative change.
	if (old === 0) return p75 === 0 ? { difference: 0, text: frame.format.change(0, 0), better: "down" } : undefined;
	const ratio = p75 / old - 1;
	return { difference: ratio, text: frame.format.change(ratio, 0), better: "down", unsure: !differ(now, before) };
}
