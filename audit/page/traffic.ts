/**
 * Notes which scripts send, and what, as far as it can be read at once. Leaves out what the network log sees as well anyway:
 * pictures, frames, forms.
 */
import { callingScript, note, unseen } from "./tell.ts";
import { onCall, onNew } from "./wrap.ts";

const maxBodyChars = 60_000;

/** Bytes as a string with one character each, as base64 wants them. */
function toBase64(bytes: Uint8Array): string {
	let text = "";
	for (const byte of bytes.subarray(0, maxBodyChars)) text += String.fromCharCode(byte);
	return `base64:${btoa(text)}`;
}

/** Text of what is sent, where it can be had at once. */
function read(content: unknown): string | undefined {
	if (content instanceof ArrayBuffer) return toBase64(new Uint8Array(content));
	if (ArrayBuffer.isView(content))
		return toBase64(new Uint8Array(content.buffer, content.byteOffset, content.byteLength));
	if (content instanceof FormData) return [...content].map(([name, value]) => `${name}=${value}`).join("&");
	if (content instanceof URLSearchParams) return String(content);
	return typeof content === "string" ? content : undefined;
}

function send(what: string, url: unknown, content?: unknown): void {
	const address = unseen(() => {
		try {
			return new URL(String(url), document.baseURI).href;
		} catch {
			return String(url);
		}
	});
	const by = callingScript();
	const tell = (body?: string) =>
		note({ kind: "send", what, url: address, ...(body && { body: body.slice(0, maxBodyChars) }) }, by);
	tell(unseen(() => read(content)));
	// A Blob gives its bytes only later; a page that is left meanwhile takes them along.
	if (content instanceof Blob)
		unseen(() => content.arrayBuffer()).then(
			(bytes) => tell(read(bytes)),
			() => {},
		);
}

export function watchTraffic(): void {
	const addressOf = (input: unknown) => (input instanceof Request ? input.url : input);
	onCall(window, "fetch", ([input, options]) => {
		const { body, keepalive } = Object(options) as RequestInit;
		send(keepalive ? "fetch that outlives the page" : "fetch", addressOf(input), body);
	});
	onCall(window, "fetchLater", ([input, options]) => send("fetchLater", addressOf(input), Object(options).body));
	onCall(Navigator.prototype, "sendBeacon", ([url, body]) => send("beacon", url, body));
	const addresses = new WeakMap<object, unknown>();
	onCall(XMLHttpRequest.prototype, "open", ([, url], self) => addresses.set(self as object, url));
	onCall(XMLHttpRequest.prototype, "send", ([body], self) =>
		send("XMLHttpRequest", addresses.get(self as object), body),
	);
	onNew("WebSocket", ([url]) => send("WebSocket", url));
	onCall(WebSocket.prototype, "send", ([body], self) => send("WebSocket", (self as WebSocket).url, body));
	onNew("EventSource", ([url]) => send("EventSource", url));
	onNew("WebTransport", ([url]) => send("WebTransport", url));
}
