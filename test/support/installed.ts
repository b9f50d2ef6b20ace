/** Packages that only some tests and benchmarks need, in folders of their own, so that nobody else has to install them. */
import { spawnSync } from "node:child_process";
import { Failure } from "../../scripts/failure.ts";

/** Installs exactly what the folder's package-lock.json names, unless it is there. `what`: in words, for whoever waits. */
export function installIn(folder: string, what: string): void {
	const npm = (...args: string[]) =>
		spawnSync("npm", args, { cwd: folder, stdio: ["ignore", "ignore", "inherit"] }).status === 0;
	if (npm("ls", "--all", "--silent")) return;
	console.error(`installing ${what} (once) …`);
	if (!npm("ci", "--loglevel=error")) throw new Failure(`Could not install ${what}: see npm's message above.`);
}
