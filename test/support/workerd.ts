/** Finds the workerd below a Node process, so that a test can kill it. Leaves out starting and stopping it. */
import { execFileSync } from "node:child_process";
import { existsSync, readdirSync, readFileSync, readlinkSync } from "node:fs";
import { basename } from "node:path";

/** Process id of the workerd that `parent` started, or undefined while there is none. */
export function findWorkerd(parent: number): number | undefined {
	return listWorkerds(parent)[0];
}

/** All that `parent` started. */
export function listWorkerds(parent: number): number[] {
	return (existsSync("/proc/self/stat") ? listFromProc() : listFromPs())
		.filter(({ ppid, command }) => ppid === parent && basename(command) === "workerd")
		.map(({ pid }) => pid);
}

interface Process {
	pid: number;
	ppid: number;
	command: string;
}

/** Linux, where small images have no ps. */
function listFromProc(): Process[] {
	return readdirSync("/proc")
		.filter((name) => /^\d+$/.test(name))
		.flatMap((pid) => {
			try {
				// pid (command) state ppid …, and the command may hold anything.
				const ppid = Number(readFileSync(`/proc/${pid}/stat`, "utf8").split(") ").at(-1)?.split(" ")[1]);
				return [{ pid: Number(pid), ppid, command: readlinkSync(`/proc/${pid}/exe`) }];
			} catch {
				return []; // it ended in between, or is somebody else's
			}
		});
}

function listFromPs(): Process[] {
	const lines = execFileSync("ps", ["-A", "-o", "pid=,ppid=,comm="], { encoding: "utf8" }).trim().split("\n");
	return lines.map((line) => {
		const [pid, ppid, ...command] = line.trim().split(/\s+/);
		return { pid: Number(pid), ppid: Number(ppid), command: command.join(" ") };
	});
}
