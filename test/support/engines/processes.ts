/** Process families on Linux: what a browser has started, and the end of it. */
import { readdirSync, readFileSync } from "node:fs";

/** The processes below `pid`, itself included. */
export function familyOf(pid: number): number[] {
	const parents = new Map<number, number>();
	for (const name of readdirSync("/proc").filter((entry) => /^\d+$/.test(entry))) {
		try {
			parents.set(Number(name), Number(readFileSync(`/proc/${name}/stat`, "utf8").split(") ").at(-1)?.split(" ")[1]));
		} catch {
			// it ended in between
		}
	}
	const family = [pid];
	for (const one of family) for (const [child, parent] of parents) if (parent === one) family.push(child);
	return family;
}

export function commandLine(pid: number): string {
	try {
		return readFileSync(`/proc/${pid}/cmdline`, "utf8").replaceAll("\0", " ").trim();
	} catch {
		return "";
	}
}

export function killAll(pids: number[]): void {
	for (const pid of pids) {
		try {
			process.kill(pid, "SIGKILL");
		} catch {
			// gone already
		}
	}
}
