/** The checklist in docs/law.md names tests that exist. Leaves out: whether they show what they are said to show. */
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, test } from "vitest";

const root = join(import.meta.dirname, "../..");
const text = await readFile(join(root, "docs/law.md"), "utf8");
const rows = text.split("\n").filter((line) => /^\| (?!asked for)/.test(line) && !line.startsWith("|--"));
const named = rows.map((row) => /\| `(test\/[^`]+)`: "([^|]+)" \|$/.exec(row) ?? [row, "", ""]);

test("every demand of the law has a test", () => {
	expect(rows.length).toBeGreaterThan(25);
	expect(named.filter(([, file]) => !file).map(([row]) => row)).toEqual([]);
});

test.each(named.map(([, file = "", title = ""]) => [file, title]))("%s has “%s”", async (file, title) => {
	expect(await readFile(join(root, file), "utf8")).toContain(title);
});
