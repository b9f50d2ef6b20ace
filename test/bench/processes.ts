/** What workerd costs: runtimes that are told apart by their process, and the CPU each has used. */
import { readFile } from "node:fs/promises";
import { listWorkerds } from "../support/workerd.ts";

/** Starts something that runs in a workerd of its own, and says in which. */
export async function startApart<T>(start: () => Promise<T>): Promise<{ started: T; pid: number }> {
	const before = new Set(listWorkerds(process.pid));
	const started = await start();
	const pid = listWorkerds(process.pid).find((one) => !before.has(one));
	if (!pid) throw new Error("No workerd was started.");
	return { started, pid };
}

/** CPU a process has used so far, ms; Linux counts in hundredths of a second. */
export async function cpuMs(pid: number): Promise<number> {
	const fields = (await readFile(`/proc/${pid}/stat`, "utf8")).split(") ").at(-1)?.split(" ") ?? [];
	return (Number(fields[11]) + Number(fields[12])) * 10;
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
