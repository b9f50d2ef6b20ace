/**
 * The part of a consent tool's gate that is only needed after a yes, and is loaded with the collector: notes the grant,
 * starts the collector, and forgets what it stored when the grant ends. Leaves out: deciding.
 */
import type { Collector } from "../index.ts";
import type { Gate } from "./gate.ts";
import { begin } from "./granted.ts";
import { type Choice, forgetVisits, keepChoice, readChoice, readKept } from "./record.ts";

export interface OpenOptions {
	gate: Gate;
	/** The tool's name. */
	by: string;
	/** The tool was seen without a yes before, so this one was given on this page. */
	isAsking: boolean;
	/** Ends the grant. */
	signal: AbortSignal;
	/** Another tab has ended it, or changed it. */
	close(isOthers: true): void;
}

/** Undefined where the grant ended while this was on its way. */
export function open({ gate, by, isAsking, signal, close }: OpenOptions): Collector | undefined {
	const { settings } = gate;
	const { site, policy, purposes } = settings;
	const forget = () => {
		gate.leftBehind.push(...forgetVisits(site));
	};
	if (signal.aborted) {
		forget(); // of earlier pages
		return undefined;
	}
	const kept = () => readKept(site, "choice") as Choice | undefined;
	const known = readChoice(settings);
	// A yes to an earlier notice, or one whose time is over, is not renewed by a tool that only remembers it: it has to ask again.
	if (!known && kept()?.purposes?.[0] && !isAsking) {
		gate.state = "undecided";
		return undefined;
	}
	const isNew = !known?.purposes[0] || undefined; // else on an earlier page, or in another tab
	const choice = isNew ? { policy, by, purposes, at: Date.now() } : (known as Choice);
	const isKept = !keepChoice(site, choice);
	signal.addEventListener("abort", () => {
		const now = kept();
		if (now?.purposes[0] && now.at !== choice.at) return; // another tab's, which goes on
		forget();
	});
	// The page may also come back from the back/forward cache: look again.
	const check = () => {
		if (isKept && String(kept()?.purposes) !== String(choice.purposes)) close(true);
	};
	for (const type of ["storage", "pageshow"]) window.addEventListener(type, check, { signal, capture: true });
	return begin({ gate, chosen: choice, isNew, signal });
}
