/** A screen that nobody sees: Xvfb on a free display, and the hand that types and clicks on it (xdotool). */
import { execFile, spawn } from "node:child_process";
import { once } from "node:events";
import { promisify } from "node:util";

const run = promisify(execFile);

export const screenPx = [1280, 960] as const;

export interface Display {
	/** For the environment of what is to be shown on it: `:99`. */
	name: string;
	/** Runs xdotool; its output. Throws where it fails. */
	hand(...words: (string | number)[]): Promise<string>;
	stop(): Promise<void>;
}

export async function openDisplay(): Promise<Display> {
	const size = `${screenPx.join("x")}x24`;
	// The server itself picks a free number and writes it to the descriptor named.
	const server = spawn("Xvfb", ["-displayfd", "3", "-screen", "0", size, "-nolisten", "tcp", "-noreset"], {
		stdio: ["ignore", "ignore", "ignore", "pipe"],
	});
	const gone = once(server, "exit").catch(() => {});
	const failed = once(server, "error").then(([error]) => {
		throw new Error(`Xvfb is needed for tests with a screen and did not start (${(error as Error).message}).`);
	});
	const [number] = (await Promise.race([once(server.stdio[3] as NodeJS.ReadableStream, "data"), failed])) as [Buffer];
	const name = `:${number.toString().trim()}`;
	return {
		name,
		hand: async (...words) => {
			const { stdout } = await run("xdotool", words.map(String), { env: { ...process.env, DISPLAY: name } });
			return stdout.trim();
		},
		stop: async () => {
			server.kill("SIGKILL");
			await gone;
		},
	};
}
