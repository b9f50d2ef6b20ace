/**
 * Whether a Content Security Policy lets a page load a script from an address or send to it (CSP 3, §6.7.2). Leaves out hashes,
 * which no file that changes can have, and reporting policies, which stop nothing.
 * Source: https://www.w3.org/TR/CSP3/#match-url-to-source-list
 */

/** Which directives decide, the first that is there. */
const directives = {
	script: ["script-src-elem", "script-src", "default-src"],
	connect: ["connect-src", "default-src"],
} as const;

export interface Asked {
	use: keyof typeof directives;
	url: URL;
	/** Address of the page itself. */
	page: URL;
	/** Of the script element. */
	nonce?: string | undefined;
}

/** The directive that forbids it, of any of the policies; undefined where all allow it. A header may hold several, by commas. */
export function forbidding(policies: readonly string[], asked: Asked): string | undefined {
	for (const policy of policies.flatMap((text) => text.split(","))) {
		const parts = readPolicy(policy);
		const sandbox = parts.get("sandbox");
		if (asked.use === "script" && sandbox && !sandbox.includes("allow-scripts")) return "sandbox";
		const name = directives[asked.use].find((directive) => parts.has(directive));
		if (name && !allows(parts.get(name) ?? [], asked)) return name;
	}
	return undefined;
}

/** Directives by name; the first of a name counts. */
function readPolicy(policy: string): Map<string, string[]> {
	const parts = new Map<string, string[]>();
	for (const directive of policy.split(";")) {
		const [name = "", ...sources] = directive.trim().split(/\s+/);
		const known = name.toLowerCase();
		if (known && !parts.has(known)) parts.set(known, sources);
	}
	return parts;
}

function allows(sources: string[], { use, url, page, nonce }: Asked): boolean {
	if (use === "script") {
		if (nonce && sources.includes(`'nonce-${nonce}'`)) return true;
		// Then hosts count for nothing, and only what a trusted script adds by itself is let through.
		if (sources.some((source) => source.toLowerCase() === "'strict-dynamic'")) return false;
	}
	return sources.some((source) => matches(source, url, page));
}

const isNetwork = (scheme: string) => ["http:", "https:", "ws:", "wss:"].includes(scheme);

/** http in a policy stands for https too, and never the other way round. */
const schemeFits = (wanted: string, scheme: string) =>
	wanted === scheme || (wanted === "http:" && scheme === "https:") || (wanted === "ws:" && scheme === "wss:");

function matches(source: string, url: URL, page: URL): boolean {
	if (source === "*") return isNetwork(url.protocol) || url.protocol === page.protocol;
	if (source.toLowerCase() === "'self'") return url.hostname === page.hostname && sameWay(url, page);
	const scheme = /^([a-z][a-z0-9+.-]*:)$/i.exec(source)?.[1];
	if (scheme) return schemeFits(scheme.toLowerCase(), url.protocol);
	const host = /^(?:([a-z][a-z0-9+.-]*:)\/\/)?(\*|(?:\*\.)?[^/:*']+)(?::(\d+|\*))?(\/[^?#]*)?$/i.exec(source);
	if (!host) return false;
	const [, wanted, name = "", port, path] = host;
	return (
		schemeFits((wanted ?? page.protocol).toLowerCase(), url.protocol) &&
		hostFits(name.toLowerCase(), url.hostname) &&
		portFits(port, url) &&
		pathFits(path, url.pathname)
	);
}

/** The page's own origin, or the same over https. */
function sameWay(url: URL, page: URL): boolean {
	if (url.origin === page.origin) return true;
	return schemeFits(page.protocol, url.protocol) && url.port === "" && page.port === "";
}

function hostFits(wanted: string, host: string): boolean {
	if (wanted === "*") return true;
	return wanted.startsWith("*.") ? host.endsWith(wanted.slice(1)) : host === wanted;
}

/** An address with its scheme's own port reads as one without. */
function portFits(wanted: string | undefined, { port, protocol }: URL): boolean {
	if (wanted === "*" || wanted === port) return true;
	if (port !== "") return false;
	return wanted === undefined || wanted === "80" || (wanted === "443" && protocol !== "http:");
}

function pathFits(wanted: string | undefined, path: string): boolean {
	if (wanted === undefined || wanted === "/") return true;
	return wanted.endsWith("/") ? path.startsWith(wanted) : path === wanted;
}
