/**
 * The one histogram layout: integer boundaries, eight per doubling (OpenTelemetry's exponential layout, scale 3),
 * with the web-vitals limits and the engaged-time marks inserted so that shares over a limit are exact.
 * Durations are in ms, CLS is multiplied by `clsScale`.
 */

export const clsScale = 10_000;
export const longestMs = 3_600_000;

/** [good up to, poor above], in ms; CLS × clsScale. Source: https://web.dev/articles/vitals */
export const vitalLimits = {
	lcp: [2500, 4000],
	inp: [200, 500],
	cls: [1000, 2500],
	fcp: [1800, 3000],
	ttfb: [800, 1800],
} as const;
export type Vital = keyof typeof vitalLimits;
export const vitals = Object.keys(vitalLimits) as Vital[];

const engagedMarksMs = [10_000, 30_000, 60_000, 180_000];

function makeBoundaries(): number[] {
	const all = new Set([longestMs, ...engagedMarksMs, ...Object.values(vitalLimits).flat()]);
	for (let step = 0; 2 ** (step / 8) < longestMs; step++) all.add(Math.round(2 ** (step / 8)));
	return [...all].sort((a, b) => a - b);
}

/** Bucket i holds boundaries[i-1] < value ≤ boundaries[i]; the last bucket holds what is above the last boundary. */
export const boundaries: readonly number[] = makeBoundaries();
export const bucketCount = boundaries.length + 1;

/** Index of the bucket that holds `value` (ms, or CLS × clsScale). A limit itself counts as within the limit. */
export function bucketOf(value: number): number {
	const index = boundaries.findIndex((boundary) => value <= boundary);
	return index < 0 ? boundaries.length : index;
}
