/** The drives of all consent tools as scripts for a page. Leaves out what is done with them. */
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { build } from "esbuild";
import { type Tool, tools } from "../../collector/gate/adapters/index.ts";
import { installIn } from "../support/installed.ts";
import type { Answer } from "../support/sink.ts";

const folder = import.meta.dirname;

/** Tools that are on npm, by their package; the others are stand-ins. */
export const packages: { readonly [tool in Tool]?: string } = {
	tcf: "@iabtcf/cmpapi",
	gpp: "@iabgpp/cmpapi",
	klaro: "klaro",
	cookieconsent: "vanilla-cookieconsent",
	tarteaucitron: "tarteaucitronjs",
	c15t: "c15t",
	orejime: "orejime",
};

export function installTools(): void {
	installIn(folder, "real consent tools to test with");
}

/** What a tool is in the tests: the package and its version, or a stand-in. */
export async function describeTool(tool: Tool): Promise<string> {
	const name = packages[tool];
	if (!name) return "stand-in";
	const { version } = JSON.parse(await readFile(join(folder, "node_modules", name, "package.json"), "utf8"));
	return `${name} ${version}`;
}

/** Files of a page's own server by path: for each tool `/drives/<tool>.js`, which sets `window.drives["<tool>"]`. */
export async function bundleTools(): Promise<Record<string, Answer>> {
	const script = (body: string): Answer => ({ body, headers: { "content-type": "text/javascript" } });
	const files: Record<string, Answer> = {};
	const bundles = tools.map(async (tool) => {
		const { outputFiles = [] } = await build({
			entryPoints: [join(folder, "tools", `${tool}.ts`)],
			bundle: true,
			write: false,
			format: "iife",
			globalName: "driven",
			footer: { js: `(window.drives ??= {})["${tool}"] = driven.drive;` },
			target: "es2022",
			legalComments: "none",
			logLevel: "error",
		});
		files[`/drives/${tool}.js`] = script(outputFiles[0]?.text ?? "");
	});
	// Finds its further files beside its own, and must be a script of its own to be found by them.
	const own = ["tarteaucitron.js", "tarteaucitron.services.js", "lang/tarteaucitron.en.js"].map(async (file) => {
		const body = await readFile(join(folder, "node_modules/tarteaucitronjs", file), "utf8");
		files[`/tarteaucitron/${file}`] = script(body);
	});
	await Promise.all([...bundles, ...own]);
	return files;
}
