/**
 * The npm package `sporlos`: puts the gate of a site on the page, and passes calls on to it. The gate itself always comes
 * from the Worker, because it carries the site's current notice. Leaves out: everything else; before a grant nothing is kept.
 */

export type Purpose = "performance" | "visits" | "interactions";
export type ConsentState = "undecided" | "granted" | "refused" | "withdrawn";

/** What a page may call: `window.sporlos`. */
export interface PageApi {
	/** The visitor said yes: to everything the site asks for, or to these purposes. */
	grant(purposes?: readonly Purpose[]): void;
	/** The visitor said no. */
	refuse(): void;
	/** Stops everything at once, and leaves nothing but the no. */
	withdraw(): void;
	state(): ConsentState;
	/** Opens the banner again, where the site uses it. */
	openChoices(): void;
	/** Opens the panel in which a visitor sees, downloads and erases what this browser has contributed. */
	openMyData(): Promise<void>;
	/** Begins a page view that the address does not tell. Without a grant it does nothing and keeps nothing. */
	page(path?: string): void;
	/** Counts an event, and each of its properties. Without a grant it does nothing and keeps nothing. */
	event(name: string, properties?: Record<string, string | number | boolean>): void;
}

export interface StartOptions {
	/** Address of the Worker, or of a path on your own site that leads there: `https://stats.example.no`. */
	endpoint: string;
	/** The site's id. */
	site: string;
	/** Who asks the visitor: Sporløs' banner, or the page itself with `grant()` and `refuse()`. */
	consent?: "banner" | "manual";
	/** Language of the banner; else that of the page. */
	lang?: string;
	/** True: timings of the page on which consent is given are not read. */
	strict?: boolean;
	/** Nonce of the page's content security policy, where it has no host in `script-src`. */
	nonce?: string;
}

interface ScriptPolicies {
	createPolicy(name: string, rules: { createScriptURL(url: string): string }): { createScriptURL(url: string): string };
}

let loading: Promise<boolean> | undefined;

const gate = () => (globalThis as { sporlos?: PageApi }).sporlos;

/**
 * Puts the gate on the page, once. Resolves to true when it is there, and to false where it was blocked, there is no
 * network, or this is a server; it never rejects. Throws a TypeError for options that cannot be right.
 */
export function start({ endpoint, site, consent = "banner", lang, strict, nonce }: StartOptions): Promise<boolean> {
	if (!/^[a-z0-9-]{1,40}$/.test(site)) throw new TypeError("sporlos: `site` is the id that the Worker gave your site.");
	if (!/^(https?:\/)?\/[^?#]+$/.test(endpoint))
		throw new TypeError("sporlos: `endpoint` is the Worker's address, such as https://stats.example.no.");
	if (typeof document === "undefined") return Promise.resolve(false);
	loading ??= new Promise((resolve) => {
		const base = endpoint.replace(/\/+$/, "");
		const script = document.createElement("script");
		Object.assign(script.dataset, { endpoint: base }, lang && { lang }, strict && { strict: "" });
		if (nonce) script.nonce = nonce;
		script.onload = () => resolve(true);
		script.onerror = () => {
			loading = undefined; // a later call tries again
			resolve(false);
		};
		// Under Trusted Types a plain address would throw; the policy's name goes into the page's `trusted-types`.
		const { trustedTypes } = globalThis as { trustedTypes?: ScriptPolicies };
		const policy = trustedTypes?.createPolicy("sporlos", { createScriptURL: (url) => url });
		const address = `${base}/gate/${site}/${consent}.js`;
		script.src = policy ? policy.createScriptURL(address) : address;
		document.head.append(script);
	});
	return loading;
}

/** Counts an event. Before the gate is there, and without a grant, it does nothing and keeps nothing. */
export const event: PageApi["event"] = (name, properties) => gate()?.event(name, properties);

/** Begins a page view that the address does not tell. */
export const page: PageApi["page"] = (path) => gate()?.page(path);

/** `undecided` also while the gate is not there. */
export const state: PageApi["state"] = () => gate()?.state() ?? "undecided";

/** What a visitor decided waits for a gate that is still on its way: a no must never get lost. */
function decide(pass: (api: PageApi) => void): void {
	const api = gate();
	if (api) pass(api);
	else loading?.then(() => pass(gate() as PageApi)).catch(() => {});
}

export const grant: PageApi["grant"] = (purposes) => decide((api) => api.grant(purposes));
export const refuse: PageApi["refuse"] = () => decide((api) => api.refuse());
export const withdraw: PageApi["withdraw"] = () => decide((api) => api.withdraw());
export const openChoices: PageApi["openChoices"] = () => decide((api) => api.openChoices());

/** Also without a grant, and after it was withdrawn. */
export const openMyData = (): void => decide((api) => api.openMyData());
