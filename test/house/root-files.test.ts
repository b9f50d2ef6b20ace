import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";

const read = (file: string) => readFileSync(join(import.meta.dirname, "../..", file), "utf8");

interface Locked {
	version?: string;
	resolved?: string;
	optionalDependencies?: Record<string, string>;
}

describe("the lock file", () => {
	const { packages } = JSON.parse(read("package-lock.json")) as { packages: Record<string, Locked> };

	test("names no registry", () => {
		expect(Object.values(packages).filter(({ resolved }) => resolved)).toEqual([]);
	});

	test("holds the packages of every platform, else npm ci refuses it", () => {
		for (const [path, { optionalDependencies = {} }] of Object.entries(packages)) {
			for (const name of Object.keys(optionalDependencies)) {
				expect(
					packages[`node_modules/${name}`] ?? packages[`${path}/node_modules/${name}`],
					`${name}, for ${path}`,
				).toBeDefined();
			}
		}
	});

	test("is about exactly the versions that package.json asks for", () => {
		const { dependencies, devDependencies } = JSON.parse(read("package.json"));
		for (const [name, version] of Object.entries({ ...dependencies, ...devDependencies })) {
			expect(packages[`node_modules/${name}`]?.version, name).toBe(version);
		}
	});
});

describe("wrangler.toml", () => {
	const settings = read("wrangler.toml");

	test("keeps Workers Logs off: they would keep addresses", () => {
		expect(settings).toMatch(/^\[observability\]\nenabled = false$/m);
	});

	test("takes no sample visits in a deployed Worker", () => {
		expect(settings).toMatch(/^SAMPLES = "0"$/m);
	});
});
