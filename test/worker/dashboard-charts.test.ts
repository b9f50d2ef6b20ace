import fc from "fast-check";
import { expect, test } from "vitest";
import { boundaries } from "../../schema/buckets.ts";
import { binsOf } from "../../worker/dashboard/charts/bins.ts";

const limits: [number, number] = [2500, 4000];
const bucket = fc.record({
	index: fc.integer({ min: 1, max: boundaries.length }),
	count: fc.integer({ min: 1, max: 900 }),
});
const buckets = fc
	.uniqueArray(bucket, { selector: ({ index }) => index, minLength: 1, maxLength: 60 })
	.map((drawn) =>
		drawn
			.sort((a, b) => a.index - b.index)
			.map(({ index, count }) => ({ from: boundaries[index - 1] ?? 0, to: boundaries[index] ?? null, count })),
	);

test("bins keep every measurement, on its own side of each limit", () => {
	fc.assert(
		fc.property(buckets, (drawn) => {
			const bins = binsOf(drawn, limits, 1);
			for (const limit of limits) {
				const edges = bins.map(({ from }) => from);
				expect(edges).toContain(limit);
				const below = (rows: { to: number | null; count: number }[]) =>
					rows.reduce((sum, { to, count }) => (to !== null && to <= limit ? sum + count : sum), 0);
				expect(below(bins)).toBeCloseTo(below(drawn), 6);
			}
			const sum = (rows: { count: number }[]) => rows.reduce((all, { count }) => all + count, 0);
			expect(sum(bins)).toBeCloseTo(sum(drawn), 6);
		}),
	);
});

test("bins are contiguous and rise", () => {
	fc.assert(
		fc.property(buckets, (drawn) => {
			const bins = binsOf(drawn, limits, 1);
			for (const [index, { from, to }] of bins.entries()) {
				expect(to).toBeGreaterThan(from);
				if (index > 0) expect(from).toBe(bins[index - 1]?.to);
			}
		}),
	);
});

test("few measurements get wide bins, many get the data's own", () => {
	const even = (each: number) =>
		boundaries.flatMap((to, index) =>
			to > 400 && to <= 9000 ? [{ from: boundaries[index - 1] ?? 0, to, count: each }] : [],
		);
	expect(binsOf(even(1), limits, 1).length).toBeLessThan(14);
	expect(binsOf(even(500), limits, 1).length).toBeGreaterThan(30);
});
