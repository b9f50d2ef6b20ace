/**
 * Bundles what the dashboard sends beside its HTML: a script, a stylesheet, a font, and what few ask for: parts of the script that it
 * loads when they are needed, and sheets of the style for what only some pages show. Leaves out where they are served.
 */
import { basename, dirname } from "node:path";
import { build } from "esbuild";
import { lookAheadFile, lookAheadRules, lookAheadType } from "../worker/dashboard/look-ahead.ts";
import { type Sheets, sheetNames } from "../worker/dashboard/style.ts";
import { dashboardFont } from "./dashboard-font.ts";

const folder = `${dirname(import.meta.dirname)}/worker/dashboard/`;

export interface DashboardFiles {
	script: string;
	/** By name, what lies in the script's folder, because it asks for them there. */
	beside: Record<string, string>;
	/** What all pages share. */
	style: string;
	sheets: Sheets;
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

async function bundleStyles(): Promise<Pick<DashboardFiles, "style" | "sheets">> {
	const { outputFiles } = await build({
		...common,
		entryPoints: [`${folder}style.css`, ...sheetNames.map((name) => `${folder}look/${name}.css`)],
		entryNames: "[name]",
		outdir: "/",
		target: "esnext",
	});
	const { style = "", ...sheets } = Object.fromEntries(
		outputFiles.map(({ path, text }) => [basename(path, ".css"), text.trim()]),
	);
	return { style, sheets: sheets as Sheets };
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
	const [scripts, styles, font] = await Promise.all([bundleScript(), bundleStyles(), dashboardFont()]);
	scripts.beside[lookAheadFile] = JSON.stringify(lookAheadRules);
	return { ...scripts, ...styles, font };
}
