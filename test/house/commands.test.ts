import { spawn } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { expect, test } from "vitest";

const failure = join(import.meta.dirname, "../../scripts/failure.ts");

/** A command as the launcher starts it: with a channel that tells when the launcher is gone. */
function startCommand(main: string) {
	const source = `import { Failure, runCommand } from ${JSON.stringify(failure)}; await runCommand(async () => { ${main} });`;
	return spawn(process.execPath, ["--input-type=module", "--eval", source], {
		stdio: ["ignore", "ignore", "pipe", "ipc"],
		timeout: 15_000,
	});
}

test("a command ends by itself when its work is done", async () => {
	expect(await once(startCommand(""), "exit")).toEqual([0, null]);
});

test("a command ends when whoever started it is gone", async () => {
	const command = startCommand("process.send('up'); await new Promise((resolve) => setTimeout(resolve, 60_000));");
	await once(command, "message");
	command.disconnect();
	expect(await once(command, "exit")).toEqual([1, null]);
});

test("a failure is one sentence and status 1, without a stack", async () => {
	const command = startCommand("throw new Failure('Set PORT to another one.');");
	let words = "";
	command.stderr?.on("data", (chunk) => {
		words += chunk;
	});
	expect(await once(command, "close")).toEqual([1, null]);
	expect(words).toBe("Set PORT to another one.\n");
});
