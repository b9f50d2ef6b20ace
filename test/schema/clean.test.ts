import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { cleanElement, cleanHost, cleanPath } from "../../schema/clean.ts";
import { maxPathChars } from "../../schema/limits.ts";

describe("cleaning of paths", () => {
	test.each([
		["/", "/"],
		["", "/"],
		["/turer/", "/turer"],
		["/turer?side=2#kart", "/turer"],
		["/blogg/2026/hostfarger-langs-fjorden", "/blogg/2026/hostfarger-langs-fjorden"],
		["/produkt/42", "/produkt/42"],
		["/sp%C3%B8rsm%C3%A5l", "/spørsmål"],
		["/index.html", "/index.html"],
		["/en-veldig-lang-og-lesbar-overskrift-om-fjorder", "/en-veldig-lang-og-lesbar-overskrift-om-fjorder"],
	])("%s is the page %s", (path, page) => expect(cleanPath(path)).toBe(page));

	test.each([
		["a number", "/ordre/1234567"],
		["an e-mail address", "/bruker/ola@example.no"],
		["an encoded e-mail address", "/bruker/ola%40example.no"],
		["a phone number", "/ring/+47 912 34 567"],
		["a date of birth", "/f/1990-05-13"],
		["a date of birth with dots", "/f/13.05.1990"],
		["a UUID", "/x/123e4567-e89b-12d3-a456-426614174000"],
		["a hexadecimal id", "/x/5f2b8c1d9e"],
		["a token", "/reset/aB3dE5fG7hI9"],
		["a long token", "/t/qwertyuiopasdfghjklz1234"],
		["a number inside a word", "/faktura-123456"],
		["broken percent escapes", "/x/%E0%A4%A"],
	])("%s never becomes a name", (_, path) => expect(cleanPath(path)).toMatch(/^\/[a-z]+(-[a-z]+)*\/:id$|^\/:id$/));

	test("cleaning twice is cleaning once, and a page always begins with / and is never too long", () => {
		fc.assert(
			fc.property(fc.string({ unit: "binary", maxLength: 300 }), (path) => {
				const page = cleanPath(path);
				expect(cleanPath(page)).toBe(page);
				expect(page.startsWith("/")).toBe(true);
				expect(page.length).toBeLessThanOrEqual(maxPathChars);
				expect(page.isWellFormed()).toBe(true);
			}),
			{ numRuns: 2000 },
		);
	});
});

describe("cleaning of hosts and elements", () => {
	test("a host is lower case, without port and www", () => {
		expect(cleanHost("WWW.Visit.NO:443")).toBe("visit.no");
		expect(cleanHost("blåbær.no")).toBe("blåbær.no");
	});

	test("what is no host is nothing", () => {
		for (const text of ["", "a b", "<b>", "x\u0000y", "\ud800", "a/b"]) expect(cleanHost(text)).toBe("");
	});

	test("an element key loses its long numbers and control characters", () => {
		expect(cleanElement("main>a.item-123456\t\u0007")).toBe("main>a.item-0");
	});
});
