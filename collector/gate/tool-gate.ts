/**
 * The gate of a page with a consent tool: open as long as the tool says that this visitor said yes, closed on anything else.
 * What the visitor says to Sporløs itself can only narrow that. Leaves out: each tool (adapters/), asking, and what follows
 * from a yes (opened.ts).
 */
import type { Purpose } from "../../schema/purposes.ts";
import type { ToolSettings } from "../../schema/site.ts";
import type { Collector } from "../index.ts";
import type { Adapter } from "./adapters/adapter.ts";
import type { Gate } from "./gate.ts";
import { enterPage, publish } from "./gate-page.ts";
import type { OpenOptions } from "./opened.ts";

type OpenedModule = { open(options: OpenOptions): Collector | undefined };

/** A tool may come late, end a grant without telling, or let one expire: it is asked this often. */
const askEveryMs = 500;

/** Opens the page's gate, once. `by` is the tool's name. */
export function openToolGate(settings: ToolSettings, by: string, tool: Adapter): void {
	const page = enterPage(settings);
	if (!page) return;
	const { site, policy } = settings;
	const category = page.tagged.category ?? tool.named;
	const prefix = `sporlos:${site}:`;
	let isHeard = false;
	/** The tool was there without a yes: the next one is given on this page. */
	let isAsking = false;
	let said: boolean | undefined;
	let ending: AbortController | undefined;

	/** `isOthers`: another tab has changed the note of the grant, which is not ours any more. */
	const close = (isOthers?: boolean) => {
		if (!ending) return;
		gate.state = "withdrawn";
		ending.abort();
		ending = gate.running = undefined;
		if (!isOthers) delete localStorage[`${prefix}choice`]; // other tabs follow
	};
	/** Asks the tool anew. Where storage is blocked the gate stays closed. */
	const wake = () => {
		const before = said;
		let isNo = gate.isSilenced;
		said = false;
		try {
			isNo ||= /:\[]/.test(localStorage[`${prefix}choice`]); // no purposes: the visitor's no to us
			if (!isHeard) {
				isHeard = true;
				tool.onChange(wake);
			}
			if (!isNo && !document.prerendering) {
				if (tool.decided(category)) {
					said = tool.allows(category);
					isNo = !said;
				}
				isAsking ||= !said;
			}
		} catch {
			isHeard = false;
		}
		if (!said) {
			close();
			if (gate.state !== "withdrawn") gate.state = isNo ? "refused" : "undecided";
		} else if (!before && !ending) {
			gate.state = "granted";
			ending = new AbortController();
			const { signal } = ending;
			gate.running = gate
				.fetchCode<OpenedModule>("opened")
				.then((module) => module.open({ gate, by, isAsking, signal, close }))
				.catch(() => undefined); // blocked or offline: nothing is counted
		}
	};
	const say = (purposes: readonly Purpose[]) => {
		close();
		said = false;
		try {
			localStorage[`${prefix}choice`] = JSON.stringify({ policy, by, purposes, at: Date.now() });
		} catch {
			// blocked or full
		}
		wake();
	};
	const gate: Gate = Object.assign(page, {
		grant: (purposes: readonly Purpose[] = settings.purposes) => say(purposes),
		refuse: () => say([]),
	});
	publish(gate, () => {});
	try {
		if (localStorage[`${prefix}erase`]) gate.openPanel(); // an erasure that is not finished
	} catch {
		// blocked: nothing was asked for
	}
	setInterval(wake, askEveryMs);
	wake();
}
