/**
 * A browser for the tests: an installed Chrome or Chromium, else Playwright's download, else Debian's package where that is
 * possible. Leaves out the other engines.
 */
import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import { findBrowser } from "../test/support/browser.ts";
import { Failure } from "./failure.ts";

function runs(): boolean {
	const path = findBrowser();
	return existsSync(path) && spawnSync(path, ["--version"], { timeout: 20_000 }).status === 0;
}

function run(command: string, args: string[]): void {
	const env = { ...process.env, DEBIAN_FRONTEND: "noninteractive" };
	spawnSync(command, args, { stdio: ["ignore", 2, 2], env, timeout: 5 * 60_000 });
}

export function ensureBrowser(): void {
	if (runs()) return;
	console.error("no Chrome or Chromium here: downloading one (once) …");
	run(`${import.meta.dirname}/../node_modules/.bin/playwright-core`, ["install", "chromium"]);
	if (runs()) return;
	if (process.getuid?.() === 0 && existsSync("/usr/bin/apt-get")) {
		run("apt-get", ["update"]);
		run("apt-get", ["install", "--yes", "--no-install-recommends", "chromium"]);
		if (runs()) return;
	}
	throw new Failure(
		"A browser is needed and none could be installed: install Chrome or Chromium, then run the same command again.",
	);
}
