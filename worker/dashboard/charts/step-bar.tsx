/** A step of a funnel in a 100 % wide picture: those who came this far, and behind them those who did not go on to here. */
import { percentOf } from "./bar.tsx";

/** Both as shares of the first step. */
export function StepBar({ reached, before }: { reached: number; before: number }) {
	return (
		<svg class="bar step" width="100%" height="14" aria-hidden="true">
			<rect class="track" width="100%" height="14" rx="3" />
			<rect class="lost" width={percentOf(before)} height="14" rx="3" />
			<rect class="fill" width={percentOf(reached)} height="14" rx="3" />
		</svg>
	);
}
