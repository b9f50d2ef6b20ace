import * as v from "valibot";
import { describe, expect, test } from "vitest";
import { aimKeys, aimsOf, measuringSchema, patternOf, searchPattern } from "../../schema/settings.ts";

describe("what a goal matches", () => {
	test.each([
		["/takk", ["/takk"], ["/takk/", "/takk2", "/en/takk", "/Takk"]],
		["/turer*", ["/turer", "/turer/kajakk"], ["/tur", "/en/turer"]],
		["*/takk", ["/takk", "/en/takk"], ["/takk/mer"]],
		["/a.b+(c)|[d]", ["/a.b+(c)|[d]"], ["/aXb+(c)|[d]", "/a.b"]],
		["*", ["/", "anything"], []],
	])("%s matches whole names only, and nothing in it but * is special", (match, fitting, others) => {
		for (const flags of ["", "u"]) {
			const pattern = new RegExp(patternOf(match), flags);
			for (const name of fitting) expect(pattern.test(name), name).toBe(true);
			for (const name of others) expect(pattern.test(name), name).toBe(false);
		}
	});

	test("the worst match allowed takes a browser no time", () => {
		const pattern = new RegExp(patternOf(`/*a*a*b`));
		const began = process.cpuUsage();
		for (let i = 0; i < 20; i++) expect(pattern.test(`/${"a".repeat(199)}`)).toBe(false);
		expect(process.cpuUsage(began).user / 20_000).toBeLessThan(20); // ms each; about 2
	});
});

describe("goals and funnels", () => {
	const settings = v.parse(measuringSchema, {
		goals: [{ name: "Bestilling", kind: "page", match: "/takk" }],
		funnels: [
			{
				name: "Handel",
				steps: [
					{ kind: "click", match: "main a.kjop" },
					{ kind: "download", match: "/filer/*.pdf" },
				],
			},
		],
	});

	test("are handed out as steps, each with the key it is counted under", () => {
		expect(aimsOf(settings).map((steps) => steps.map(([key]) => key))).toEqual([
			["Bestilling"],
			["Handel\t1", "Handel\t2"],
		]);
		expect([...aimKeys(settings)]).toEqual(["Bestilling", "Handel\t1", "Handel\t2"]);
	});

	test("nothing set is valid, and has defaults", () => {
		const defaults = v.parse(measuringSchema, {});
		expect(defaults).toMatchObject({ goals: [], funnels: [], hashRoutes: false });
		expect(new RegExp(searchPattern(defaults.search)).test("q")).toBe(true);
	});
});
