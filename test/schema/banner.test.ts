/** What a banner's settings may say: colours that can be read, and nothing that deceives. */
import * as v from "valibot";
import { describe, expect, test } from "vitest";
import { contrast } from "../../schema/banner.ts";
import { dark, light } from "../../schema/banner-style.ts";
import { measuringSchema } from "../../schema/settings.ts";

const colours = { text: "#111111", background: "#ffffff", action: "#0050a0", onAction: "#ffffff" };
const refusal = (banner: unknown) => v.safeParse(measuringSchema, { banner }).issues?.[0].message;

test("contrast is that of the WCAG", () => {
	expect(contrast("#000000", "#ffffff")).toBeCloseTo(21, 5);
	expect(contrast("#777777", "#ffffff")).toBeCloseTo(4.478, 3);
	expect(contrast("#ffffff", "#767676")).toBeCloseTo(4.542, 3);
	expect(contrast("#abcdef", "#abcdef")).toBe(1);
});

describe("a banner's settings", () => {
	test.each([
		["nothing", {}],
		["colours for a light screen", { colours }],
		["for a dark one too", { colours, darkColours: dark }],
		["our own", { colours: light, darkColours: dark }],
	])("may be %s", (_, banner) => {
		expect(refusal(banner)).toBeUndefined();
	});

	test.each<[string, unknown, string]>([
		["faint text", { colours: { ...colours, text: "#999999" } }, "text on background has a contrast of 2.85:1"],
		["text as faint as the law's limit", { colours: { ...colours, text: "#777777" } }, "4.48:1, and needs 4.5:1"],
		["words that vanish in their button", { colours: { ...colours, onAction: "#3070c0" } }, "onAction on action"],
		["buttons that vanish", { colours: { ...colours, action: "#eeeeee", onAction: "#111111" } }, "needs 3:1"],
		["faint text on a dark screen", { colours, darkColours: { ...dark, text: "#333333" } }, "text on background"],
		["a colour that cannot be checked", { colours: { ...colours, text: "rgb(0 0 0 / 1%)" } }, "#rrggbb"],
		["half a palette", { colours: { text: "#111111" } }, "all four"],
		["a colour of its own for decline", { colours: { ...colours, decline: "#ffffff" } }, "action (both buttons)"],
		["purposes that are ticked beforehand", { preselected: ["visits"] }, "Nothing is ticked"],
		["consent by default", { defaultState: "granted" }, "Nothing is ticked"],
		["a wall", { wall: true }, "The page stays usable"],
		["a page that is blocked", { blockPage: true }, "The page stays usable"],
		["a hidden decline", { hideDecline: true }, "always shown together"],
		["a smaller decline", { declineSize: "small" }, "always shown together"],
		["no second button", { buttons: ["accept"] }, "always shown together"],
		["anything else", { position: "top" }, "nothing else of it can be set"],
		["a text", "dark", "nothing else of it can be set"],
	])("%s is refused, and the reason said", (_, banner, words) => {
		expect(refusal(banner)).toContain(words);
	});
});
