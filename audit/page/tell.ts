/**
 * How the spy tells what it saw: through a function that the auditor puts into the page, once a second for the same thing.
 * Leaves out what has no script of the page on its stack: that is the auditor's own.
 */

interface Told {
	kind: "read" | "fingerprint" | "listen" | "store" | "send";
	what: string;
	url?: string;
	body?: string;
}

const tell = (window as unknown as { sporlosAudit?: (act: string) => Promise<void> }).sporlosAudit;
Reflect.deleteProperty(window, "sporlosAudit");

const { stringify } = JSON;
const { now } = Date;
const recent = new Map<string, number>();
const engine = Error as ErrorConstructor & { stackTraceLimit?: number | undefined };
let isTelling = false;

/** Address of the script nearest to the top of the stack. */
export function callingScript(): string | undefined {
	const { stackTraceLimit } = engine;
	engine.stackTraceLimit = 50;
	const stack = String(new Error().stack);
	engine.stackTraceLimit = stackTraceLimit;
	return /((?:https?|blob|chrome-extension):\S+?):\d+(?::\d+)?\)?$/m.exec(stack)?.[1];
}

/** Never disturbs the page, and never tells of itself. `by`: for what is told later than it was done. */
export function note(act: Told, by = callingScript()): void {
	if (isTelling || !tell || !by) return;
	isTelling = true;
	try {
		const key = `${act.kind} ${act.what} ${act.url} ${by}`;
		if (act.kind !== "send") {
			if (now() - (recent.get(key) ?? 0) < 1000) return;
			recent.set(key, now());
		}
		tell(stringify({ ...act, by, at: now() })).catch(() => {});
	} catch {
		// a page that has broken its own surroundings is not helped by breaking more
	} finally {
		isTelling = false;
	}
}

/** Runs what the auditor itself asks of the browser without telling of it. */
export function unseen<T>(work: () => T): T {
	const was = isTelling;
	isTelling = true;
	try {
		return work();
	} finally {
		isTelling = was;
	}
}
