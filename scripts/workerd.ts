/** Finds the workerd process below a Node process, for tests that kill it. Leaves out starting and stopping it. */
import { execFileSync } from "node:child_process";

/** Process id of the workerd that `parent` started, or undefined while there is none. */
export function findWorkerd(parent: number): number | undefined {
	const rows = execFileSync("ps", ["-A", "-o", "pid=,ppid=,args="], { encoding: "utf8" }).split("\n");
	const row = rows.map((line) => line.trim().split(/\s+/)).find((words) => isWorkerdOf(words, parent));
	return row && Number(row[0]);
}

function isWorkerdOf([, ppid, command]: string[], parent: number): boolean {
	return Number(ppid) === parent && (command?.endsWith("workerd") ?? false);
}
