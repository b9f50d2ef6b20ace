/**
 * A line over periods with a dashed line of comparison. Text is placed in per cent of the width and keeps its size;
 * the lines stretch in a picture of their own. Straight segments: smoothing invents values between days.
 */
import { scaleLinear } from "d3-scale";
import { line } from "d3-shape";

const height = 216;
const top = 8;
/** Room for the dates. */
const below = 26;

export interface LinePoint {
	value: number | null;
	/** True where the figure may still change: drawn dashed. */
	provisional: boolean;
}
export interface LineChartInput {
	points: readonly LinePoint[];
	compared: readonly (number | null)[];
	/** Dates to write below, by index of the point. */
	marks: { index: number; text: string }[];
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

export function LineChart({ points, compared, marks, limit, atLeast, steps, write }: LineChartInput) {
	const values = [...points.map((point) => point.value), ...compared].filter((value) => value !== null);
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
	const comparedRuns = runs(
		compared.map((value) => ({ value, provisional: false })),
		false,
	);
	// A value between two gaps has no segment: it gets a dot, and so does the last one.
	const dots = points.flatMap(({ value }, index) => {
		const alone = typeof points[index - 1]?.value !== "number" && typeof points[index + 1]?.value !== "number";
		return value !== null && (alone || index === points.length - 1) ? [{ index, value }] : [];
	});
	return (
		<>
			<svg class="scale" width="100%" height={height + below} aria-hidden="true">
				{ticks.map((tick) => (
					<text x="100%" y={y(tick) + 4} text-anchor="end">
						{write(tick)}
					</text>
				))}
			</svg>
			<svg class="lines" width="100%" height={height + below} aria-hidden="true">
				{ticks.map((tick) => (
					<line class={tick === 0 ? "base" : "grid"} x2="100%" y1={y(tick)} y2={y(tick)} />
				))}
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
				{dots.map(({ index, value }) => (
					<circle class="dot" cx={at(index)} cy={y(value)} r="3.5" />
				))}
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
