/**
 * `node test/support/keep-data.ts COMMIT` runs test/worker/upgrade/write-data.ts inside the release that a commit made, and keeps the
 * data beside it under the release's version. The upgrade test opens every such file with the code of today.
 */
import { execFileSync } from "node:child_process";
import { copyFileSync, mkdirSync, mkdtempSync, readFileSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

const root = join(import.meta.dirname, "../..");
const here = join(root, "test/worker/upgrade");
const [commit = "HEAD"] = process.argv.slice(2);
const tree = join(mkdtempSync(join(tmpdir(), "sporlos-release-")), "tree");
const git = (...args: string[]) => execFileSync("git", args, { cwd: root, encoding: "utf8" });

git("worktree", "add", "--detach", tree, commit);
try {
	symlinkSync(join(root, "node_modules"), join(tree, "node_modules"));
	const folder = join(tree, "test/worker/upgrade");
	mkdirSync(folder, { recursive: true });
	copyFileSync(join(here, "write-data.ts"), join(folder, "write-data.test.ts"));
	// The Worker's files need what a build makes; nothing of it is run here.
	execFileSync(process.execPath, [join(tree, "scripts/build.ts")], { cwd: tree, stdio: "inherit" });
	const vitest = join(root, "node_modules/vitest/vitest.mjs");
	const output = execFileSync(process.execPath, [vitest, "run", "--project", "workerd", "write-data"], {
		cwd: tree,
		encoding: "utf8",
		maxBuffer: 100_000_000,
	});
	const line = output.split("\n").find((text) => text.includes("DATA {"));
	if (!line) throw new Error(`No data:\n${output}`);
	const { version } = JSON.parse(readFileSync(join(tree, "package.json"), "utf8")) as { version: string };
	const data: unknown = JSON.parse(line.slice(line.indexOf("DATA ") + "DATA ".length));
	const made = git("rev-parse", "--short", commit).trim();
	writeFileSync(
		join(here, `${version}.json`),
		`${JSON.stringify({ version, commit: made, ...(data as object) }, null, "\t")}\n`,
	);
} finally {
	git("worktree", "remove", "--force", tree);
}
