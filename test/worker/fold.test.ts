import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { otherName } from "../../schema/tree-rules.ts";
import { admitted } from "../../worker/book/admit.ts";
import { decode, encode, read } from "../../worker/query/tally.ts";
import { cellsOf } from "./random-visits.ts";
import { makeReport } from "./support.ts";

describe("the fold", () => {
	test("what was recorded without the purpose visits is counted apart, outside the laws of flow", () => {
		const { visit: _, time: __, leaving: ___, ...rest } = makeReport("policy-one");
		const site = cellsOf([rest]).get("site")?.get("")?.tally ?? new Map();
		expect((["views", "entries", "apart"] as const).map((measure) => read(site, measure))).toEqual([0, 0, 1]);
	});

	test("a name without a place in the book is counted as (other), everywhere it stands", () => {
		const report = makeReport("policy-one", {
			page: "/b",
			before: "/a",
			index: 2,
			clicks: [
				["main a", 2],
				["main b", 1],
			],
		});
		const onlyA = admitted(report, (scope, name) => scope === "page" && name === "/a");
		expect(onlyA.place.page).toBe(otherName);
		expect(onlyA.visit?.before).toBe("/a");
		expect(onlyA.interaction?.clicks).toEqual([[otherName, 3]]);
	});
});

test("a tally survives being written as text", () => {
	fc.assert(
		fc.property(fc.array(fc.tuple(fc.nat(2000), fc.integer({ min: 1, max: 1e9 }))), (pairs) => {
			const tally = new Map(pairs);
			expect(new Map(decode(encode(tally)))).toEqual(new Map([...tally].sort((a, b) => a[0] - b[0])));
		}),
	);
});

test("a damaged tally is an error, not an empty one", () => {
	expect(() => decode("1.x!")).toThrow("damaged");
	expect(() => decode("é")).toThrow("damaged");
});
