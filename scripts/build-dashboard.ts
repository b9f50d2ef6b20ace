/** Bundles what the dashboard sends beside its HTML: one script, one stylesheet, one font. Leaves out where they are served. */
import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { dirname } from "node:path";
import { build } from "esbuild";

const folder = `${dirname(import.meta.dirname)}/worker/dashboard/`;
const fontFile = "@fontsource-variable/hanken-grotesk/files/hanken-grotesk-latin-wght-normal.woff2";

export interface DashboardFiles {
	script: string;
	style: string;
	font: Uint8Array;
}

async function bundleText(entry: string): Promise<string> {
	const { outputFiles } = await build({
		entryPoints: [folder + entry],
		bundle: true,
		minify: true,
		write: false,
		format: "esm",
		target: entry.endsWith(".ts") ? "es2022" : "esnext",
		charset: "utf8",
		legalComments: "none",
		logLevel: "warning",
	});
	return outputFiles[0]?.text.trim() ?? "";
}

export async function buildDashboard(): Promise<DashboardFiles> {
	const [script, style, font] = await Promise.all([
		bundleText("islands/index.ts"),
		bundleText("style.css"),
		readFile(createRequire(import.meta.url).resolve(fontFile)),
	]);
	return { script, style, font };
}
