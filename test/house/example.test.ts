import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, test } from "vitest";
import type { Summary } from "../../worker/stats/answers.ts";

const root = join(import.meta.dirname, "../..");
const file = join(root, "demo/example.json");
/** Imported as it runs: its types are of the Worker's runtime, which tests in Node know nothing of. */
const script: { makeExample(): Promise<unknown> } = await import(join(root, "scripts/example.ts"));

/** `RENEW=1` writes the file anew: after a change of the sample visits, of the fold, the seal or the figures. */
test("the figures of the preview are what the sample visits come to by the real fold, seal and figures", async () => {
	const made = `${JSON.stringify(await script.makeExample())}\n`;
	if (process.env.RENEW) await writeFile(file, made);
	const kept = await readFile(file, "utf8");
	expect(kept === made, "Run it with RENEW=1 to write demo/example.json anew.").toBe(true);
	const [summary] = Object.values((JSON.parse(kept) as { summary: Record<string, Summary> }).summary);
	if (!summary) throw new Error("There is no summary.");
	expect(summary.sample).toBe(true);
	expect(summary.visits).toBeGreaterThan(1000);
	expect(summary.compare?.visits).toBeGreaterThan(1000);
});
