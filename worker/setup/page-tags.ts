/** What a page's HTML says about the gate: script elements that name a gate file, policies in <meta>, tools. Leaves out judging it (look.ts). */
import { isTagManager, toolsOf } from "./consent-tools.ts";

export interface GateTag {
	url: URL;
	/** As in /gate/SITE/FILE.js */
	site: string;
	file: string;
	/** Attribute that names the file; a browser loads it from `src` only. */
	attribute: string;
	type: string;
	nonce: string | undefined;
	isHashed: boolean;
	/** Where it sends to, should the element say so. */
	endpoint: string | undefined;
}

export interface PageTags {
	gates: GateTag[];
	policies: string[];
	tools: string[];
	hasManager: boolean;
}

const named: Record<string, string> = { amp: "&", quot: '"', apos: "'", lt: "<", gt: ">" };
/** A value as a browser reads it; the parser hands out what stands there. */
const decode = (value: string) =>
	value.replace(/&(?:#(\d{1,7})|#x([\da-f]{1,6})|(amp|quot|apos|lt|gt));/gi, (whole, decimal, hex, name) => {
		if (name) return named[String(name).toLowerCase()] ?? whole;
		const code = decimal ? Number(decimal) : Number.parseInt(String(hex), 16);
		return code <= 0x10_ffff ? String.fromCodePoint(code) : whole;
	});

const gatePath = /\/gate\/([^/?#]+)\/([^/?#]+)\.js$/;
const inertTypes = /^$|^(text|application)\/(x-)?(java|ecma)script$|^module$/i;
export const isInert = ({ type, attribute }: GateTag) => attribute !== "src" || !inertTypes.test(type.trim());

/** The gate file that a script element names in any attribute: tools that hold scripts back keep the address in one of their own. */
function gateTag(attributes: Map<string, string>, page: URL): GateTag | undefined {
	for (const [attribute, value] of attributes) {
		const text = value.trim();
		if (!text.includes("/gate/") || !URL.canParse(text, page.href)) continue;
		const url = new URL(text, page.href);
		const [, site, file] = gatePath.exec(url.pathname) ?? [];
		if (site === undefined || file === undefined) continue;
		return {
			url,
			site: site.slice(0, 60),
			file: file.slice(0, 60),
			attribute,
			type: attributes.get("type") ?? "",
			nonce: attributes.get("nonce"),
			isHashed: attributes.has("integrity"),
			endpoint: attributes.get("data-endpoint"),
		};
	}
	return undefined;
}

export async function readTags(html: string, page: URL): Promise<PageTags> {
	const tags: PageTags = { gates: [], policies: [], tools: [], hasManager: false };
	const addresses: string[] = [];
	const rewriter = new HTMLRewriter()
		.on("script", {
			element(element) {
				const attributes = new Map(
					[...element.attributes].map(([name = "", value = ""]) => [name.toLowerCase(), decode(value)] as const),
				);
				const gate = gateTag(attributes, page);
				if (gate) return void tags.gates.push(gate); // named like the tool it listens to
				const src = attributes.get("src") ?? attributes.get("data-src") ?? "";
				if (URL.canParse(src, page.href)) addresses.push(new URL(src, page.href).href);
			},
			text({ text }) {
				tags.hasManager ||= isTagManager(text);
			},
		})
		.on("meta[http-equiv]", {
			element(element) {
				const name = element.getAttribute("http-equiv") ?? "";
				if (/^content-security-policy$/i.test(name.trim()))
					tags.policies.push(decode(element.getAttribute("content") ?? ""));
			},
		});
	await rewriter.transform(new Response(html)).arrayBuffer();
	tags.tools = toolsOf(addresses);
	tags.hasManager ||= addresses.some(isTagManager);
	return tags;
}
