import fc from "fast-check";
import { expect, test } from "vitest";
import { boundaries, bucketCount, bucketOf, longestMs, vitalLimits } from "../../schema/buckets.ts";
import { measureNames, measures, offsets } from "../../schema/measures.ts";

test("boundaries rise, are whole numbers, and hold every web-vitals limit", () => {
	for (const [i, boundary] of boundaries.entries()) {
		expect(Number.isInteger(boundary)).toBe(true);
		if (i > 0) expect(boundary).toBeGreaterThan(boundaries[i - 1] as number);
	}
	for (const limit of Object.values(vitalLimits).flat()) expect(boundaries).toContain(limit);
	expect(boundaries.at(-1)).toBe(longestMs);
});

test("a value lies above its bucket's lower edge and not above its upper edge", () => {
	fc.assert(
		fc.property(fc.double({ min: 0, max: 1e7, noNaN: true }), (value) => {
			const index = bucketOf(value);
			expect(index).toBeLessThan(bucketCount);
			expect(value > (boundaries[index - 1] ?? -1) && value <= (boundaries[index] ?? Number.POSITIVE_INFINITY)).toBe(
				true,
			);
		}),
	);
});

test("the bucket that is counted is the one in the table, at every boundary and just beside it", () => {
	for (const [index, boundary] of boundaries.entries()) {
		expect([bucketOf(boundary), bucketOf(boundary + 0.001)]).toEqual([index, index + 1]);
		expect(bucketOf(boundary - 0.999)).toBe(boundaries.findIndex((other) => boundary - 0.999 <= other));
	}
	expect([bucketOf(-1), bucketOf(Number.POSITIVE_INFINITY)]).toEqual([0, bucketCount - 1]);
});

test("from 16 ms on, neighbouring boundaries lie at most a ninth apart", () => {
	for (const [i, boundary] of boundaries.entries()) {
		const before = boundaries[i - 1];
		if (before && before >= 16) expect(boundary / before).toBeLessThan(1.13);
	}
});

test("the measures' ranges of indexes follow each other without a gap, in the stored order", () => {
	let next = 0;
	for (const name of measureNames) {
		expect(offsets[name]).toBe(next);
		next += measures[name].size;
	}
	// Stored tallies rely on these places: a new measure goes to the end.
	expect({ views: offsets.views, exits: offsets.exits, lcp: offsets.lcp, gapFloor: offsets.gapFloor }).toEqual({
		views: 0,
		exits: 16,
		lcp: 370,
		gapFloor: 1270,
	});
});
