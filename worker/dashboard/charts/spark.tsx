/** A sparkline of counts per period, zero at the bottom, the last one dotted. */
import { line } from "d3-shape";

const width = 72;
const height = 22;
const margin = 3;
/** More points than this cannot be seen apart at this width: neighbours are added up. */
const maxPoints = 60;

function thinned(values: readonly number[]): number[] {
	const step = Math.ceil(values.length / maxPoints);
	if (step <= 1) return [...values];
	// Whole groups only, counted from the end, so that an incomplete first group does not look like a rise.
	const first = values.length % step;
	return Array.from({ length: Math.floor(values.length / step) }, (_, group) =>
		values.slice(first + group * step, first + (group + 1) * step).reduce((sum, value) => sum + value, 0),
	);
}

export function Spark({ values }: { values: readonly number[] }) {
	const points = thinned(values);
	if (points.length < 2) return null;
	const most = Math.max(...points, 1);
	const x = (index: number) => margin + (index / (points.length - 1)) * (width - 2 * margin);
	const y = (value: number) => height - margin - (value / most) * (height - 2 * margin);
	const path = line<number>((_, index) => x(index), y).digits(1)(points) ?? "";
	const last = points.at(-1) ?? 0;
	return (
		<svg class="spark" width={width} height={height} aria-hidden="true">
			<path d={path} />
			<circle cx={x(points.length - 1)} cy={Math.round(y(last) * 10) / 10} r="2" />
		</svg>
	);
}
