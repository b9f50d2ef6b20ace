import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { languages } from "../../worker/dashboard/format.ts";
import { guides } from "../../worker/dashboard/setup/guides.ts";

const root = join(import.meta.dirname, "../..");
const read = (file: string) => readFile(join(root, file), "utf8");
const address = "https://stats.example.no/gate/SITE/banner.js";

/** Cells of the docs' table, by the place they are about. */
async function documented(): Promise<Map<string, string[]>> {
	const rows = (await read("docs/embedding.md")).split("\n").filter((line) => line.startsWith("| "));
	return new Map(
		rows.map((row) => row.split("|").map((cell) => cell.trim())).map(([, name = "", ...cells]) => [name, cells]),
	);
}

describe("the guides of the set-up", () => {
	test("are in the docs, and say as much about how far they were tried", async () => {
		const rows = await documented();
		for (const { name, tried } of guides) expect(rows.get(name)?.[1], name).toBe(tried.en);
	});

	test("name the file that the docs name, where only one goes with the place", async () => {
		const rows = await documented();
		for (const { name, file } of guides) if (file) expect(rows.get(name)?.[0], name).toContain(`\`${file}.js\``);
	});

	test("give the code that the docs give, and that the built apps of the tests have", async () => {
		const docs = await read("docs/embedding.md");
		const code = (wanted: string) => guides.find(({ name }) => name === wanted)?.code(address) ?? "";
		expect(docs).toContain(code("plain HTML"));
		expect(code("Next.js")).toContain(`<Script src="${address}" strategy="afterInteractive" />`);
		expect(docs).toContain('<Script src="…" strategy="afterInteractive" />');
		expect(docs).toContain(code("WordPress").split("\n")[1]?.trim());
		const astro = await read("test/frameworks/apps/astro/src/layouts/layout.astro");
		expect(astro).toContain(code("Astro").replace(address, "https://sporlos.invalid/gate/test/banner.js"));
		const next = await read("test/frameworks/apps/next/app/layout.jsx");
		for (const part of ['import Script from "next/script";', "<Script src="]) {
			expect(next).toContain(part);
			expect(code("Next.js")).toContain(part);
		}
	});

	test("are whole in every language, and put the address in as it is", () => {
		for (const { name, steps, tried, code } of guides) {
			expect(code(address), name).toContain(address);
			for (const language of languages) {
				expect(steps[language].length, name).toBe(steps.en.length);
				expect(tried[language], name).not.toBe("");
			}
		}
	});
});
