/**
 * A histogram of times on a logarithmic axis. Bars keep the edges of the data's buckets, so none straddles a limit;
 * sealing may have merged neighbours, so a bar's height is its count per width on the axis and its area the count.
 */
import { scaleLog } from "d3-scale";
import type { Vital } from "../../../schema/buckets.ts";
import { limitsOf, type Verdict, verdictOf } from "../verdict.ts";

const height = 250;
const top = 40;
const below = 24;

export interface HistogramInput {
	vital: Vital;
	bars: readonly { from: number; to: number | null; count: number }[];
	p75: number | null;
	interval: [number, number] | null;
	p75Text: string;
	tick(value: number): string;
}

const roundMarks = [100, 250, 500, 1000, 10_000, 30_000, 100_000, 300_000, 1_000_000];
/** Marks nearer than this share of the width would touch at 320 px. */
const apart = 0.13;

/** The outermost parts of the count, this share on either side, are gathered in the bars at the ends of the axis. */
const tail = 0.003;

/**
 * The ends of the axis, on edges of the data: where all but the tails lie, and never narrower than from a fifth of the
 * lower limit to twice the upper, so that a fast site does not look slow.
 */
function domainOf(bars: HistogramInput["bars"], limits: [number, number]): [number, number] {
	const total = bars.reduce((sum, { count }) => sum + count, 0);
	let counted = 0;
	let low = limits[0] / 5;
	let high = limits[1] * 2;
	for (const { from, to, count } of bars) {
		const before = counted / total;
		counted += count;
		if (from > 0 && before <= tail) low = Math.min(from, limits[0] / 5);
		if (before < 1 - tail) high = Math.max(to ?? from * 1.2, limits[1] * 2);
	}
	return [Math.max(low, limits[0] / 50), high];
}

interface Bar {
	from: number;
	to: number;
	count: number;
}

/** Buckets narrower than this ratio of their edges are slivers: half of the eight in a doubling. */
const sliver = 2 ** (1 / 14);

/** Other vitals' limits cut slivers off the shared buckets; they join a neighbour, but never across this vital's own limits. */
function withoutSlivers(bars: readonly Bar[], limits: readonly number[]): Bar[] {
	const joined: Bar[] = [];
	for (const bar of bars) {
		const last = joined.at(-1);
		const thin = bar.to / bar.from < sliver || (last !== undefined && last.to / last.from < sliver);
		if (last && thin && last.to === bar.from && !limits.includes(bar.from))
			joined[joined.length - 1] = { from: last.from, to: bar.to, count: last.count + bar.count };
		else joined.push(bar);
	}
	return joined;
}

interface Drawn {
	x: number;
	width: number;
	density: number;
	verdict: Verdict;
}

function drawBars({ bars, vital }: HistogramInput, [low, high]: [number, number], place: (value: number) => number) {
	const inside = new Map<number, Bar>();
	for (const { from, to, count } of bars) {
		const left = Math.max(Math.min(from, high * 0.92), low);
		const right = Math.min(to ?? high, high);
		const edge = right <= low ? low : left;
		const bar = inside.get(edge);
		if (bar) inside.set(edge, { ...bar, to: Math.max(bar.to, right), count: bar.count + count });
		else inside.set(edge, { from: edge, to: right, count });
	}
	return withoutSlivers([...inside.values()], limitsOf(vital)).map(({ from, to, count }): Drawn => {
		const x = place(from);
		const width = Math.max(place(to) - x, 0.006);
		return { x, width, density: count / width, verdict: verdictOf(vital, to) };
	});
}

export function Histogram(input: HistogramInput) {
	const { vital, bars, p75, interval, p75Text, tick } = input;
	const limits = limitsOf(vital);
	const [low, high] = domainOf(bars, limits);
	const place = scaleLog([low, high], [0, 1]).clamp(true);
	const at = (value: number) => `${Math.round(place(value) * 1000) / 10}%`;
	const drawn = drawBars(input, [low, high], place);
	const most = Math.max(...drawn.map((bar) => bar.density));
	const marks = [...limits];
	for (const value of roundMarks)
		if (value > low && value < high && marks.every((other) => Math.abs(place(other) - place(value)) > apart))
			marks.push(value);
	const flipped = p75 !== null && place(p75) > 0.6;
	return (
		<svg class="histogram" width="100%" height={height + below} aria-hidden="true">
			{interval && (
				<rect
					class="interval"
					x={at(interval[0])}
					y={top - 18}
					width={`${Math.round((place(interval[1]) - place(interval[0])) * 1000) / 10}%`}
					height={height - top + 18}
				/>
			)}
			{drawn.map(({ x, width, density, verdict }) => {
				const tall = Math.max((density / most) * (height - top), 1.5);
				return (
					<rect
						class={verdict}
						x={`${(x * 100 + 0.08).toFixed(2)}%`}
						y={(height - tall).toFixed(1)}
						width={`${(width * 100 - 0.16).toFixed(2)}%`}
						height={tall.toFixed(1)}
						rx="1"
					/>
				);
			})}
			<line class="base" x2="100%" y1={height} y2={height} />
			{limits.map((value) => (
				<line class="limit" x1={at(value)} x2={at(value)} y1={top} y2={height} />
			))}
			{marks.map((value) => (
				<text x={at(value)} y={height + 18} text-anchor={place(value) > 0.95 ? "end" : "middle"}>
					{tick(value)}
				</text>
			))}
			{p75 !== null && (
				<>
					<line class="reading" x1={at(p75)} x2={at(p75)} y1={top - 18} y2={height} />
					<circle class="reading" cx={at(p75)} cy={height} r="3" />
					<text class="reading" x={at(p75)} dx={flipped ? -7 : 7} y={top - 14} text-anchor={flipped ? "end" : "start"}>
						{p75Text}
					</text>
				</>
			)}
		</svg>
	);
}
