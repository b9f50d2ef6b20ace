/**
 * The dashboard's font: of the package's file every character, but only the weights that pages use and what a browser does with it
 * unasked. Half as heavy, and no letter looks different. Leaves out where it is served.
 */
import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { fontWeights } from "../worker/dashboard/font.ts";

const require = createRequire(import.meta.url);
/** Of the package: Latin, all weights. */
export const fontFile = "@fontsource-variable/hanken-grotesk/files/hanken-grotesk-latin-wght-normal.woff2";

/** It has no types of its own, and those of others lack half of it. */
const narrow: (
	font: Buffer,
	text: undefined,
	options: {
		targetFormat: "woff2";
		keepAllGlyphs: true;
		keepFeatures: readonly string[];
		variationAxes: Record<"wght", { min: number; max: number }>;
	},
) => Promise<Buffer> = require("subset-font");

/** Of those the font has: kerning, ligatures, accents, letters of a language. Its fractions would have to be asked for. */
const features = ["kern", "liga", "ccmp", "mark", "mkmk", "locl"];

export async function dashboardFont(): Promise<Uint8Array> {
	return narrow(await readFile(require.resolve(fontFile)), undefined, {
		targetFormat: "woff2",
		keepAllGlyphs: true,
		keepFeatures: features,
		variationAxes: { wght: { min: fontWeights.from, max: fontWeights.to } },
	});
}
