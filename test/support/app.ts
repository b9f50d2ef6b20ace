/**
 * The whole application as `npm start` runs it, on free ports and with data of its own, in a process that a test can kill
 * like a power cut and start again. Leaves out building: dist/ must be there.
 */
import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, rm } from "node:fs/promises";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import type { Ready } from "../../scripts/ready.ts";
import { findWorkerd } from "./workerd.ts";

const root = join(import.meta.dirname, "../..");

export interface App extends Ready {
	/** The process that holds the storage. */
	workerdPid: number;
	dataDir: string;
	/** SIGKILL for workerd and for what would have started another one. Resolves when both are gone. */
	kill(): Promise<void>;
	/** Starts again with the same data, ports and key. */
	restart(): Promise<App>;
	/** Ends it as Ctrl-C does, and removes the data. */
	stop(): Promise<void>;
}

export async function findFreePort(): Promise<number> {
	const server = createServer().listen(0, "127.0.0.1");
	await once(server, "listening");
	const address = server.address();
	server.close();
	await once(server, "close");
	if (address === null || typeof address === "string") throw new Error("no port");
	return address.port;
}

/** With `sample: false` the books are empty; with `true` sample visits are filled in while the test runs. */
export async function startApp({ sample }: { sample: boolean }): Promise<App> {
	const dataDir = await mkdtemp(join(tmpdir(), "sporlos-data-"));
	const [port, sitePort] = [await findFreePort(), await findFreePort()];
	return launch(dataDir, {
		PORT: String(port),
		SITE_PORT: String(sitePort),
		DATA_DIR: dataDir,
		OWNER_KEY: "the-key-of-the-tests",
		SAMPLE: sample ? "1" : "0",
	});
}

async function launch(dataDir: string, settings: Record<string, string>): Promise<App> {
	const child = spawn(join(root, "node_modules/.bin/node"), [join(root, "scripts/start.ts")], {
		cwd: root,
		env: { ...process.env, ...settings },
		stdio: ["ignore", "pipe", "inherit", "ipc"], // it stops when this process is gone
	});
	const gone = once(child, "exit");
	const ready = await readReady(child.stdout);
	const workerdPid = findWorkerd(child.pid ?? 0);
	if (!workerdPid) throw new Error("The application is ready without a workerd.");
	const isUp = () => child.exitCode === null && child.signalCode === null;
	return {
		...ready,
		workerdPid,
		dataDir,
		async kill() {
			if (!isUp()) return;
			child.kill("SIGSTOP"); // it would start another workerd
			process.kill(workerdPid, "SIGKILL");
			child.kill("SIGKILL");
			await gone;
		},
		restart: () => launch(dataDir, settings),
		async stop() {
			if (isUp()) child.kill("SIGTERM");
			await gone;
			await rm(dataDir, { recursive: true, force: true });
		},
	};
}

async function readReady(output: NodeJS.ReadableStream | null): Promise<Ready> {
	for await (const line of output ? createInterface({ input: output }) : []) {
		if (line.startsWith("ready ")) return JSON.parse(line.slice("ready ".length)) as Ready;
	}
	throw new Error("The application ended before it was ready: see its message above.");
}
