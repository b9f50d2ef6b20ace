import { expect, test } from "vitest";
import { computing, driving } from "../../scripts/test-runs.ts";
import config from "../../vitest.config.ts";

const valuesOf = (args: string[], option: string) =>
	args.filter((arg) => arg.startsWith(option)).map((arg) => arg.slice(option.length));

test("every kind of test is run, all of it and once", () => {
	const parts = new Map<string, string[]>();
	for (const args of [...driving, computing]) {
		const [part = "1/1"] = valuesOf(args, "--shard=");
		for (const project of valuesOf(args, "--project=")) parts.set(project, [...(parts.get(project) ?? []), part]);
	}
	const projects = config.test?.projects?.map((project) => (project as { test: { name: string } }).test.name);
	expect([...parts.keys()].sort()).toEqual(projects?.sort());
	for (const of of parts.values()) expect(of).toEqual(of.map((_, index) => `${index + 1}/${of.length}`));
});
