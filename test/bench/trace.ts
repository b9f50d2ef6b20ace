/**
 * What a trace of Chromium says about the main thread of one page. Leaves out: recording it.
 *
 * Times are the thread's own CPU time (`tdur`): what another process took of the machine in between is not in them, and
 * the slow-down is, because it keeps the thread itself busy.
 */

interface TraceEvent {
	name: string;
	ph: string;
	pid: number;
	tid: number;
	/** Microseconds. */
	ts: number;
	dur?: number;
	tdur?: number;
	args: { name?: string; data?: { score?: number; had_recent_input?: boolean; url?: string; processId?: number } };
}

export interface Work {
	/** Scripts: compiling, running, their callbacks and the garbage they leave, ms. */
	scriptMs: number;
	/** All tasks, layout and painting included, ms. */
	taskMs: number;
	/** Tasks of 50 ms or more. */
	longTasks: number;
	/** Sum of the layout shifts that no input excuses. */
	shift: number;
}

export const categories = [
	"-*",
	"__metadata",
	"devtools.timeline",
	"disabled-by-default-devtools.timeline",
	"disabled-by-default-v8.compile",
	"loading",
	"v8",
];

const longTaskUs = 50_000;
const scripts =
	/^(EvaluateScript|FunctionCall|RunMicrotasks|MinorGC|MajorGC|v8\.(compile|compileModule|produceCache|evaluateModule|run|callFunction))$/;

const microseconds = ({ tdur, dur = 0 }: TraceEvent) => tdur ?? dur;

/** Sum of the events' times, each moment once: an event inside another one is not added again. */
function outermost(events: TraceEvent[]): number {
	let sum = 0;
	let end = 0;
	for (const event of events.toSorted((a, b) => a.ts - b.ts || (b.dur ?? 0) - (a.dur ?? 0))) {
		if (event.ts < end) continue;
		end = event.ts + (event.dur ?? 0);
		sum += microseconds(event);
	}
	return sum;
}

/** The work of the process that showed the page at `url`. */
export function readTrace(trace: Buffer, url: string): Work {
	const { traceEvents } = JSON.parse(trace.toString()) as { traceEvents: TraceEvent[] };
	const commit = traceEvents.find(({ name, args }) => name === "FrameCommittedInBrowser" && args.data?.url === url);
	const ofPage = traceEvents.filter(({ pid }) => pid === commit?.args.data?.processId);
	const main = ofPage.find(({ name, args }) => name === "thread_name" && args.name === "CrRendererMain");
	if (!main) throw new Error(`The trace has no main thread of ${url}`);
	const events = ofPage.filter(({ tid }) => tid === main.tid);
	const complete = events.filter(({ ph }) => ph === "X");
	const tasks = complete.filter(({ name }) => name === "RunTask");
	const shifts = events.filter(({ name, args }) => name === "LayoutShift" && !args.data?.had_recent_input);
	return {
		scriptMs: outermost(complete.filter(({ name }) => scripts.test(name))) / 1000,
		taskMs: outermost(tasks) / 1000,
		longTasks: tasks.filter((task) => microseconds(task) >= longTaskUs).length,
		shift: shifts.reduce((sum, { args }) => sum + (args.data?.score ?? 0), 0),
	};
}
