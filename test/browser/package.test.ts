/** The npm package, built and imported as a site would: what it holds, what it types, and what it does in a real browser. */
import { execFile } from "node:child_process";
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { promisify } from "node:util";
import { build } from "esbuild";
import { afterAll, beforeAll, expect, test } from "vitest";
import { buildPackage } from "../../scripts/package.ts";
import { until } from "../support/until.ts";
import { useVisitor } from "../support/visitor.ts";

const run = promisify(execFile);
const root = join(import.meta.dirname, "../..");
let script = "";
let folder = "";

/** A site's own module, bundled by its own bundler, with nothing but the package's public name in it. */
const appSource = `
	import * as sporlos from "sporlos";
	Object.assign(window, { app: sporlos });`;

const visitor = useVisitor((sink) => {
	const policy = `script-src 'self' ${sink.app}; connect-src ${sink.app}; require-trusted-types-for 'script'; trusted-types sporlos`;
	const page = {
		body: '<!doctype html><html lang="nb"><title>Side</title><script src="/app.js"></script><h1>Side</h1>',
	};
	return {
		"/app.js": { body: script, headers: { "content-type": "text/javascript" } },
		"/app": page,
		"/strict": { ...page, headers: { "content-security-policy": `default-src 'none'; ${policy}` } },
	};
});

beforeAll(async () => {
	await buildPackage();
	folder = await mkdtemp(join(root, "dist/consumer-"));
	const options = { contents: appSource, resolveDir: folder };
	const { outputFiles } = await build({ stdin: options, bundle: true, write: false, format: "iife" });
	script = outputFiles[0]?.text ?? "";
});
afterAll(() => rm(folder, { recursive: true, force: true }));

type App = typeof import("../../collector/package.ts");
const app = <T>(call: (app: App, endpoint: string) => T): Promise<Awaited<T>> =>
	visitor.page.evaluate(`(${call})(window.app, ${JSON.stringify(visitor.sink.app)})`) as Promise<Awaited<T>>;
const paths = () => visitor.sink.requests.map(({ path }) => path);

test("the package is one module with its types, and installs nothing else", async () => {
	const { stdout } = await run("npm", ["pack", "--dry-run", "--json", "--ignore-scripts"], { cwd: root });
	const [pack] = JSON.parse(stdout) as { files: { path: string }[] }[];
	const files = pack?.files.map(({ path }) => path).sort();
	expect(files).toEqual(["LICENSE", "README.md", "dist/package/index.js", "dist/package/package.d.ts", "package.json"]);
	const manifest = JSON.parse(await readFile(`${root}/package.json`, "utf8"));
	expect(manifest.dependencies).toBeUndefined();
	expect(await readFile(`${root}/dist/package/index.js`, "utf8")).not.toContain("import");
});

test("its types let through what is right, and nothing else", async () => {
	const right = `
		import { event, grant, page, start, state } from "sporlos";
		const loaded: Promise<boolean> = start({ endpoint: "https://stats.example.no", site: "shop", consent: "manual" });
		event("signup", { plan: "pro", seats: 3, trial: true });
		grant(["visits"]);
		page("/step-2");
		const now: "undecided" | "granted" | "refused" | "withdrawn" = state();
		export { loaded, now };`;
	const wrong = `
		import { event, grant, start } from "sporlos";
		start({ endpoint: "https://stats.example.no" });
		event("signup", { plan: {} });
		grant(["marketing"]);`;
	const compile = async (name: string, source: string) => {
		await writeFile(`${folder}/${name}.ts`, source);
		const options = ["--ignoreConfig", "--noEmit", "--strict", "--moduleResolution", "bundler", "--module", "esnext"];
		const files = ["--lib", "es2022,dom", "--types", "", `${folder}/${name}.ts`];
		return run(`${root}/node_modules/.bin/tsc`, [...options, ...files]).then(
			() => [],
			({ stdout }: { stdout: string }) => [...stdout.matchAll(/\((\d+),\d+\): error/g)].map(([, line]) => line),
		);
	};
	expect(await compile("right", right)).toEqual([]);
	expect(await compile("wrong", wrong)).toEqual(["3", "4", "5"]);
});

test.each(["/app", "/strict"])("on %s it loads the gate once, and measures after a grant", async (path) => {
	visitor.page = await visitor.open(path);
	expect(paths()).toEqual([]);
	const start = (app: App, endpoint: string) => app.start({ endpoint, site: "test", consent: "manual" });
	expect(await app(start)).toBe(true);
	expect(await app(start)).toBe(true);
	expect(await app((app) => [app.event("before"), app.page("/before"), app.state()].at(-1))).toBe("undecided");
	expect(paths()).toEqual(["/gate/test/manual.js"]);
	await app((app) => app.grant());
	const report = await until("a report", () => visitor.sink.counted()[0]);
	expect(report).toMatchObject({ place: { page: path }, consent: { by: "manual" } });
	await app((app) => app.withdraw());
	expect(await app((app) => app.state())).toBe("withdrawn");
	expect(visitor.complaints).toEqual([]);
});

test("a decision made while the gate is on its way is not lost", async () => {
	visitor.page = await visitor.open("/app");
	await app((app, endpoint) => {
		app.start({ endpoint, site: "test", consent: "manual" });
		app.refuse();
	});
	await until("the refusal", () => app((app) => app.state() === "refused"));
	expect(paths()).toEqual(["/gate/test/manual.js"]);
});

test("where the gate is blocked nothing happens, and nothing is thrown", async () => {
	visitor.page = await visitor.open("/app");
	await visitor.context.route("**/gate/**", (route) => route.abort());
	expect(await app((app, endpoint) => app.start({ endpoint, site: "test" }))).toBe(false);
	expect(await app((app) => [app.grant(), app.event("x"), app.state()].at(-1))).toBe("undecided");
	await visitor.context.unroute("**/gate/**");
	expect(await app((app, endpoint) => app.start({ endpoint, site: "test" }))).toBe(true);
});

test("an endpoint or site that cannot be right is said at once, in words that help", async () => {
	visitor.page = await visitor.open("/app");
	const words = (call: (app: App) => unknown) =>
		app(call as (app: App) => Promise<unknown>).catch((error: Error) => error.message);
	expect(await words((app) => app.start({ endpoint: "stats.example.no", site: "test" }))).toContain(
		"`endpoint` is the Worker's address",
	);
	expect(await words((app) => app.start({ endpoint: "https://stats.example.no", site: "My Shop" }))).toContain(
		"`site` is the id",
	);
});

test("on a server it does nothing", async () => {
	const code = `import("sporlos").then(async (s) => {
		const loaded = await s.start({ endpoint: "https://stats.example.no", site: "test" });
		s.event("x"); s.grant();
		console.log(loaded, s.state());
	})`;
	const { stdout } = await run(process.execPath, ["--input-type=module", "--eval", code], { cwd: root });
	expect(stdout.trim()).toBe("false undecided");
});
