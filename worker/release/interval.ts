/**
 * How far noise can have carried a released figure: 95 % intervals of a value, of a sum over periods and of a change. Nothing is
 * cut at zero, so that sums stay right on average. Leaves out chance in who visits: it is about the noise only.
 */

/** A released figure: the value, and the variance of the noise in it. */
export interface Noisy {
	value: number;
	sigma2: number;
}

export interface Interval {
	low: number;
	value: number;
	high: number;
}

/** Two-sided 95 % of the standard normal. */
export const z = 1.959964;

/** Least whole number h with P[|N| ≤ h] ≥ 95 %; half a step goes to each end because the noise is whole. */
export function halfWidth(sigma2: number): number {
	return Math.max(0, Math.ceil(z * Math.sqrt(sigma2) - 0.5));
}

export function intervalOf({ value, sigma2 }: Noisy): Interval {
	const half = halfWidth(sigma2);
	return { low: value - half, value, high: value + half };
}

/** Independent noise adds up in variance. */
export function sumOf(figures: readonly Noisy[]): Noisy {
	return figures.reduce((sum, { value, sigma2 }) => ({ value: sum.value + value, sigma2: sum.sigma2 + sigma2 }), {
		value: 0,
		sigma2: 0,
	});
}

/** The change from one figure to another of other periods. Noise is independent only between different draws. */
export function changeOf(from: Noisy, to: Noisy): Noisy {
	return { value: to.value - from.value, sigma2: from.sigma2 + to.sigma2 };
}

/** Whether the change is more than noise: 95 % of it lies on one side of zero. */
export function directionOf(change: Noisy): "up" | "down" | "unsure" {
	const { low, high } = intervalOf(change);
	return low > 0 ? "up" : high < 0 ? "down" : "unsure";
}
