/**
 * Looks into what was sent: unpacks what is packed, and finds what can only come from the device. Leaves out what is
 * encrypted or packed in a way of one's own.
 */
import { gunzipSync, inflateSync } from "node:zlib";
import { screen, timeZone, viewport } from "./disguise.ts";

function decodeBase64(text: string): Buffer {
	return Buffer.from(text.replace(/-/g, "+").replace(/_/g, "/"), "base64");
}

function unzip(bytes: Buffer): string {
	for (const open of [gunzipSync, inflateSync]) {
		try {
			return open(bytes).toString("utf8");
		} catch {
			// not that
		}
	}
	return bytes.toString("utf8");
}

function decodePercent(text: string): string {
	try {
		return decodeURIComponent(text.replace(/\+/g, " "));
	} catch {
		return text;
	}
}

/** The message in clear text, every reading of it one after the other. */
export function unpack(body: string): string {
	const text = body.startsWith("base64:") ? unzip(decodeBase64(body.slice("base64:".length))) : body;
	const plain = decodePercent(text);
	const packed = [...plain.matchAll(/[\w+/-]{40,}={0,2}/g)].map(([run]) => unzip(decodeBase64(run)));
	return [text, plain, ...packed].join("\n");
}

/** Facts about the device that the text holds, by name. */
export function factsIn(text: string, userAgent: string): string[] {
	const pair = ({ width, height }: { width: number; height: number }) =>
		new RegExp(`\\b${width}\\D{1,40}${height}\\b|\\b${height}\\D{1,40}${width}\\b`).test(text);
	const facts: [name: string, isThere: boolean][] = [
		["screen size", pair(screen)],
		["window size", pair(viewport)],
		["time zone", text.includes(timeZone)],
		["browser's self-description", text.includes(userAgent)],
	];
	return facts.filter(([, isThere]) => isThere).map(([name]) => name);
}

/** Parts of a stored value that could tell one visitor from another: 8 characters or more, and not just a time. */
export function tokensOf(value: string): string[] {
	const clear = decodePercent(value);
	const tokens = clear.match(/[\w-]{8,}/g) ?? [];
	return tokens.filter((token) => /\d/.test(token) && !/^\d{10}(\d{3})?$|^\d{4}-\d\d-\d\d/.test(token));
}
