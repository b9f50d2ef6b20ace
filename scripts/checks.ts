/** The checks that need no test: sizes, types, and format and lint with the import directions. */
import { spawn } from "node:child_process";
import { bundle } from "./bundle.ts";
import { printWeights } from "./weights.ts";

const bin = `${import.meta.dirname}/../node_modules/.bin`;

/** Runs a tool to its end; its output is printed in one piece. */
function runTool(name: string, args: string[]): Promise<boolean> {
	return new Promise((resolve) => {
		const child = spawn(`${bin}/${name}`, args, {
			cwd: `${import.meta.dirname}/..`,
			stdio: ["ignore", "pipe", "pipe"],
		});
		const output: Buffer[] = [];
		for (const stream of [child.stdout, child.stderr]) stream.on("data", (chunk: Buffer) => output.push(chunk));
		child.on("error", () => resolve(false));
		child.on("close", (code) => {
			process.stderr.write(Buffer.concat(output));
			resolve(code === 0);
		});
	});
}

async function fitsBudgets(): Promise<boolean> {
	try {
		const weights = await bundle();
		printWeights(weights);
		return weights.every(({ bytes, limit }) => bytes <= limit);
	} catch (error) {
		console.error(error);
		return false;
	}
}

/** The output is collected, so biome cannot see where it goes. */
const colors = `--colors=${process.stderr.isTTY ? "force" : "off"}`;

/** What passed and what did not, by name. The build comes first, because the Worker's types need what it writes. */
export async function runChecks(): Promise<Record<"sizes" | "types" | "lint", boolean>> {
	const sizes = await fitsBudgets();
	const [types, lint] = await Promise.all([
		runTool("tsc", ["-b"]),
		runTool("biome", ["ci", "--log-level=warn", colors, "."]),
	]);
	return { sizes, types, lint };
}
