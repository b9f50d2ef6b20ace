/** `npm run fuzz`: the fuzzers with a million inputs, or as many as the variable FUZZ says. */
import { spawnSync } from "node:child_process";
import { join } from "node:path";
import { bundle } from "./bundle.ts";
import { Failure, runCommand } from "./failure.ts";

await runCommand(async () => {
	const root = join(import.meta.dirname, "..");
	const inputs = Number(process.env.FUZZ ?? 1_000_000);
	if (!Number.isInteger(inputs) || inputs < 1) throw new Failure("FUZZ must be a whole number of inputs.");
	await bundle();
	const vitest = spawnSync(
		process.execPath,
		[join(root, "node_modules/.bin/vitest"), "run", "--project=workerd", "fuzz"],
		{
			cwd: root,
			stdio: "inherit",
			env: { ...process.env, FUZZ: String(inputs) },
		},
	);
	if (vitest.status !== 0) throw new Failure("The fuzzers found something: see above.");
});
