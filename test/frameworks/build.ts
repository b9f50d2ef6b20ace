/**
 * Builds the apps of this folder with the frameworks' own tools, in dist/frameworks, and hands out their files by address.
 * Leaves out: serving them.
 */
import { execFile } from "node:child_process";
import { cp, readdir, readFile, rm } from "node:fs/promises";
import { extname, join, relative } from "node:path";
import { promisify } from "node:util";
import { build } from "esbuild";
import type { Answer } from "../support/sink.ts";

/** Files of an app by the path at which they are asked for. */
export type App = Record<string, Required<Pick<Answer, "headers" | "body">>>;

/** The gate's origin in the built files; a test puts the sink's in its place. */
export const gateOrigin = "https://sporlos.invalid";

const folder = join(import.meta.dirname, "../../dist/frameworks");
const types: Record<string, string> = { ".html": "text/html", ".js": "text/javascript", ".txt": "text/x-component" };
const run = promisify(execFile);
const env = { ...process.env, NEXT_TELEMETRY_DISABLED: "1", ASTRO_TELEMETRY_DISABLED: "1" };

const answer = (file: string, body: string) => ({
	headers: { "content-type": `${types[extname(file)] ?? "text/plain"}; charset=utf-8` },
	body,
});

async function install(): Promise<void> {
	const read = (file: string) => readFile(file, "utf8").catch(() => "");
	const source = join(import.meta.dirname, "apps");
	const installed = join(folder, "node_modules/installed.lock");
	const isThere = (await read(join(source, "package-lock.json"))) === (await read(installed));
	for (const name of await readdir(source)) {
		await rm(join(folder, name), { recursive: true, force: true });
		await cp(join(source, name), join(folder, name), { recursive: true });
	}
	if (isThere) return;
	await run("npm", ["ci", "--ignore-scripts", "--no-audit", "--no-fund"], { cwd: folder, env });
	await cp(join(folder, "package-lock.json"), installed);
}

/** An app of one page: the bundle, and the same page at each of its addresses. */
async function bundle(entry: string): Promise<App> {
	const { outputFiles } = await build({
		absWorkingDir: folder,
		entryPoints: [join(folder, entry)],
		bundle: true,
		minify: true,
		write: false,
		format: "esm",
		jsx: "automatic",
		logLevel: "error",
		define: {
			"process.env.NODE_ENV": '"production"',
			__VUE_OPTIONS_API__: "true",
			__VUE_PROD_DEVTOOLS__: "false",
			__VUE_PROD_HYDRATION_MISMATCH_DETAILS__: "false",
		},
	});
	const page = answer(
		"index.html",
		`<!doctype html><html lang="nb"><head><meta charset="utf-8"><title>App</title>
		<script src="${gateOrigin}/gate/test/banner.js" defer></script></head>
		<body><div id="app"></div><script type="module" src="/main.js"></script></body></html>`,
	);
	const script = answer("main.js", outputFiles[0]?.text ?? "");
	return { "/a": page, "/b": page, "/c": page, "/old": page, "/main.js": script };
}

/** An app that its framework's command has made into files. */
async function generate(name: string, command: string[], output: string): Promise<App> {
	const cwd = join(folder, name);
	await run(process.execPath, command, { cwd, env });
	const root = join(cwd, output);
	const entries = await readdir(root, { recursive: true, withFileTypes: true });
	const files = entries
		.filter((entry) => entry.isFile())
		.map((entry) => relative(root, join(entry.parentPath, entry.name)));
	return Object.fromEntries(
		await Promise.all(
			files.map(async (file) => [
				`/${file.replace(/(\/index)?\.html$/, "")}`,
				answer(file, await readFile(join(root, file), "utf8")),
			]),
		),
	);
}

export async function buildApps(): Promise<Record<string, App>> {
	await install();
	const module = (path: string) => join(folder, "node_modules", path);
	return {
		"React Router": await bundle("react-router/main.jsx"),
		"Vue Router": await bundle("vue-router/main.js"),
		"Next.js": await generate("next", [module("next/dist/bin/next"), "build"], "out"),
		Astro: await generate("astro", [module("astro/bin/astro.mjs"), "build"], "dist"),
	};
}
