/**
 * The gate: `undecided → granted | refused`, `granted → withdrawn`. It alone loads the collector, and it owns the
 * AbortSignal under which everything else lives. Closed on anything that is not a grant in force.
 * Leaves out: asking the visitor, which is the banner's part or the page's.
 */
import { purposes as allPurposes, type Purpose } from "../../schema/purposes.ts";
import type { GateSettings } from "../../schema/site.ts";
import type { Collector, StartOptions } from "../index.ts";
import type { ConsentState, PageApi } from "../package.ts";
import type { PanelOptions } from "../panel/panel.ts";
import { type Choice, forgetVisits, keepChoice, readChoice, readKept } from "./record.ts";

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
	/** What a withdrawal on this page took out of storage: held for an erasure as long as the page lives. */
	left: [key: string, value: string][];
}

type CollectorModule = { start(options: StartOptions): Collector };
type PanelModule = { open(options: PanelOptions): void };

/** Opens the page's gate, once. `ask` gets it and returns the function that opens the choices. */
export function openGate(settings: GateSettings, by: string, ask: (gate: Gate) => () => void): void {
	const page = window as Window & { sporlos?: PageApi };
	const { site, policy } = settings;
	const script = document.currentScript as HTMLScriptElement | null;
	if (!script || page.sporlos?.grant) return; // not a script element's, or there twice
	const { dataset: attributes, src } = script;
	const endpoint = attributes.endpoint ?? src.replace(/\/gate\/.*/, "");
	const { doNotTrack, globalPrivacyControl } = navigator as Navigator & { globalPrivacyControl: boolean };
	const fetchCode = (name: string) => import(endpoint + settings.collector.replace("collector", name));
	let ending: AbortController | undefined;
	let opened: Promise<Collector | undefined> | undefined;

	/** `isKept`: the choice could be stored. `given`: on this very page. */
	const run = (choice: Choice, isKept: boolean, given?: true) => {
		const { policy, purposes, at, by } = choice;
		gate.state = "granted";
		ending = new AbortController();
		const { signal } = ending;
		// Another tab may withdraw, the grant may expire, and the page may come back from the back/forward cache: look again.
		const check = ({ type }: Event) => {
			// A page that goes may still say how it was left.
			if (type === "visibilitychange" && document.hidden) return;
			const now = isKept ? readChoice(settings) : choice;
			if (now?.at === at) return;
			if (now?.purposes[0]) {
				ending?.abort(); // other purposes
				run(now, true);
			} else if (now) close();
			else halt("undecided");
		};
		const strict = at > performance.timeOrigin && "strict" in attributes; // consent was given while this page was open
		const day = new Date(at).toISOString().slice(0, 10);
		const start = (module: CollectorModule) =>
			signal.aborted ? undefined : module.start({ endpoint, site, policy, by, day, purposes, given, signal, strict });
		// Blocked or offline: nothing is counted.
		const load = () => {
			opened = fetchCode("collector")
				.then(start)
				.catch(() => undefined);
		};
		try {
			for (const type of ["storage", "pageshow", "visibilitychange"])
				window.addEventListener(type, check, { signal, capture: true });
			if (document.prerendering) document.addEventListener("prerenderingchange", load, { signal });
			else load();
		} catch {
			// a page that has broken its own surroundings is not measured
		}
	};
	/** An expired grant ends so, and one that another tab gave for a newer notice: what was contributed stays the visitor's to see. */
	const halt = (state: ConsentState) => {
		gate.state = state;
		opened = undefined;
		ending?.abort();
	};
	/** Also clears what an expired grant has left. */
	const close = (isChange?: boolean) => {
		halt(gate.state === "granted" ? "withdrawn" : "refused");
		gate.left.push(...forgetVisits(site, isChange));
	};
	/** Only when the visitor asks for it, or has asked for an erasure that is not finished. */
	const myData = (isAsked?: boolean) =>
		fetchCode("panel")
			.then(({ open }: PanelModule) => open({ gate, settings, endpoint, isAsked }))
			.catch(() => {});

	const gate: Gate = {
		state: "undecided",
		left: [],
		isSilenced: globalPrivacyControl || doNotTrack === "1",
		attributes,
		grant: (wanted = allPurposes) => {
			const purposes = (settings.purposes ?? allPurposes).filter((purpose) => wanted.includes(purpose));
			if (gate.isSilenced || !purposes[0]) return;
			if (gate.state === "granted") {
				// A page may say on every load what it was told once: that renews nothing.
				if (`${purposes}` === `${readChoice(settings)?.purposes}`) return;
				close(true);
			}
			const choice = { policy, by, purposes, at: Date.now() };
			run(choice, keepChoice(site, choice), true);
		},
		refuse: () => {
			close();
			keepChoice(site, { policy, by, purposes: [], at: Date.now() });
		},
	};
	const choice = readChoice(settings);
	if (gate.isSilenced || choice) gate.state = "refused";
	if (!gate.isSilenced && choice?.purposes[0]) run(choice, true);
	if (readKept(site, "erase")) myData();

	const openChoices = ask(gate);
	page.sporlos = {
		grant: gate.grant,
		refuse: gate.refuse,
		withdraw: gate.refuse,
		openChoices,
		state: () => gate.state,
		openMyData: () => myData(true),
		page: (path) => opened?.then((collector) => collector?.page(path)),
		event: (name, properties) => opened?.then((collector) => collector?.event(name, properties)),
	};
}
