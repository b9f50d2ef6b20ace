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
const collectMarks = () => [...new Set([longestMs, ...engagedMarksMs, ...Object.values(vitalLimits).flat()])];
/** What is inserted, each once. */
const marks = /* @__PURE__ */ collectMarks();

const perDoubling = 8;
/** Up to here every whole number is a boundary; from here on every step is one. */
const lastWhole = 13;
/** Steps up to there that round to the same number as another. */
const doubled = 18;

function makeBoundaries(): number[] {
	const all = new Set(marks);
	for (let step = 0; 2 ** (step / perDoubling) < longestMs; step++) all.add(Math.round(2 ** (step / perDoubling)));
	return [...all].sort((a, b) => a - b);
}

/** Bucket i holds boundaries[i-1] < value ≤ boundaries[i]; the last bucket holds what is above the last boundary. */
export const boundaries: readonly number[] = /* @__PURE__ */ makeBoundaries();
export const bucketCount = boundaries.length + 1;

/**
 * Index of the bucket that holds `value` (ms, or CLS × clsScale). A limit itself counts as within the limit. Counted, not
 * looked up: the table would cost every visitor's page more than all it is asked for.
 */
export function bucketOf(value: number): number {
	const whole = Math.ceil(Math.min(value, longestMs + 1)); // boundaries are whole
	const steps = whole > lastWhole ? Math.ceil(Math.log2(whole - 0.5) * perDoubling) - doubled : Math.max(whole - 1, 0);
	return steps + marks.filter((mark) => mark < whole).length;
}
