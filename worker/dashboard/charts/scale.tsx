/** The upright axis of a chart: its numbers, which stay 12 px however wide the chart is, and a line across for each. */

interface Axis {
	ticks: readonly number[];
	/** Place of a value from the top, px. */
	y(value: number): number;
}

export function Scale({ ticks, y, height, write }: Axis & { height: number; write(value: number): string }) {
	return (
		<svg class="scale" width="100%" height={height} aria-hidden="true">
			{ticks.map((tick) => (
				<text x="100%" y={y(tick) + 4} text-anchor="end">
					{write(tick)}
				</text>
			))}
		</svg>
	);
}

export function GridLines({ ticks, y }: Axis) {
	return (
		<>
			{ticks.map((tick) => (
				<line class={tick === 0 ? "base" : "grid"} x2="100%" y1={y(tick)} y2={y(tick)} />
			))}
		</>
	);
}
