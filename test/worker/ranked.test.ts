/** Sums of which some have changed are what they would be if all were worked out anew. */
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { offsets } from "../../schema/measures.ts";
import { otherName } from "../../schema/tree-rules.ts";
import { keySeparator } from "../../schema/trees.ts";
import { Sums } from "../../worker/query/ranked.ts";
import { addUp, type Counts, read } from "../../worker/query/tally.ts";

const names = ["/", "/a", "/b", "/c", "/d", otherName, `/a${keySeparator}x`, `/a${keySeparator}${otherName}`];
const tallyOf = (views: number, clicks: number): Counts =>
	addUp([
		new Map([
			[offsets.views, views],
			[offsets.clicks, clicks],
		]),
	]);
const tally = fc.tuple(fc.nat(4), fc.nat(9)).map(([views, clicks]) => tallyOf(views, clicks));
const some = fc.array(fc.tuple(fc.constantFrom(...names), tally), { maxLength: 12 }).map((rows) => new Map(rows));
const clicksOf = (one: Counts) => read(one, "clicks");

const worksOut = (sums: Sums) => ({
	ranked: sums.ranked("clicks", clicksOf).map(({ name, size, tally }) => [name, size, [...tally]]),
	total: sums.total("clicks"),
	hidden: sums.hiddenShare("clicks"),
	views: sums.total("views"),
});

describe("sums by key", () => {
	test("have the same order, totals and hidden share after changes as if they were made anew", () => {
		fc.assert(
			fc.property(some, fc.array(some, { maxLength: 4 }), (first, changes) => {
				const all = new Map(first);
				let sums = new Sums(first);
				for (const changed of changes) {
					const before = worksOut(sums);
					const next = sums.with(changed);
					for (const [key, one] of changed) all.set(key, one);
					expect(worksOut(next)).toEqual(worksOut(new Sums(new Map(all))));
					expect(worksOut(sums), "what others were given stays").toEqual(before);
					sums = next;
				}
			}),
		);
	});

	test("are listed largest first, by name where they are equal, and what is hidden last", () => {
		const rows: [string, Counts][] = [
			[otherName, tallyOf(1, 99)],
			["/b", tallyOf(1, 3)],
			["/c", tallyOf(1, 7)],
			["/a", tallyOf(1, 3)],
		];
		const sums = new Sums(new Map(rows));
		expect(sums.ranked("clicks", clicksOf).map(({ name }) => name)).toEqual(["/c", "/a", "/b", otherName]);
		expect(sums.hiddenShare("clicks")).toBeCloseTo(99 / 112);
	});
});
