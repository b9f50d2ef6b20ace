/**
 * The last inputs, and the slow frames that followed: what INP needs to be taken apart. Where an input went is noted when it
 * happens, because an entry's own target is empty at times (https://github.com/GoogleChrome/web-vitals/issues/744), and
 * always once the element is gone.
 */
import type { Report } from "../../schema/report.ts";
import { elementKey } from "./element-key.ts";
import { spans } from "./spans.ts";
import type { Tools } from "./tools.ts";

type AnswerParts = NonNullable<NonNullable<Report["speed"]>["inpOf"]>;
type Timing = Pick<PerformanceEventTiming, "startTime" | "duration" | "processingStart" | "processingEnd">;

/** INP is told within a second of its input. */
const maxInputs = 10;
/** A slow click has about ten events. */
const maxEvents = 100;
/** Durations are rounded to 8 ms: events that end so close were shown by the same frame. */
const frameMs = 8;

/**
 * Instants: input, handlers begin, handlers end, next frame; as in https://github.com/GoogleChrome/web-vitals#inpattribution.
 * All events of the frame count, because mousedown and input have handlers too and belong to no interaction.
 */
export function answerSteps(first: Timing, events: Timing[]): number[] {
	const { startTime, duration } = first;
	const frame = events.filter((event) => Math.abs(event.startTime + event.duration - startTime - duration) <= frameMs);
	const begin = Math.max(startTime, Math.min(...frame.map(({ processingStart }) => processingStart)));
	const shown = Math.max(begin, startTime + duration);
	// A dialog can keep handlers busy beyond the next frame.
	return [startTime, begin, Math.min(shown, Math.max(...frame.map(({ processingEnd }) => processingEnd))), shown];
}

/** Returns a function for every slow event, and one that takes the slowest interaction apart, by its events. */
export function watchInputs(
	tools: Tools,
): [note: (event: PerformanceEventTiming) => void, tell: (events: [Timing, ...Timing[]]) => AnswerParts] {
	let inputs: [time: number, element: string][] = [];
	let events: PerformanceEventTiming[] = [];
	/** The interaction asked for last, and where it went: it is asked for again long after its input was forgotten. */
	let asked = 0;
	let element: string | undefined;
	tools.guard.listen(document, "pointerdown keydown", ({ timeStamp, target, isTrusted }) => {
		// What a script sends can go to what is no element.
		if (isTrusted)
			inputs = [...inputs, [timeStamp, elementKey(target as Element)] as (typeof inputs)[0]].slice(-maxInputs);
	});
	return [
		(event) => {
			events = [...events, event].slice(-maxEvents);
		},
		([first, ...others]) => {
			// pointerup and click follow a pointerdown, keyup a keydown.
			if (asked !== first.startTime) element = inputs.findLast(([time]) => time <= first.startTime)?.[1];
			asked = first.startTime;
			const steps = answerSteps(first, [first, ...others, ...events]);
			return { ...(element && { element }), ...spans(tools, ["input", "processing", "presentation"], steps) };
		},
	];
}
