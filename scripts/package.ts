/** Builds the npm package into dist/package: one module and its types. Leaves out the Worker's bundles. */
import { execFile } from "node:child_process";
import { join } from "node:path";
import { promisify } from "node:util";
import { build } from "esbuild";

const root = join(import.meta.dirname, "..");
const run = promisify(execFile);

/** Rejects with the compiler's words where the types do not build. */
export async function buildPackage(): Promise<void> {
	const source = `${root}/collector/package.ts`;
	const outdir = `${root}/dist/package`;
	const types = ["--declaration", "--emitDeclarationOnly", "--composite", "false", "--outDir", outdir];
	const language = ["--target", "ES2022", "--lib", "ES2022,DOM", "--strict", "--module", "ESNext", "--ignoreConfig"];
	await Promise.all([
		build({
			entryPoints: { index: source },
			bundle: true,
			outdir,
			format: "esm",
			target: "es2022",
			logLevel: "warning",
		}),
		run(`${root}/node_modules/.bin/tsc`, [source, ...types, ...language, "--moduleResolution", "Bundler"]),
	]);
}
