import { execFileSync } from "node:child_process";
import { cpSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";

const root = join(import.meta.dirname, "../..");
let copy = "";

/** Puts one line after the line that holds `after`. */
function addLine(file: string, after: string, line: string): void {
	const lines = readFileSync(join(copy, file), "utf8").split("\n");
	const at = lines.findIndex((text) => text.includes(after));
	if (at < 0) throw new Error(`${file} has no line with ${after}`);
	lines.splice(at + 1, 0, line);
	writeFileSync(join(copy, file), lines.join("\n"));
}

beforeAll(() => {
	copy = mkdtempSync(join(tmpdir(), "sporlos-one-line-"));
	for (const folder of ["schema", "worker"]) cpSync(join(root, folder), join(copy, folder), { recursive: true });
	symlinkSync(join(root, "node_modules"), join(copy, "node_modules"));
	writeFileSync(join(copy, "package.json"), '{ "type": "module" }');
});
afterAll(() => rmSync(copy, { recursive: true }));

/** A day of six browsers, folded, sealed, and read as the figures read it. */
const day = `
	import { Cells } from "./worker/book/cells.ts";
	import { fold } from "./worker/book/fold.ts";
	import { seal } from "./worker/closing/seal.ts";
	import { treesOf } from "./worker/query/read.ts";
	import { sumByKey } from "./worker/query/sums.ts";
	import { read } from "./worker/query/tally.ts";
	const cells = new Cells();
	for (let browser = 0; browser < 6; browser++) {
		cells.add("p", fold({
			v: 2, hour: 150, period: "p", consent: {},
			first: ["site", "page", "device", "weekday"],
			place: { page: "/", kind: "restore", country: "NO", device: "mobile", browser: "Firefox", os: "Android", language: "nb" },
			visit: { index: 1, channel: "direct", continued: false },
		}));
	}
	const sealed = seal(cells.periods.get("p"), 5).map((cell) => ({ period: "p", ...cell, parts: [cell.tally], end: Infinity }));
	const trees = treesOf(sealed);
	const sums = (tree, measure) => [...sumByKey({ trees }, tree)].map(([key, tally]) => [key, read(tally, measure)]);
	console.log(JSON.stringify([sums("site", "restored"), sums("page", "restored"), sums("weekday", "views"), sums("weekday", "restored")]));
`;

test("a measure is one line in its table, a tree one line in each of its two, and both are folded, sealed and read", () => {
	addLine("schema/measures.ts", "	bounded: {", '	restored: scalar((r) => r.place.kind === "restore"),');
	addLine("schema/trees.ts", "	goal: ", "	weekday: (r) => String(Math.floor(r.hour / 24)),");
	addLine("schema/tree-rules.ts", "	goal: { holds", '	weekday: { holds: "all", seal: "list", since: 2 },');
	const answer = execFileSync(process.execPath, ["--input-type=module", "--eval", day], {
		cwd: copy,
		encoding: "utf8",
	});
	expect(JSON.parse(answer)).toEqual([[["", 6]], [["/", 6]], [["6", 6]], [["6", 6]]]);
});
