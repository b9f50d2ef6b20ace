/**
 * Entry of every npm command: installs what the lock file names, then runs `scripts/<name>.ts` with the pinned Node.
 * Runs on Node 20 and without dependencies; leaves out what the commands themselves do.
 */
import { spawn, spawnSync } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { delimiter, join } from "node:path";
import { fileURLToPath } from "node:url";

const root = fileURLToPath(new URL("..", import.meta.url));
const bin = join(root, "node_modules", ".bin");
const pinnedNode = join(bin, "node");

function fail(sentence) {
	console.error(sentence);
	process.exit(1);
}

function readPackages(file) {
	try {
		return JSON.parse(readFileSync(join(root, file), "utf8")).packages;
	} catch {
		return undefined;
	}
}

/** npm leaves its own lock file in node_modules when an installation is complete: everything wanted must be in it. */
function isInstalled() {
	const wanted = readPackages("package-lock.json");
	const present = readPackages("node_modules/.package-lock.json");
	if (!wanted || !present || !existsSync(pinnedNode)) return false;
	return Object.entries(wanted).every(
		([path, { version, optional }]) => path === "" || optional || present[path]?.version === version,
	);
}

function install() {
	console.error("installing the dependencies (once, about half a minute) …");
	// npm must not run on the Node that it is about to replace.
	const path = (process.env.PATH ?? "").split(delimiter).filter((folder) => !folder.includes("node_modules"));
	const { status, error } = spawnSync("npm", ["ci", "--loglevel=error", "--no-audit", "--no-fund"], {
		cwd: root,
		stdio: ["ignore", 2, 2],
		env: { ...process.env, PATH: path.join(delimiter) },
	});
	if (error) fail(`The dependencies could not be installed: npm did not start (${error.message}).`);
	if (status !== 0)
		fail("The dependencies could not be installed: see npm's message above, then run the same command again.");
}

const [name, ...args] = process.argv.slice(2);
const script = join(root, "scripts", `${name}.ts`);
if (!name || !existsSync(script)) fail(`There is no command "${name ?? ""}" in scripts/.`);
if (!isInstalled()) install();

const { stdout, status } = spawnSync(pinnedNode, ["--version"], { encoding: "utf8" });
if (status !== 0 || Number.parseInt(stdout.slice(1), 10) < 24)
	fail("The Node in node_modules does not run on this machine: delete node_modules and run the same command again.");

const child = spawn(pinnedNode, [script, ...args], {
	stdio: ["inherit", "inherit", "inherit", "ipc"], // the channel closes if this process is killed: then the child stops too
	detached: true, // a process group of its own, so that nothing of it is left when it ends
	env: { ...process.env, PATH: `${bin}${delimiter}${process.env.PATH ?? ""}` },
});
child.on("error", (error) => fail(`The command did not start (${error.message}).`));
child.on("exit", (code) => {
	try {
		process.kill(-child.pid, "SIGKILL");
	} catch {
		// Nothing was left, as it should be.
	}
	process.exit(code ?? 1);
});
for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"]) process.on(signal, () => child.kill(signal));
// npm's shell may be killed without passing the signal on; then this process has another parent.
const parent = process.ppid;
setInterval(() => process.ppid !== parent && child.kill("SIGTERM"), 1000).unref();
