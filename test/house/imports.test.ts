import { execFile } from "node:child_process";
import { mkdir, mkdtemp, rm, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { promisify } from "node:util";
import { afterEach, beforeEach, describe, expect, test } from "vitest";

const root = join(import.meta.dirname, "../..");
const run = promisify(execFile);
let copy: string;

/** A tree with the project's own rules, and a file in each folder that could be imported by mistake. */
beforeEach(async () => {
	copy = await mkdtemp(join(tmpdir(), "sporlos-imports-"));
	for (const name of ["tsconfig.json", "biome.json", "package.json", "node_modules"])
		await symlink(join(root, name), join(copy, name));
	for (const folder of ["schema", "collector", "worker"]) {
		await mkdir(join(copy, folder));
		await symlink(join(root, folder, "tsconfig.json"), join(copy, folder, "tsconfig.json"));
	}
	for (const file of [
		"schema/limits",
		"schema/tables",
		"collector/index",
		"worker/index",
		"worker/book",
		"worker/dashboard/mount",
	]) {
		await put(`${file}.ts`, "export const thing = 1;\n");
	}
});
afterEach(() => rm(copy, { recursive: true }));

async function put(file: string, text: string): Promise<void> {
	await mkdir(dirname(join(copy, file)), { recursive: true });
	await writeFile(join(copy, file), text);
}

async function complaint(tool: string, ...args: string[]): Promise<string> {
	const { stdout, stderr } = await run(join(root, "node_modules/.bin", tool), args, { cwd: copy }).catch(
		(error) => error,
	);
	return `${stdout}${stderr}`;
}

/** Lets `from` import `specifier`, and tells what the type checker and the linter say about it. */
async function tryImport(from: string, specifier: string): Promise<{ types: string; lint: string }> {
	await put(from, `import { thing } from "${specifier}";\n\nexport const other = thing;\n`);
	const [types, lint] = await Promise.all([
		complaint("tsc", "--preserveSymlinks", "-p", from.split("/")[0] ?? ""),
		complaint("biome", "lint", from),
	]);
	return { types, lint };
}

describe("collector → schema ← worker", () => {
	test.each([
		["collector/wrong.ts", "../worker/book.ts"],
		["collector/wrong.ts", "../schema/tables.ts"],
		["worker/wrong.ts", "../collector/index.ts"],
		["schema/wrong.ts", "../collector/index.ts"],
		["schema/wrong.ts", "../worker/book.ts"],
	])("%s that imports %s neither compiles nor passes the linter", async (from, specifier) => {
		const { types, lint } = await tryImport(from, specifier);
		expect(types).toContain("TS6307");
		expect(lint).toContain("noRestrictedImports");
	});

	test("nothing but the Worker's entry imports the dashboard", async () => {
		expect((await tryImport("worker/stats/wrong.ts", "../dashboard/mount.ts")).lint).toContain("noRestrictedImports");
		expect((await tryImport("worker/index.ts", "./dashboard/mount.ts")).lint).not.toContain("noRestrictedImports");
	});

	test.each(["collector/right.ts", "worker/right.ts"])("%s may import the schema", async (from) => {
		const { types, lint } = await tryImport(from, "../schema/limits.ts");
		expect(types).not.toContain("error");
		expect(lint).not.toContain("noRestrictedImports");
	});
});
