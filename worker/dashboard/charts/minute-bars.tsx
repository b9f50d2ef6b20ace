/** A bar a minute: page views, and within it the visits that began. A minute too small to be told is hatched up to what it may be. */

import { scaleLinear } from "d3-scale";
import { fewest, type Minute } from "../now/figures.ts";
import { GridLines, Scale } from "./scale.tsx";

const height = 200;
const top = 8;
const below = 26;
/** In per cent of the width: a minute's bar, and the room on each side of the row, which the look leaves beside the reading line too. */
const barWidth = 2.3;
const inset = 1.6;
/** The axis does not end below this, so that a handful of views does not fill the picture. */
const leastAxis = 10;

export interface MinuteBarsInput {
	minutes: readonly Minute[];
	/** Written below every so many minutes. */
	marks: { index: number; text: string }[];
	write(count: number): string;
}

export function MinuteBars({ minutes, marks, write }: MinuteBarsInput) {
	const most = Math.max(leastAxis, ...minutes.map(({ views }) => views ?? 0));
	const scale = scaleLinear([0, most], [height, top]).nice(4);
	const ticks = scale.ticks(4).filter(Number.isInteger);
	const gaps = Math.max(minutes.length - 1, 1);
	const at = (index: number) => inset + (index / gaps) * (100 - 2 * inset);
	const y = (count: number) => Math.round(scale(count) * 10) / 10;
	const bar = (index: number, count: number, className: string) => (
		<rect
			class={className}
			x={`${(at(index) - barWidth / 2).toFixed(2)}%`}
			y={y(count)}
			width={`${barWidth}%`}
			height={Math.round((height - y(count)) * 10) / 10}
		/>
	);
	return (
		<>
			<Scale ticks={ticks} y={y} height={height + below} write={write} />
			<svg class="lines minutes" width="100%" height={height + below} aria-hidden="true">
				<pattern id="few" width="6" height="6" patternUnits="userSpaceOnUse" patternTransform="rotate(-45)">
					<path class="hatch" d="M0 3h6" />
				</pattern>
				<GridLines ticks={ticks} y={y} />
				{minutes.map(({ views, visits }, index) => (
					<>
						{views === null ? bar(index, fewest - 1, "hidden") : bar(index, views, "views")}
						{visits !== null && bar(index, visits, "visits")}
					</>
				))}
				{marks.map(({ index, text }, place) => (
					<text
						class={place % 2 === 1 ? "minor" : undefined}
						x={`${at(index).toFixed(2)}%`}
						y={height + 20}
						text-anchor="middle"
					>
						{text}
					</text>
				))}
			</svg>
		</>
	);
}
