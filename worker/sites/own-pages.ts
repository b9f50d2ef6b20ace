/**
 * Fetching from a site's own origins, where its owner asks for it: little, not for long, without cookies, and from nowhere else.
 * Leaves out what is read from it (worker/setup, worker/release/sitemap.ts).
 */
import { version } from "../version.ts";

const maxBytes = 1_000_000;
const waitMs = 10_000;
const maxRedirects = 5;

export type Fetched =
	| { kind: "answer"; url: URL; answer: Response; text: string }
	/** No answer in time, too many redirects, or a status that says no. */
	| { kind: "unreachable"; status?: number }
	| { kind: "private-address" }
	/** A redirect to an origin that is not the site's. */
	| { kind: "elsewhere"; origin: string };

export interface Fetching {
	origins: readonly string[];
	/** Where this Worker is: it says so, and fetches from private addresses only where it has one itself. */
	here: URL;
}

/** Follows redirects by hand, as long as they stay on the site's own origins. */
export async function fetchOwn(address: URL, { origins, here }: Fetching): Promise<Fetched> {
	const signal = AbortSignal.timeout(waitMs);
	const headers = { "User-Agent": `Sporlos/${version} (set-up check; +${here.origin})`, Accept: "text/html,*/*;q=0.5" };
	let url = address;
	try {
		for (let hops = 0; hops <= maxRedirects; hops++) {
			if (!origins.includes(url.origin)) return { kind: "elsewhere", origin: url.origin };
			if (isPrivate(url.hostname) && !isPrivate(here.hostname)) return { kind: "private-address" };
			const answer = await fetch(url.href, { redirect: "manual", signal, headers });
			const to = answer.status >= 300 && answer.status < 400 ? answer.headers.get("Location") : null;
			if (to === null) {
				if (!answer.ok) return { kind: "unreachable", status: answer.status };
				return { kind: "answer", url, answer, text: await readCut(answer) };
			}
			await answer.body?.cancel();
			if (!URL.canParse(to, url.href)) break;
			url = new URL(to, url.href);
		}
	} catch {
		// not there, or too slow: said as such
	}
	return { kind: "unreachable" };
}

/** The text of an answer, cut at a limit. */
export async function readCut(answer: Response): Promise<string> {
	if (!answer.body) return "";
	const decoder = new TextDecoder();
	let text = "";
	let bytes = 0;
	const reader = answer.body.getReader();
	for (;;) {
		const { done, value } = await reader.read();
		if (done) return text;
		bytes += value.byteLength;
		text += decoder.decode(value, { stream: true });
		if (bytes > maxBytes) {
			await reader.cancel();
			return text;
		}
	}
}

/**
 * Whether a host is one that only a private network knows, as far as its name tells. A public name that leads to a private address
 * passes: on Cloudflare no private network is within reach.
 */
export function isPrivate(hostname: string): boolean {
	const host = hostname.toLowerCase().replace(/\.$/, "");
	// URL writes every form of an IPv4 address as four numbers.
	const [a, b] = /^\d+\.\d+\.\d+\.\d+$/.test(host) ? host.split(".").map(Number) : [];
	if (a !== undefined && b !== undefined)
		return (
			[0, 10, 127].includes(a) ||
			a >= 224 ||
			(a === 100 && b >= 64 && b < 128) ||
			(a === 169 && b === 254) ||
			(a === 172 && b >= 16 && b < 32) ||
			(a === 192 && (b === 168 || b === 0)) ||
			(a === 198 && (b === 18 || b === 19))
		);
	// Of IPv6 only 2000::/3 is public, and parts of that lead into IPv4: NAT64 and 6to4.
	if (host.startsWith("[")) return !/^\[[23]/.test(host) || /^\[(2002:|2001:0?:|2001::)/.test(host);
	return !host.includes(".") || /\.(localhost|local|internal|home\.arpa|lan|intranet|test)$/.test(host);
}
