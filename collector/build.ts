/** Bundles the gate files and the collector. Leaves out: writing anything, and the budgets. */
import { createHash } from "node:crypto";
import { readFile } from "node:fs/promises";
import { brotliCompressSync, constants } from "node:zlib";
import { type BuildOptions, build, type Plugin, transform } from "esbuild";
import { type MinifyOptions, minify } from "terser";
import { type Tool, tools } from "./gate/adapters/index.ts";
import { panelLanguages } from "./panel/messages/languages.ts";
import { words } from "./panel/messages/nb.ts";

const gateNames = ["banner", "manual", "auto", ...tools] as const;
export type GateName = (typeof gateNames)[number];
const isTool = (name: GateName): name is Tool => (tools as readonly GateName[]).includes(name);

export interface CollectorBuild {
	/** Source of each gate file; `__SPORLOS_GATE__` stands where the Worker puts the site's settings. */
	gates: Record<GateName, string>;
	/** Immutable files by path: /code/<hash>/…. */
	files: Map<string, { type: string; body: string }>;
	/** Where they are: /code/<hash>/. */
	code: string;
}

const folder = import.meta.dirname;

/** Bytes of a text after brotli at its best quality. */
export function weigh(text: string): number {
	return brotliCompressSync(text, { params: { [constants.BROTLI_PARAM_QUALITY]: 11 } }).length;
}

const minifiedCss: Plugin = {
	name: "minified css as text",
	setup: ({ onLoad }) => {
		onLoad({ filter: /\.css$/ }, async ({ path }) => {
			const { code } = await transform(await readFile(path, "utf8"), { loader: "css", minify: true });
			return { contents: code.trim(), loader: "text" };
		});
	},
};

/** The core asks for the others by their names; each is bundled apart, so that none shares a further file with it. */
const apart: Plugin = {
	name: "chunks apart",
	setup: ({ onResolve }) => {
		onResolve({ filter: /\/(sensors\/index|debug\/overlay)\.ts$/ }, ({ kind, path }) =>
			kind === "dynamic-import" ? { path: path.replace(/\/\w+\.ts$/, ".js"), external: true } : undefined,
		);
		onResolve({ filter: /^\.\/granted\.ts$/ }, ({ importer }) =>
			importer.endsWith("opened.ts") ? { path: "./collector.js", external: true } : undefined,
		);
	},
};

/**
 * Names that only live in memory, never in a report, in storage or in the page: shortened, because visitors load them. A test
 * sees to it that nothing in a browser and nothing that is sent or kept has them (test/browser/collector-names.test.ts).
 */
export const ownNames = (
	"visibleMs engagedMs newest undelivered prune renew safely restored announces swapsAlways mono wall focused since happened " +
	"gone keep off listen moment swap away shown guard viewAt reach cleanPath cleanHost cleanWords bucketOf"
).split(" ");
const mangled = new RegExp(`^(${ownNames.join("|")})$`);
/** The same of what a gate file shares with the files it loads, so here it is said once what each becomes. */
export const gateCache = {
	settings: "A",
	isSilenced: "B",
	leftBehind: "C",
	running: "D",
	inForce: "E",
	isAsked: "F",
	again: "G",
	halt: "J",
	shut: "K",
	openPanel: "L",
	tagged: "M",
	isNew: "N",
	fetchCode: "H",
	chosen: "I",
};
const betweenFiles = new RegExp(`^(${Object.keys(gateCache).join("|")})$`);
/** The same of what the panel shares with the files that hold its words, in memory alone as well. */
export const panelOwnNames = [
	...Object.keys(words),
	..."erasures goOn published policyUrl setPurposes isTrue changeChoice".split(" "),
];
const panelNames = new RegExp(`${betweenFiles.source}|^(${panelOwnNames.join("|")})$`);
/** The same of an adapter, between it and the gate. */
const adapterNames = new RegExp(`${betweenFiles.source}|^(named|decided|allows|onChange)$`);

const shared: BuildOptions = {
	absWorkingDir: folder,
	bundle: true,
	write: false,
	minifySyntax: true,
	target: "es2022",
	charset: "utf8",
	legalComments: "none",
	logLevel: "warning",
	pure: ["Object.keys"], // of the schema's tables: dropped where nobody uses the result
	plugins: [minifiedCss, apart],
};

/**
 * Esbuild bundles, terser shortens: together 4 % less than esbuild alone. What is assumed: reading a property has no effect
 * (`pure_getters`), no function of ours is used with `new` (`unsafe_arrows`), built-in functions are the standard's (`unsafe`).
 */
const shortening: MinifyOptions = {
	module: true,
	ecma: 2022,
	compress: {
		passes: 6,
		pure_getters: true,
		unsafe_arrows: true,
		unsafe: true,
		hoist_funs: true,
		inline: 1,
		lhs_constants: false,
	},
};

/**
 * Nearly every function runs on every page: the browser may compile all of them at once, off the main thread where it can,
 * rather than each when it is first called. Only in a file's first lines. https://v8.dev/blog/explicit-compile-hints
 */
const hint = "//# allFunctionsCalledOnLoad\n";

async function bundle(entry: string | undefined, more: BuildOptions, first = hint) {
	const entryPoints = entry === undefined ? [] : [entry];
	const { outputFiles = [], mangleCache = {} } = await build({ ...shared, entryPoints, ...more });
	const { code = "" } = await minify(outputFiles[0]?.text ?? "", shortening);
	return { text: first + code, mangleCache };
}

/** A gate is small, and is looked at before anything else: without the hint, which would cost it 2 %. */
async function buildGate(name: GateName): Promise<string> {
	const contents = isTool(name) ? toolGate(name, [name]) : name === "auto" ? toolGate(name, tools) : undefined;
	const { outputFiles = [] } = await build({
		...shared,
		...(contents
			? { stdin: { contents, resolveDir: `${folder}/gate`, loader: "ts" }, mangleProps: adapterNames }
			: { entryPoints: [`gate/${name}-gate.ts`], mangleProps: betweenFiles }),
		mangleCache: { ...gateCache },
		format: "iife",
	});
	const { code = "" } = await minify(outputFiles[0]?.text ?? "", shortening);
	return code;
}

/** What leads from the settings to a gate that asks these tools. */
function toolGate(by: string, names: readonly Tool[]): string {
	const imports = names.map((name, index) => `import { adapter as a${index} } from "./adapters/${name}.ts";`);
	const adapters = names.map((_, index) => `a${index}`);
	return [
		...imports,
		`import { openToolGate } from "./tool-gate.ts";`,
		`import { joinTools } from "./adapters/auto.ts";`,
		`openToolGate(__SPORLOS_GATE__, "${by}", ${adapters.length > 1 ? `joinTools([${adapters}])` : adapters});`,
	].join("\n");
}

export async function buildCollector(): Promise<CollectorBuild> {
	const gates = await Promise.all(gateNames.map(async (name) => [name, await buildGate(name)] as const));
	// One after the other, because both must shorten a name to the same one.
	const options: BuildOptions = { format: "esm", mangleProps: new RegExp(`${mangled.source}|${betweenFiles.source}`) };
	const sensors = await bundle("sensors/index.ts", { ...options, mangleCache: { ...gateCache } });
	const debug = await bundle("debug/overlay.ts", { ...options, mangleCache: sensors.mangleCache });
	const core = await bundle("entry.ts", { ...options, mangleCache: debug.mangleCache });
	const beside: BuildOptions = { format: "esm", mangleProps: betweenFiles, mangleCache: { ...gateCache } };
	const opened = await bundle("gate/opened.ts", beside);
	// Looked at by few, and seldom: compiled as it is needed.
	const panel = await bundle("panel/panel.ts", { ...beside, mangleProps: panelNames }, "");
	const spoken = await Promise.all(
		panelLanguages.map(async (language) => {
			// Written out, because the banner's words, of which the panel has a few, would come along whole.
			const { words } = await import(`./panel/messages/${language}.ts`);
			const contents = `export const words = ${JSON.stringify(words).replace(/"(\w+)":/g, "$1:")}`;
			const { mangleCache } = panel;
			const options: BuildOptions = { ...beside, mangleProps: panelNames, mangleCache, stdin: { contents } };
			return [`panel-${language}.js`, (await bundle(undefined, options, "")).text] as const;
		}),
	);
	const bodies = {
		"collector.js": core.text,
		"sensors.js": sensors.text,
		"debug.js": debug.text,
		"opened.js": opened.text,
		"panel.js": panel.text,
		...Object.fromEntries(spoken),
	};
	const hash = createHash("sha256").update(Object.values(bodies).join()).digest("hex");
	const base = `/code/${hash.slice(0, 10)}/`;
	const type = "text/javascript; charset=utf-8";
	return {
		gates: Object.fromEntries(gates) as Record<GateName, string>,
		files: new Map(Object.entries(bodies).map(([name, body]) => [base + name, { type, body }])),
		code: base,
	};
}
