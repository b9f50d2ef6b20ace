/** The pure parts of the interaction sensors: names in words, and lists that stay within the report's limits. */
import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { maxKeyChars } from "../../collector/limits.ts";
import { nameError } from "../../collector/sensors/errors.ts";
import { countIn, lineOf, tally } from "../../collector/sensors/tally.ts";
import { cleanHost, cleanPath, cleanWords } from "../../schema/clean.ts";
import { maxElementChars, maxTimes, maxWordsChars } from "../../schema/limits.ts";

describe("a name in words", () => {
	test.each([
		["Bestilling  fullført ", "Bestilling fullført"],
		["sommer 2026, uke 3 av 52", "sommer 2026, uke 3 av 52"],
		["50 % rabatt", "50 % rabatt"],
		["a/b?c#d", "a/b?c#d"],
		["skrev til ola@fjordbua.example", "skrev til :id"],
		["ring 22 33 44 55 nå", "ring :id nå"],
		["født 12.04.1985", "født :id"],
		["ordre 48291", "ordre :id"],
		["123e4567-e89b-12d3-a456-426614174000", ":id"],
		[`${"ord ".repeat(13)}1234abcdxyz`, `${"ord ".repeat(13)}:id`],
		["to\tord\u0000", "to ord"],
		["  ", ""],
	])("%s is counted as %s", (text, name) => {
		expect(cleanWords(text)).toBe(name);
	});

	test("is never too long, and cleaning it twice is cleaning it once", () => {
		fc.assert(
			fc.property(fc.string({ unit: "binary", maxLength: 100 }), (text) => {
				const name = cleanWords(text);
				expect(cleanWords(name)).toBe(name);
				expect(name.length).toBeLessThanOrEqual(maxWordsChars);
				expect(name.isWellFormed()).toBe(true);
			}),
			{ numRuns: 2000 },
		);
	});
});

describe("a list in a report", () => {
	type Part = { clicks?: [string, ...number[]][]; forms?: [string, number, string][] };

	test("has a line a name, with zeros only before what was counted", () => {
		const part: Part = {};
		tally(part, "clicks", "button", 50);
		tally(part, "clicks", "link", 50);
		tally(part, "clicks", "link", 50);
		tally(part, "clicks", "link", 50, 3);
		expect(part).toEqual({
			clicks: [
				["button", 1],
				["link", 2, 0, 1],
			],
		});
	});

	test("is not there before it has an entry, and a name of nothing is none", () => {
		const part: Part = {};
		tally(part, "clicks", "", 50);
		expect(lineOf(part, "forms", ["form", 0, ""], 0)).toBeUndefined();
		expect(part).toEqual({});
	});

	test("takes no more names than fit, cuts long ones, and goes on counting those it has", () => {
		const part: Part = {};
		for (const name of ["a", "b", "c", "a"]) tally(part, "clicks", name, 2);
		expect(part.clicks).toEqual([
			["a", 2],
			["b", 1],
		]);
		const long: Part = {};
		for (let n = 0; n < 100; n++) tally(long, "clicks", String.fromCharCode(65 + n).repeat(500), 50);
		expect(long.clicks?.every(([name]) => name.length === maxElementChars)).toBe(true);
		expect(JSON.stringify(long).length).toBeLessThan(maxKeyChars + 2 * maxElementChars);
	});

	test("counts no further than a report may", () => {
		const line: [string, number] = ["a", 0];
		for (let n = 0; n < maxTimes + 5; n++) countIn(line, 1);
		expect(line).toEqual(["a", maxTimes]);
	});
});

describe("an error's name", () => {
	const nameOf = (event: Parameters<typeof nameError>[0]) =>
		nameError(event, "fjord.example", { cleanPath, cleanHost });
	/** As the engines make it, in which V8 alone begins with the message. */
	const thrown = (message: string, stack: string) => Object.assign(new TypeError(message), { stack });

	test("has the script's path on the site, and elsewhere its host", () => {
		const error = new RangeError("Ola");
		const at = (filename: string) => nameOf({ error, filename, lineno: 7 });
		expect(at("https://fjord.example/kode/feil.js?navn=ola")).toBe("RangeError @ /kode/feil.js:7");
		expect(at("https://fjord.example/ordre/48291")).toBe("RangeError @ /ordre/:id:7");
		expect(at("https://www.cdn.example:8443/ola/feil.js")).toBe("RangeError @ cdn.example");
		expect(at("blob:https://fjord.example/5f2b8c1d-9e00-4a4a-8b8b-123456789abc")).toBe("RangeError @ /:id:7");
	});

	test("says nothing of scripts without an address, such as those of extensions", () => {
		const error = new Error("Ola");
		for (const filename of ["moz-extension://123e4567-e89b-12d3-a456-426614174000/a.js", "chrome-extension://abc/a.js"])
			expect(nameOf({ error, filename, lineno: 7 })).toBe("Error @ elsewhere");
		expect(nameOf({ error: null, filename: "", lineno: 0 })).toBe("Error @ elsewhere"); // "Script error."
	});

	test.each([
		[
			"Chromium",
			"TypeError: MESSAGE\n    at async f (https://fjord.example/a.js?b=1:12:34)\n    at https://x.example/c.js:1:2",
		],
		["Firefox", "async*f@https://fjord.example/a.js?b=1:12:34\n@https://x.example/c.js:1:2\n"],
		["Safari", "f@https://fjord.example/a.js?b=1:12:34\nglobal code@https://x.example/c.js:1:2"],
	])("of a rejection is where it was made, by the stack of %s, and never from the message", (_, stack) => {
		for (const message of ["Ola", "see https://secret.example/ola.js:1:2\n  at https://secret.example/ola.js:3:4"])
			expect(nameOf({ reason: thrown(message, stack.replace("MESSAGE", message)) })).toBe("TypeError @ /a.js:12");
	});

	test.each<[string, unknown]>([
		["a text", "https://fjord.example/a.js:1:2"],
		["nothing", undefined],
		["null", null],
		["a name that is no type", { name: "ola@fjordbua.example" }],
	])("of %s that was thrown is only Error", (_, reason) => {
		expect(nameOf({ reason })).toBe("Error @ elsewhere");
	});
});
