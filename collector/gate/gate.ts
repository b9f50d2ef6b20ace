/**
 * The gate: `undecided → granted | refused`, `granted → withdrawn`. It alone loads the collector, and it owns the
 * AbortSignal under which everything else lives. Closed on anything that is not a grant in force.
 * Leaves out: asking the visitor, which is the banner's part or the page's, and what follows from a yes (granted.ts).
 */
import type { Purpose } from "../../schema/purposes.ts";
import type { GateSettings } from "../../schema/site.ts";
import type { Collector } from "../index.ts";
import type { ConsentState } from "../package.ts";
import { enterPage, type GatePage, publish } from "./gate-page.ts";
import type { RunOptions } from "./granted.ts";
import { type Choice, forgetVisits, keepChoice, readChoice, readKept } from "./record.ts";

export interface Gate extends GatePage {
	/** All the site's purposes, or these of them. */
	grant(purposes?: readonly Purpose[]): void;
	/** Before a grant: the answer no. After it: the end, synchronously; nothing is flushed, nothing is left. */
	refuse(): void;
}

type CollectorModule = { run(options: RunOptions): Collector | undefined };

/** Opens the page's gate, once. `ask` gets it and returns the function that opens the choices. */
export function openGate(settings: GateSettings, by: string, ask: (gate: Gate) => () => void): void {
	const gate = enterPage(settings) as Gate;
	if (!gate) return;
	const { site } = settings;
	let ending: AbortController | undefined;

	/** Where storage is blocked a choice holds for the page. */
	let unkept: Choice | undefined;
	const inForce = () => unkept ?? readChoice(settings);

	/** `isNew`: the visitor said so on this very page. */
	const again = (choice: Choice, isNew?: true) => {
		ending?.abort(); // other purposes
		gate.state = "granted";
		ending = new AbortController();
		const { signal } = ending;
		gate.running = gate
			.fetchCode<CollectorModule>("collector")
			.then((module) => module.run({ gate, chosen: choice, isNew, signal, inForce, again, halt, shut }))
			.catch(() => undefined); // blocked or offline: nothing is counted
	};
	/** An expired grant ends so, and one that another tab gave for a newer notice: what was contributed stays the visitor's to see. */
	const halt = (state: ConsentState) => {
		gate.state = state;
		ending?.abort();
	};
	/** Also clears what an expired grant has left. */
	const shut = (isChange?: boolean) => {
		halt(gate.state === "granted" ? "withdrawn" : "refused");
		gate.leftBehind.push(...forgetVisits(site, isChange));
	};
	const say = (purposes: Purpose[]) => {
		const choice = { policy: settings.policy, by, purposes, at: Date.now() };
		unkept = keepChoice(site, choice);
		if (purposes[0]) again(choice, true);
	};

	gate.grant = (wanted = settings.purposes) => {
		const purposes = settings.purposes.filter((purpose) => wanted.includes(purpose));
		if (gate.isSilenced || !purposes[0]) return;
		if (gate.state === "granted") {
			// A page may say on every load what it was told once: that renews nothing.
			if (`${purposes}` === `${inForce()?.purposes}`) return;
			shut(true);
		}
		say(purposes);
	};
	gate.refuse = () => {
		shut();
		say([]);
	};
	const choice = inForce();
	if (gate.isSilenced || choice) gate.state = "refused";
	if (!gate.isSilenced && choice?.purposes[0]) again(choice);
	if (readKept(site, "erase")) gate.openPanel();
	publish(gate, ask(gate));
}
