/**
 * Bundles what the dashboard sends beside its HTML: a script, a stylesheet, a font, and what few ask for: parts of the script that it
 * loads when they are needed. Leaves out where they are served.
 */
import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { basename, dirname } from "node:path";
import { build } from "esbuild";
import { lookAheadFile, lookAheadRules, lookAheadType } from "../worker/dashboard/look-ahead.ts";

const folder = `${dirname(import.meta.dirname)}/worker/dashboard/`;
const fontFile = "@fontsource-variable/hanken-grotesk/files/hanken-grotesk-latin-wght-normal.woff2";

export interface DashboardFiles {
	script: string;
	/** By name, what lies in the script's folder, because it asks for them there. */
	beside: Record<string, string>;
	style: string;
	font: Uint8Array;
}

export function besideType(name: string): string {
	return name === lookAheadFile ? lookAheadType : "text/javascript; charset=utf-8";
}

const common = {
	bundle: true,
	minify: true,
	write: false,
	charset: "utf8",
	legalComments: "none",
	logLevel: "warning",
} as const;

async function bundleStyle(): Promise<string> {
	const { outputFiles } = await build({ ...common, entryPoints: [`${folder}style.css`], target: "esnext" });
	return outputFiles[0]?.text.trim() ?? "";
}

async function bundleScript(): Promise<Pick<DashboardFiles, "script" | "beside">> {
	const { outputFiles } = await build({
		...common,
		entryPoints: [`${folder}islands/index.ts`],
		outdir: "/",
		entryNames: "dashboard",
		chunkNames: "[name]",
		splitting: true,
		format: "esm",
		target: "es2022",
	});
	const files = outputFiles.map(({ path, text }) => [basename(path), text.trim()] as const);
	const { "dashboard.js": script = "", ...beside } = Object.fromEntries(files);
	return { script, beside };
}

export async function buildDashboard(): Promise<DashboardFiles> {
	const [scripts, style, font] = await Promise.all([
		bundleScript(),
		bundleStyle(),
		readFile(createRequire(import.meta.url).resolve(fontFile)),
	]);
	scripts.beside[lookAheadFile] = JSON.stringify(lookAheadRules);
	return { ...scripts, style, font };
}
