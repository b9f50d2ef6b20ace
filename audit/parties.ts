/**
 * Whose a host is: the site's own, the consent tool's, one the owner allows, or a foreign one. Leaves out the whole public
 * suffix list: it knows the common suffixes of two parts, and a host it splits wrongly can be allowed by hand.
 */
import { type Tool, tools } from "./tools.ts";

export type Party = "own" | "tool" | "allowed" | "foreign" | "nobody";

/** Suffixes under which everybody can have a name, as a pattern for the end of a host. */
const wideSuffix =
	/\.(?:(?:ac|co|com|edu|gov|gen|govt|net|ne|or|org|nom|gob|gouv|asso|priv|kommune|fylkes\.kommune)\.[a-z]{2}|[a-z]+\.(?:amazonaws|googleusercontent)\.com|(?:github|gitlab|web|fly|deno|onrender|pages|workers|vercel|netlify|herokuapp|azurewebsites|cloudfront|firebaseapp|blogspot|appspot|myshopify|wixsite|wordpress|webflow|shinyapps|surge)\.(?:io|app|dev|net|com|sh))$/;

/** The part of a host that somebody registered: `example.co.uk` of `www.example.co.uk`. Numbers and bare names as they are. */
export function siteOf(host: string): string {
	if (/^[\d.]+$|^\[|^[^.]+$/.test(host)) return host;
	const labels = host.split(".");
	const suffix = wideSuffix.exec(host)?.[0];
	const kept = suffix ? suffix.split(".").length : 2;
	return labels.slice(-kept).join(".");
}

export interface Parties {
	of(url: string): Party;
	ofHost(host: string): Party;
	/** The consent tools that were found on the page. */
	tools: Tool[];
}

/** The host of an address, or of a host with its port; empty where there is none. */
export function hostOf(target: string): string {
	const url = target.includes("://") ? target : `http://${target}`;
	return URL.canParse(url) ? new URL(url).hostname : "";
}

function webHostOf(url: string): string | undefined {
	try {
		const { protocol, hostname } = new URL(url.replace(/^blob:/, ""));
		return /^(https?|wss?):$/.test(protocol) ? hostname : undefined;
	} catch {
		return undefined;
	}
}

/** `pages`: addresses of the audited page, before and after redirects. `allow`: hosts, which cover what is below them. */
export function tellParties(pages: string[], toolNames: string[], allow: string[]): Parties {
	const own = new Set(pages.map((url) => siteOf(hostOf(url))));
	const found = tools.filter(({ name }) => toolNames.includes(name));
	const ofHost = (host: string): Party => {
		if (own.has(siteOf(host))) return "own";
		return allow.some((allowed) => host === allowed || host.endsWith(`.${allowed}`)) ? "allowed" : "foreign";
	};
	return {
		tools: found,
		ofHost,
		of(url) {
			const host = webHostOf(url);
			if (host === undefined) return "nobody";
			const party = ofHost(host);
			const [file = ""] = url.split(/[?#]/);
			return party === "foreign" && found.some(({ files }) => files.test(file)) ? "tool" : party;
		},
	};
}

/** Host and path, without the query. */
export function nameOf(url: string): string {
	if (!URL.canParse(url)) return url;
	const { host, pathname } = new URL(url.replace(/^blob:/, ""));
	const name = `${host}${pathname}`;
	return name.length > 90 ? `${name.slice(0, 89)}…` : name;
}
