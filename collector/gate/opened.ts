/**
 * The part of a consent tool's gate that is only needed after a yes, and is loaded with the collector: notes the grant,
 * starts the collector, and forgets what it stored when the grant ends. Leaves out: deciding.
 */
import type { ToolSettings } from "../../schema/site.ts";
import { type Collector, start } from "../index.ts";
import type { Gate } from "./gate.ts";
import { type Choice, forgetVisits, keepChoice, readChoice, readKept } from "./record.ts";

export interface OpenOptions {
	gate: Gate;
	settings: ToolSettings;
	endpoint: string;
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
export function open({ gate, settings, endpoint, by, isAsking, signal, close }: OpenOptions): Collector | undefined {
	const { site } = settings;
	const forget = () => {
		gate.left.push(...forgetVisits(site));
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
	const fresh = { policy: settings.policy, by, purposes: settings.purposes, at: Date.now() };
	const choice = known?.purposes[0] ? known : fresh;
	const { policy, purposes, at } = choice;
	const isKept = keepChoice(site, choice);
	signal.addEventListener("abort", () => {
		const now = kept();
		if (now?.purposes[0] && now.at !== at) return; // another tab's, which goes on
		forget();
	});
	// The page may also come back from the back/forward cache: look again.
	const check = () => {
		if (isKept && String(kept()?.purposes) !== String(purposes)) close(true);
	};
	for (const type of ["storage", "pageshow"]) window.addEventListener(type, check, { signal, capture: true });
	const day = new Date(at).toISOString().slice(0, 10);
	const given = at > performance.timeOrigin || undefined; // while this page was open
	const strict = !!given && "strict" in gate.attributes;
	return start({ endpoint, site, policy, by, day, given, purposes, signal, strict });
}
