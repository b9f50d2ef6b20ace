/**
 * What a site can set about its banner: colours, and nothing else. Both buttons are drawn from the same two colours, so an unequal
 * decline cannot be written down; what would deceive is refused in words. Leaves out the banner (collector/gate).
 */
import * as v from "valibot";

/** Least contrast of text, and of a button against what it stands on (WCAG 2.2, 1.4.3 and 1.4.11). */
const textContrast = 4.5;
const boundaryContrast = 3;

const colour = v.pipe(
	v.string("A colour is a text."),
	v.regex(/^#[0-9a-f]{6}$/i, "A colour is written as #rrggbb: only then can its contrast be checked."),
);
const entries = { text: colour, background: colour, action: colour, onAction: colour };
export type Palette = { [Part in keyof typeof entries]: string };

/** Pairs that must be told apart: text on its ground; the buttons' words on them; the buttons on the banner. */
export const pairs = [
	["text", "background", textContrast],
	["onAction", "action", textContrast],
	["action", "background", boundaryContrast],
] as const satisfies [keyof Palette, keyof Palette, number][];

/** Share of light of a colour, 0…1: https://www.w3.org/TR/WCAG22/#dfn-relative-luminance */
function luminance(hex: string): number {
	const [red = 0, green = 0, blue = 0] = [1, 3, 5].map((at) => {
		const part = Number.parseInt(hex.slice(at, at + 2), 16) / 255;
		return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
	});
	return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

/** 1…21: https://www.w3.org/TR/WCAG22/#dfn-contrast-ratio */
export function contrast(one: string, other: string): number {
	const [dark = 0, light = 0] = [luminance(one), luminance(other)].sort((a, b) => a - b);
	return (light + 0.05) / (dark + 0.05);
}

const faintIn = (palette: Palette) =>
	pairs.find(([one, other, least]) => contrast(palette[one], palette[other]) < least);

/** What is wrong with a palette, or undefined. */
function wordsOn(palette: Palette): string | undefined {
	const [one, other, least] = faintIn(palette) ?? [];
	if (!one || !other) return undefined;
	const found = contrast(palette[one], palette[other]).toFixed(2);
	return `${one} on ${other} has a contrast of ${found}:1, and needs ${least}:1 to be seen by everybody (WCAG 2.2 AA).`;
}

const palette = v.pipe(
	v.strictObject(entries, "Colours are text, background, action (both buttons) and onAction (their words): all four."),
	v.check(
		(colours) => !faintIn(colours),
		({ input }) => wordsOn(input) ?? "",
	),
);

/** Wishes that are refused, and why; by what they are usually called. */
const refusals: [RegExp, string][] = [
	[
		/tick|select|default|opt|purpose|consent/i,
		"Nothing is ticked or granted beforehand: consent is what a visitor does (GDPR, recital 32).",
	],
	[
		/wall|block|overlay|modal|force|backdrop|lock/i,
		"The page stays usable without an answer: a wall in front of it would not leave a free choice.",
	],
	[
		/decline|reject|refuse|deny|accept|button|size|hide|hidden|close/i,
		"Accept and decline are always shown together, alike in look, size and place.",
	],
];

export const bannerSchema = v.strictObject(
	{
		/** For a light screen, and for a dark one where `darkColours` is left out. */
		colours: v.exactOptional(palette),
		darkColours: v.exactOptional(palette),
	},
	({ expected, input }) =>
		(expected === "never" && refusals.find(([names]) => names.test(String(input)))?.[1]) ||
		"A banner has colours and darkColours; nothing else of it can be set.",
);
export type BannerColours = v.InferOutput<typeof bannerSchema>;
