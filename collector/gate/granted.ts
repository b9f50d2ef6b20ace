/**
 * What follows from a grant, in the collector's own file: starts it, and looks whether the grant of a page without a
 * consent tool still holds. Leaves out: what only consent tools need (opened.ts).
 */
import { type Collector, start } from "../index.ts";
import type { ConsentState } from "../package.ts";
import type { Gate } from "./gate.ts";
import type { Choice } from "./record.ts";

export interface BeginOptions {
	gate: Gate;
	chosen: Choice;
	/** The visitor said it on this very page. */
	isNew: true | undefined;
	/** Ends the grant. */
	signal: AbortSignal;
}

export interface RunOptions extends BeginOptions {
	/** The choice that holds now: another tab may have made one. */
	inForce(): Choice | undefined;
	/** Goes on with other purposes. */
	again(now: Choice): void;
	/** No choice holds any more. */
	halt(state: ConsentState): void;
	/** The visitor has said no. */
	shut(): void;
}

/** Starts the collector. */
export function begin({ gate, chosen, isNew: given, signal }: BeginOptions): Collector {
	const { settings, endpoint, tagged } = gate;
	const { at, ...consent } = chosen;
	const day = new Date(at).toISOString().slice(0, 10);
	const strict = at > performance.timeOrigin && "strict" in tagged; // consent was given while this page was open
	return start({ endpoint, site: settings.site, ...consent, day, given, signal, strict });
}

/** Undefined where the grant ended while this was on its way. */
export function run(options: RunOptions): Collector | undefined {
	const { chosen, signal, inForce, again, halt, shut } = options;
	// Another tab may withdraw, the grant may expire, and the page may come back from the back/forward cache: look again.
	const check = (event?: Event) => {
		// A page that goes may still say how it was left.
		if (event?.type === "visibilitychange" && document.hidden) return;
		const now = inForce();
		if (!now) halt("undecided");
		else if (!now.purposes[0]) shut();
		else if (now.at !== chosen.at) again(now);
	};
	for (const type of ["storage", "pageshow", "visibilitychange"])
		window.addEventListener(type, check, { signal, capture: true });
	if (!signal.aborted) check(); // what other tabs have said while this was on its way
	return signal.aborted ? undefined : begin(options);
}
