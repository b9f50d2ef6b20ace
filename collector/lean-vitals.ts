/**
 * The build's hand on web-vitals: its modules get what they listen with from us, because the library cannot stop listening
 * (sensors/leash.ts), and some of them are ours (sensors/lean.ts), because visitors carry every byte. Leaves out: any
 * change to how a value is measured; a test compares with the library as it is.
 */
import { readFile } from "node:fs/promises";
import { basename, dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import type { Plugin } from "esbuild";

const sensors = join(import.meta.dirname, "sensors");
const modules = join(dirname(fileURLToPath(import.meta.resolve("web-vitals"))), "modules");
/** Our file in place of each of these modules. */
const ours: Record<string, string> = {
	observe: "leash.ts",
	whenIdleOrHidden: "leash.ts",
	whenActivated: "lean.ts",
	getActivationStart: "lean.ts",
	initUnique: "lean.ts",
	bindReporter: "lean.ts",
	initMetric: "lean.ts",
	softNavs: "lean.ts",
};

export const leanVitals: Plugin = {
	name: "web-vitals, lean and on a leash",
	setup: ({ onResolve, onLoad, onEnd }) => {
		const replaced = new Set<string>();
		onResolve({ filter: /^web-vitals$/ }, () => ({ path: join(modules, "index.js"), sideEffects: false }));
		onResolve({ filter: /\.js$/ }, ({ path, importer }) => {
			const name = basename(path, ".js");
			if (!importer.startsWith(modules) || !ours[name]) return undefined;
			replaced.add(name);
			return { path: join(sensors, ours[name]) };
		});
		onEnd(() => {
			const missing = Object.keys(ours).filter((name) => !replaced.has(name));
			if (replaced.size && missing[0]) throw new Error(`web-vitals has no ${missing.join(", ")} any more`);
		});
		onLoad({ filter: /\.js$/ }, async ({ path }) => {
			if (!path.startsWith(modules)) return undefined;
			const leash = JSON.stringify(join(sensors, "leash.ts"));
			// Nothing of us runs before a prerendered page is shown.
			const source = (await readFile(path, "utf8")).replaceAll("document.prerendering", "false");
			return { contents: `import { addEventListener } from ${leash};\n${source}`, loader: "js" };
		});
	},
};
