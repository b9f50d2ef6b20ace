/** Judges what was asked for and sent in a state without consent. Leaves out storage, and what scripts did without sending. */
import { agentOf } from "./disguise.ts";
import type { Asked, Evidence, Hidden } from "./evidence.ts";
import { hostOf, nameOf, type Parties } from "./parties.ts";
import { factsIn, unpack } from "./payload.ts";
import type { RuleName, Sighting } from "./rules.ts";

/** A picture of one pixel is smaller than any that somebody looks at. */
const pixelBytes = 150;

const content = ["image", "stylesheet", "font", "media", "texttrack", "manifest"];

function ruleFor({ kind, method, status, bytes }: Asked): RuleName {
	if (kind === "document") return "foreign-frame";
	if (kind === "script") return "foreign-script";
	const isPixel = kind === "image" && (status === 204 || (bytes !== undefined && bytes <= pixelBytes));
	return content.includes(kind) && method === "GET" && !isPixel ? "foreign-content" : "foreign-sending";
}

const byWhom = (by: string | undefined) => (by ? `, by ${nameOf(by)}` : "");

/** `marks`: the values on the device that recognise a visitor. */
export function judgeRequests(one: Evidence, parties: Parties, marks: Map<string, string>): Sighting[] {
	const found: Sighting[] = [];
	for (const request of one.requests) {
		if (parties.of(request.url) !== "foreign") continue;
		const detail = `${request.method} ${request.kind}${byWhom(request.by)}`;
		found.push({ rule: ruleFor(request), subject: nameOf(request.url), detail });
	}

	const messages = [
		...one.requests.filter(({ kind }) => kind !== "document"),
		...one.acts.filter(({ kind }) => kind === "send").map(({ url = "", body, by }) => ({ url, body, by })),
	];
	for (const { url, body, by } of messages) {
		const party = parties.of(url);
		if (party !== "own" && party !== "foreign") continue;
		const text = `${unpack(url)}\n${body ? unpack(body) : ""}`;
		const facts = factsIn(text, agentOf(one.state));
		const subject = nameOf(url);
		if (facts.length >= (party === "own" ? 2 : 1))
			found.push({ rule: "device-sent", subject, detail: `${facts.join(", ")}${byWhom(by)}` });
		for (const [mark, where] of marks)
			if (text.includes(mark)) found.push({ rule: "identifier-sent", subject, detail: `${where}${byWhom(by)}` });
	}

	for (const { kind, what, url = "", by } of one.acts)
		if (kind === "send" && /beacon|outlives|Later/.test(what) && parties.of(url) === "own")
			found.push({ rule: "own-beacon", subject: nameOf(url), detail: `${what}${byWhom(by)}` });
	return [...found, ...judgeHidden(one, parties)];
}

/** What only the NetLog shows: leaving pages, preconnects, look-ups, WebRTC. */
function judgeHidden({ hidden, acts }: Evidence, parties: Parties): Sighting[] {
	const hostsOf = (...kinds: Hidden["kind"][]) =>
		new Set(hidden.filter(({ kind }) => kinds.includes(kind)).map(({ target }) => hostOf(target)));
	const [asked, connected] = [hostsOf("request"), hostsOf("request", "connection")];
	return hidden.flatMap(({ kind, target }): Sighting[] => {
		const party = parties.of(target.includes("://") ? target : `https://${target}/`);
		// No page reaches its own server by datagrams here: the audit's browser does without HTTP/3.
		if (party !== "foreign" && !(kind === "datagram" && party === "own")) return [];
		if (kind === "request") {
			const by = acts.find(({ url }) => url === target)?.by;
			return [{ rule: "foreign-sending", subject: nameOf(target), detail: `seen by the NetLog alone${byWhom(by)}` }];
		}
		if (kind === "lookup" && connected.has(hostOf(target))) return [];
		if (kind === "connection" && asked.has(hostOf(target))) return [];
		const detail = { lookup: "name look-up", connection: "preconnect", datagram: "WebRTC" }[kind];
		return [{ rule: kind === "lookup" ? "name-lookup" : "hidden-connection", subject: target, detail }];
	});
}
