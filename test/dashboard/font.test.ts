import { globSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { dashboardFont, fontFile } from "../../scripts/dashboard-font.ts";
import { fontWeights } from "../../worker/dashboard/font.ts";
import { launchBrowser } from "../support/browser.ts";

const folder = join(import.meta.dirname, "../../worker/dashboard");
/** In mail it is the reader's own font. */
const looks = globSync(["**/*.css", "**/*.ts", "**/*.tsx"], { cwd: folder, exclude: ["mail/**"] });

let browser: Awaited<ReturnType<typeof launchBrowser>>;
beforeAll(async () => {
	browser = await launchBrowser();
});
afterAll(() => browser?.close());

test("the look asks for no weight that the font has not got", async () => {
	const weights = new Set<number>();
	for (const look of looks) {
		const text = await readFile(join(folder, look), "utf8");
		for (const [, weight] of text.matchAll(/font-weight: ?(\d+)/g)) weights.add(Number(weight));
	}
	expect(Math.min(...weights)).toBe(fontWeights.from);
	expect(Math.max(...weights)).toBe(fontWeights.to);
});

test("every character is as wide as in the whole font, in the lightest and the boldest weight, and weighs half", async () => {
	const whole = await readFile(createRequire(import.meta.url).resolve(fontFile));
	const narrowed = await dashboardFont();
	expect(narrowed.byteLength).toBeLessThanOrEqual(0.6 * whole.byteLength);
	const page = await browser.newPage();
	const widths = (font: Uint8Array) =>
		page.evaluate<number[]>(`(async () => {
			const face = new FontFace("Held", "url(data:font/woff2;base64,${Buffer.from(font).toString("base64")})", { weight: "100 900" });
			document.fonts.clear();
			document.fonts.add(await face.load());
			const pen = document.createElement("canvas").getContext("2d");
			const letters = Array.from({ length: 0x2300 - 0x20 }, (_, index) => String.fromCharCode(0x20 + index));
			return [${fontWeights.from}, ${fontWeights.to}].flatMap((weight) => {
				pen.font = weight + " 100px Held, monospace";
				return [...letters, "AVATo", "office", "11:47", "a\\u0308\\u0323"].map((text) => pen.measureText(text).width);
			});
		})()`);
	const [before, after] = [await widths(whole), await widths(narrowed)];
	const moved = before.flatMap((width, index) => (Math.abs(width - (after[index] ?? 0)) > 0.2 ? [index] : []));
	expect(moved).toEqual([]);
	expect(new Set(before).size).toBeGreaterThan(100);
	await page.close();
});
