/** The language a banner speaks. */
import { describe, expect, test } from "vitest";
import { chooseLanguage } from "../../collector/gate/language.ts";

describe("the banner's language", () => {
	test.each([
		["nb-NO", ["en", "nb"], "nb"],
		["no", ["en", "nb"], "nb"],
		["nn-NO", ["en", "nb"], "nb"],
		["nn-NO", ["nb", "nn"], "nn"],
		["no", ["en", "nn"], "nn"],
		["en-GB", ["nb", "en"], "en"],
		["de", ["nb", "en"], "nb"],
		["", ["nb", "en"], "nb"],
		["nord", ["en", "nb"], "en"],
	])("for a page in %o, of %o, is %o", (wanted, offered, chosen) => {
		expect(chooseLanguage(wanted, offered)).toBe(chosen);
	});
});
