/**
 * What a test does with a consent tool on a page: the same few things with each. A tool from npm is driven as itself; the others
 * are stand-ins that copy what their documentation says, its traps included. Leaves out: the gate.
 */
export interface Drive {
	/** What a page has of the tool before it has loaded, or half of it. */
	stub(): void;
	/** The tool starts, with what it remembers of an earlier page. `silence` and `bot`: under settings that take it for a yes. */
	start(as?: "silence" | "bot"): unknown;
	grant(): unknown;
	refuse(): unknown;
	/** Takes a yes back, as its own dialog does. */
	withdraw(): unknown;
	/** As if nobody had ever answered. */
	reset(): unknown;
	/** What the tool remembers has run out: to be seen when it starts again. */
	expire(): unknown;
}

/** Two tools on one page remember apart. */
const key = `consent-tool:${(document.currentScript as HTMLScriptElement | null)?.src}`;

/** What stand-ins remember from page to page. */
export const memory = {
	get yes(): boolean | undefined {
		const kept = localStorage.getItem(key);
		return kept === null ? undefined : kept === "yes";
	},
	set yes(yes: boolean | undefined) {
		if (yes === undefined) localStorage.removeItem(key);
		else localStorage.setItem(key, yes ? "yes" : "no");
	},
};

/** Of a stand-in that does nothing but remember an answer, or none, and tell of it; what has run out is forgotten in silence. */
export function answering(set: (yes: boolean | undefined) => void): Omit<Drive, "stub" | "start"> {
	return {
		grant: () => set(true),
		refuse: () => set(false),
		withdraw: () => set(false),
		reset: () => set(undefined),
		expire: () => {
			memory.yes = undefined;
		},
	};
}

/** Without a value the cookie goes. */
export function setCookie(name: string, value = ""): void {
	// biome-ignore lint/suspicious/noDocumentCookie: as consent tools do it, also where there is no secure context
	document.cookie = `${name}=${value}; path=/; max-age=${value ? 9_999 : 0}`;
}

export const page = window as unknown as Record<string, unknown>;

export function tell(target: EventTarget, type: string, detail?: unknown): void {
	target.dispatchEvent(new CustomEvent(type, { detail }));
}
