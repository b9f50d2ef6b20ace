/**
 * The gate: `undecided → granted | refused`, `granted → withdrawn`. It alone loads the collector, and it owns the
 * AbortSignal under which everything else lives. Closed on anything that is not a grant in force.
 * Leaves out: asking the visitor, which is the banner's part or the page's.
 */
import { purposes as allPurposes, type Purpose } from "../../schema/purposes.ts";
import type { GateSettings } from "../../schema/site.ts";
import type { Collector, StartOptions } from "../index.ts";
import type { ConsentState, PageApi } from "../package.ts";
import { type Choice, forgetVisits, keepChoice, readChoice } from "./record.ts";

export interface Gate {
	state: ConsentState;
	/** The browser says no for its user (GPC, DNT): nothing can be granted. */
	readonly isSilenced: boolean;
	/** `data-…` attributes of the gate's script element. */
	readonly attributes: DOMStringMap;
	/** All the site's purposes, or these of them. */
	grant(purposes?: readonly Purpose[]): void;
	/** Before a grant: the answer no. After it: the end, synchronously; nothing is flushed, nothing is left. */
	refuse(): void;
}

type CollectorModule = { start(options: StartOptions): Collector };

/** Opens the page's gate, once. `ask` gets it and returns the function that opens the choices. */
export function openGate(settings: GateSettings, by: string, ask: (gate: Gate) => () => void): void {
	const page = window as Window & { sporlos?: PageApi };
	const { site, policy } = settings;
	const script = document.currentScript as HTMLScriptElement | null;
	if (!script || page.sporlos?.grant) return; // not a script element's, or there twice
	const { dataset: attributes, src } = script;
	const endpoint = attributes.endpoint ?? src.replace(/\/gate\/.*/, "");
	const { doNotTrack, globalPrivacyControl } = navigator as Navigator & { globalPrivacyControl: boolean };
	let ending: AbortController;
	let collector: Collector | undefined;
	let loading: Promise<void> | undefined;

	/** `strict`: consent was given on this very page. `isKept`: the choice could be stored. */
	const run = ({ purposes, at, by }: Choice, strict: boolean, isKept: boolean) => {
		gate.state = "granted";
		ending = new AbortController();
		const { signal } = ending;
		// Another tab may withdraw, and the page may come back from the back/forward cache: look again.
		const check = () => {
			if (isKept && !readChoice(settings)?.purposes[0]) close();
		};
		const day = new Date(at).toISOString().slice(0, 10);
		const start = (module: CollectorModule) => {
			if (!signal.aborted) collector = module.start({ endpoint, site, policy, by, day, purposes, signal, strict });
		};
		// Blocked or offline: nothing is counted.
		const load = () => {
			loading = import(endpoint + settings.collector).then(start).catch(() => {});
		};
		try {
			for (const type of ["storage", "pageshow"]) window.addEventListener(type, check, { signal, capture: true });
			if (document.prerendering) document.addEventListener("prerenderingchange", load, { signal });
			else load();
		} catch {
			// a page that has broken its own surroundings is not measured
		}
	};
	const close = () => {
		gate.state = "withdrawn";
		collector = undefined;
		ending.abort();
		forgetVisits(site);
	};

	const gate: Gate = {
		state: "undecided",
		isSilenced: globalPrivacyControl || doNotTrack === "1",
		attributes,
		grant: (wanted = allPurposes) => {
			const purposes = (settings.notice?.purposes ?? allPurposes).filter((purpose) => wanted.includes(purpose));
			if (gate.isSilenced || !purposes[0]) return;
			if (gate.state === "granted") close(); // with other purposes, perhaps: begin anew
			const choice = { policy, by, purposes, at: Date.now() };
			run(choice, "strict" in attributes, keepChoice(site, choice));
		},
		refuse: () => {
			if (gate.state === "granted") close();
			else gate.state = "refused";
			keepChoice(site, { policy, by, purposes: [], at: Date.now() });
		},
	};
	const choice = readChoice(settings);
	if (gate.isSilenced || choice) gate.state = "refused";
	if (!gate.isSilenced && choice?.purposes[0]) run(choice, false, true);

	const openChoices = ask(gate);
	page.sporlos = {
		grant: gate.grant,
		refuse: gate.refuse,
		withdraw: gate.refuse,
		openChoices,
		state: () => gate.state,
		page: (path) => collector?.page(path),
		event: (name, props) => {
			loading?.then(() => collector?.event(name, props));
		},
	};
}
