/** Bundles the gate files and the collector, and weighs them. Leaves out: writing anything, and the budgets. */
import { createHash } from "node:crypto";
import { readFile } from "node:fs/promises";
import { basename, join } from "node:path";
import { brotliCompressSync, constants } from "node:zlib";
import { type BuildOptions, build, type Plugin, transform } from "esbuild";

export interface CollectorBuild {
	/** Source of each gate file; `__SPORLOS_GATE__` stands where the Worker puts the site's settings. */
	gates: { banner: string; manual: string };
	/** Immutable files by path: /code/<hash>/…. */
	files: Map<string, { type: string; body: string }>;
	/** Path of the collector's entry. */
	entry: string;
	/** Bytes after brotli 11: gates with empty settings, the core without web-vitals, the web-vitals chunk. */
	sizes: { banner: number; manual: number; core: number; speed: number };
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

/** Web-vitals cannot stop listening, so it gets what it listens with from us; see sensors/leash.ts. */
const leashedVitals: Plugin = {
	name: "web-vitals on a leash",
	setup: ({ onLoad }) => {
		onLoad({ filter: /web-vitals\.js$/ }, async ({ path }) => {
			const leash = JSON.stringify(join(folder, "sensors/leash.ts"));
			const source = await readFile(path, "utf8");
			return { contents: `import { addEventListener, PerformanceObserver } from ${leash};\n${source}`, loader: "js" };
		});
	},
};

/** Names that only live in memory, never in a report, in storage or in the page: shortened, because visitors load them. */
const ownNames =
	/^(visibleMs|engagedMs|newest|waiting|prune|renew|safely|restored|announces|swapsAlways|mono|wall|focused)$/;

const shared: BuildOptions = {
	absWorkingDir: folder,
	bundle: true,
	write: false,
	minify: true,
	target: "es2022",
	charset: "utf8",
	legalComments: "none",
	logLevel: "warning",
	pure: ["Object.keys"], // of the schema's tables: dropped where nobody uses the result
	plugins: [minifiedCss, leashedVitals],
};

async function buildGate(file: string): Promise<string> {
	const { outputFiles } = await build({ ...shared, entryPoints: [`gate/${file}`], format: "iife" });
	return outputFiles?.[0]?.text ?? "";
}

export async function buildCollector(): Promise<CollectorBuild> {
	const [banner, manual, { outputFiles = [] }] = await Promise.all([
		buildGate("banner-gate.ts"),
		buildGate("manual-gate.ts"),
		build({
			...shared,
			entryPoints: { collector: "index.ts" },
			format: "esm",
			splitting: true,
			outdir: "out",
			chunkNames: "speed",
			mangleProps: ownNames,
		}),
	]);
	const hash = createHash("sha256");
	for (const { text } of outputFiles) hash.update(text);
	const base = `/code/${hash.digest("hex").slice(0, 10)}/`;
	const bodies = new Map(outputFiles.map(({ path, text }) => [basename(path), text]));
	const core = bodies.get("collector.js");
	const speed = bodies.get("speed.js");
	if (!core || !speed || bodies.size !== 2) {
		throw new Error(
			`The collector should be two files, collector.js and speed.js, not ${[...bodies.keys()].join(", ")}`,
		);
	}
	return {
		gates: { banner, manual },
		files: new Map([...bodies].map(([name, body]) => [base + name, { type: "text/javascript; charset=utf-8", body }])),
		entry: `${base}collector.js`,
		sizes: { banner: weigh(banner), manual: weigh(manual), core: weigh(core), speed: weigh(speed) },
	};
}
