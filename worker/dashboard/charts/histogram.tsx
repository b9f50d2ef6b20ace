/**
 * A histogram of a web vital on a logarithmic axis. No bar straddles a limit; a bar's height is its count per width on the
 * axis, its area the count.
 */
import { scaleLog } from "d3-scale";
import { clsScale, type Vital } from "../../../schema/buckets.ts";
import { limitsOf, verdictOf } from "../verdict.ts";
import { type Bucket, binsOf } from "./bins.ts";

const height = 250;
const top = 40;
const below = 24;

export interface HistogramInput {
	vital: Vital;
	buckets: readonly Bucket[];
	p75: number | null;
	interval: [number, number] | null;
	p75Text: string;
	tick(value: number): string;
}

const roundMarks = [
	0.01, 0.02, 0.05, 0.5, 1, 10, 25, 50, 100, 250, 500, 1000, 10_000, 30_000, 100_000, 300_000, 1_000_000,
];
/** Marks nearer than this share of the width would touch at 320 px. */
const apart = 0.13;

export function Histogram({ vital, buckets, p75, interval, p75Text, tick }: HistogramInput) {
	const limits = limitsOf(vital);
	const bins = binsOf(buckets, limits, vital === "cls" ? clsScale : 1);
	const low = bins[0]?.from ?? limits[0];
	const high = bins.at(-1)?.to ?? limits[1];
	const place = scaleLog([low, high], [0, 1]).clamp(true);
	const at = (value: number) => `${Math.round(place(value) * 1000) / 10}%`;
	const bars = bins
		.filter(({ count }) => count > 0)
		.map(({ from, to, count }) => {
			const x = place(from);
			const width = place(to) - x;
			return { x, width, density: count / width, verdict: verdictOf(vital, to) };
		});
	const most = Math.max(...bars.map((bar) => bar.density));
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
			{bars.map(({ x, width, density, verdict }) => {
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
