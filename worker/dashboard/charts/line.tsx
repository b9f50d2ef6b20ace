/**
 * A line over periods with a dashed line of comparison. Text is placed in per cent of the width and keeps its size;
 * the lines stretch in a picture of their own. Straight segments: smoothing invents values between days.
 */

import { scaleLinear } from "d3-scale";
import { area, line } from "d3-shape";
import type { NoteMark } from "../notes/marks.ts";
import { NoteMarks, NoteSpans } from "./note-marks.tsx";
import { GridLines, Scale } from "./scale.tsx";

const height = 216;
const top = 8;
/** Room for the dates. */
const below = 26;

/** So many points of a band stand apart, so that a line between weeks is not read as days. */
const mostDots = 26;

export interface LinePoint {
	value: number | null;
	/** True where the figure may still change: drawn dashed. */
	provisional: boolean;
}
export interface LineChartInput {
	points: readonly LinePoint[];
	compared: readonly (number | null)[];
	/** Low and high of each point's interval, drawn as a band behind the line. */
	band?: readonly (readonly [number, number])[];
	/** Low and high of single points, drawn as a whisker through each. */
	intervals?: readonly (readonly [number, number] | null)[];
	/** Dates to write below, by index of the point. */
	marks: { index: number; text: string }[];
	/** Notes to mark, and to shade where they are about several points. */
	notes?: readonly NoteMark[];
	/** A limit to draw across, with its name. */
	limit?: { value: number; text: string } | undefined;
	/** The lowest the axis may end at, so that a handful of visits does not fill the picture. */
	atLeast: number;
	/** Gives the marks of the axis; plain round numbers unless told otherwise. */
	steps?: ((most: number) => number[]) | undefined;
	write(value: number): string;
}

/** Runs of points that have a value, split where the dashes begin: a provisional point's segment is dashed. */
function runs(points: readonly LinePoint[], provisional: boolean): [number, number][][] {
	const found: [number, number][][] = [];
	points.forEach((point, index) => {
		const before = points[index - 1];
		if (point.value === null || typeof before?.value !== "number" || point.provisional !== provisional) return;
		const last = found.at(-1);
		if (last && last.at(-1)?.[0] === index - 1) last.push([index, point.value]);
		else
			found.push([
				[index - 1, before.value],
				[index, point.value],
			]);
	});
	return found;
}

export function LineChart({
	points,
	compared,
	band = [],
	intervals = [],
	marks,
	notes = [],
	limit,
	atLeast,
	steps,
	write,
}: LineChartInput) {
	const ends = [...band.flat(), ...intervals.flatMap((interval) => interval ?? [])];
	const values = [...points.map((point) => point.value), ...compared, ...ends].filter((value) => value !== null);
	const most = Math.max(...values, limit?.value ?? 0, atLeast);
	const own = steps?.(most);
	const scale = scaleLinear([0, own?.at(-1) ?? most], [height, top]);
	if (!own) scale.nice(4);
	const ticks = own ?? scale.ticks(4);
	const gaps = Math.max(points.length - 1, 1);
	const x = (index: number) => (points.length < 2 ? 500 : (index / gaps) * 1000);
	const at = (index: number) => `${Math.round(x(index)) / 10}%`;
	const y = (value: number) => Math.round(scale(value) * 10) / 10;
	const path = line<[number, number]>(
		([index]) => x(index),
		([, value]) => y(value),
	).digits(1);
	const bandPath = area<readonly [number, number]>()
		.x((_, index) => x(index))
		.y0(([low]) => y(low))
		.y1(([, high]) => y(high))
		.digits(1);
	const comparedRuns = runs(
		compared.map((value) => ({ value, provisional: false })),
		false,
	);
	// A value between two gaps has no segment: it gets a dot, and so do the last one and the few of a band.
	const few = band.length > 0 && band.length <= mostDots;
	const dots = points.flatMap(({ value }, index) => {
		const alone = typeof points[index - 1]?.value !== "number" && typeof points[index + 1]?.value !== "number";
		return value !== null && (few || alone || index === points.length - 1) ? [{ index, value }] : [];
	});
	return (
		<>
			<Scale ticks={ticks} y={y} height={height + below} write={write} />
			<svg class="lines" width="100%" height={height + below} aria-hidden="true">
				<NoteSpans marks={notes} x={x} top={top} height={height} />
				<GridLines ticks={ticks} y={y} />
				{limit && (
					<>
						<line class="limit" x2="100%" y1={y(limit.value)} y2={y(limit.value)} />
						<text class="haloed" x="4" y={y(limit.value) - 6}>
							{limit.text}
						</text>
					</>
				)}
				<svg
					viewBox={`0 0 1000 ${height}`}
					width="100%"
					height={height}
					preserveAspectRatio="none"
					class="stretch"
					aria-hidden="true"
				>
					{band.length > 1 && <path class="band" d={bandPath(band) ?? undefined} />}
					{comparedRuns.map((run) => (
						<path class="compared" d={path(run)} />
					))}
					{runs(points, false).map((run) => (
						<path class="now" d={path(run)} />
					))}
					{runs(points, true).map((run) => (
						<path class="now provisional" d={path(run)} />
					))}
				</svg>
				{band.length === 1 &&
					band.map(([low, high]) => <line class="whisker" x1="50%" x2="50%" y1={y(low)} y2={y(high)} />)}
				{intervals.map(
					(interval, index) =>
						interval && <line class="spread" x1={at(index)} x2={at(index)} y1={y(interval[0])} y2={y(interval[1])} />,
				)}
				{dots.map(({ index, value }) => (
					<circle class="dot" cx={at(index)} cy={y(value)} r="3.5" />
				))}
				<NoteMarks marks={notes} at={at} last={gaps} top={top} height={height} />
				{marks.map(({ index, text }, place) => (
					<text
						class={marks.length > 3 && place % 2 === 1 ? "minor" : undefined}
						x={at(index)}
						y={height + 20}
						text-anchor={points.length < 2 ? "middle" : index === 0 ? "start" : index === gaps ? "end" : "middle"}
					>
						{text}
					</text>
				))}
			</svg>
		</>
	);
}
