/**
 * What every gate file shares with the page it is in: its script element, the browser's own signals, loading code, and
 * `window.sporlos`. Leaves out: deciding (gate.ts, tool-gate.ts).
 */
import type { GateSettings } from "../../schema/site.ts";
import type { Collector } from "../index.ts";
import type { ConsentState, PageApi } from "../package.ts";
import type { PanelOptions } from "../panel/panel.ts";
import type { Gate } from "./gate.ts";

/** A gate that is still to be told how to decide. */
export interface GatePage {
	readonly settings: GateSettings;
	readonly endpoint: string;
	/** `data-…` attributes of the gate's script element. */
	readonly tagged: DOMStringMap;
	/** The browser says no for its user (GPC, DNT): nothing can be granted. */
	readonly isSilenced: boolean;
	state: ConsentState;
	/** What a withdrawal on this page took out of storage: held for an erasure as long as the page lives. */
	leftBehind: [key: string, value: string][];
	/** What runs while the gate is open. */
	running?: Promise<Collector | undefined> | undefined;
	/** Loads a further file of the collector's, when somebody looks at the page. */
	fetchCode<Module>(name: string): Promise<Module>;
	/** Only when the visitor asks for it, or has asked for an erasure that is not finished. */
	openPanel(isAsked?: boolean): Promise<void>;
}

type PanelModule = { open(options: PanelOptions): void };

/** Undefined where this is no script element's code, or there twice. */
export function enterPage(settings: GateSettings): GatePage | undefined {
	const script = document.currentScript as HTMLScriptElement | null;
	if (!script || (window as { sporlos?: PageApi }).sporlos?.grant) return undefined;
	const { dataset: tagged, src } = script;
	const endpoint = tagged.endpoint ?? (src.split("/gate/")[0] as string);
	const { doNotTrack, globalPrivacyControl } = navigator as Navigator & { globalPrivacyControl: boolean };
	const gate: GatePage = {
		settings,
		endpoint,
		tagged,
		isSilenced: globalPrivacyControl || doNotTrack === "1",
		state: "undecided",
		leftBehind: [],
		fetchCode: async (name) => {
			if (document.prerendering) await new Promise((seen) => document.addEventListener("prerenderingchange", seen));
			return import(`${endpoint + settings.code + name}.js`);
		},
		openPanel: (isAsked) =>
			gate
				.fetchCode<PanelModule>("panel")
				.then(({ open }) => open({ gate: gate as PanelOptions["gate"], isAsked }))
				.catch(() => {}),
	};
	return gate;
}

/** Puts `window.sporlos` there. */
export function publish(gate: Gate, openChoices: () => void): void {
	(window as { sporlos?: PageApi }).sporlos = {
		grant: gate.grant,
		refuse: gate.refuse,
		withdraw: gate.refuse,
		openChoices,
		openMyData: () => gate.openPanel(true),
		state: () => gate.state,
		page: (path) => gate.running?.then((collector) => collector?.page(path)),
		event: (name, properties) => gate.running?.then((collector) => collector?.event(name, properties)),
	};
}
