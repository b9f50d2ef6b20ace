/** An estimate as a dot on its interval, in a 100 % wide picture. No words, no style attributes. */
import { percentOf } from "./bar.tsx";

/** All three as shares of the picture's width. */
export function IntervalBar({ value, low, high }: { value: number; low: number; high: number }) {
	return (
		<svg class="estimate" width="100%" height="12" aria-hidden="true">
			<line class="rail" x2="100%" y1="6" y2="6" />
			<rect x={percentOf(low)} y="3" width={percentOf(Math.min(high, 1) - Math.max(low, 0))} height="6" rx="3" />
			<circle cx={percentOf(value)} cy="6" r="4.5" />
		</svg>
	);
}
