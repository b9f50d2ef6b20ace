/** What workerd costs: runtimes that are told apart by their process, and the CPU each has used. */
import { readdir, readFile } from "node:fs/promises";
import { listWorkerds } from "../support/workerd.ts";

/** Starts something that runs in a workerd of its own, and says in which. */
export async function startApart<T>(start: () => Promise<T>): Promise<{ started: T; pid: number }> {
	const before = new Set(listWorkerds(process.pid));
	const started = await start();
	const pid = listWorkerds(process.pid).find((one) => !before.has(one));
	if (!pid) throw new Error("No workerd was started.");
	return { started, pid };
}

/** CPU a process has used so far, ms; Linux counts that of each thread in ns. */
export async function cpuMs(pid: number): Promise<number> {
	const threads = await readdir(`/proc/${pid}/task`);
	const spent = await Promise.all(threads.map((thread) => readFile(`/proc/${pid}/task/${thread}/schedstat`, "utf8")));
	return spent.reduce((sum, line) => sum + Number(line.split(" ")[0]) / 1e6, 0);
}

/** Runs `send` for every item, so many at once; ms it took and CPU of `pid`. */
export async function measureLoad<T>(
	pid: number,
	items: readonly T[],
	atOnce: number,
	send: (item: T) => Promise<void>,
): Promise<{ ms: number; cpu: number }> {
	const before = await cpuMs(pid);
	const began = performance.now();
	const queue = items[Symbol.iterator]();
	const lane = async () => {
		for (const item of { [Symbol.iterator]: () => queue }) await send(item);
	};
	await Promise.all(Array.from({ length: atOnce }, lane));
	return { ms: performance.now() - began, cpu: (await cpuMs(pid)) - before };
}
