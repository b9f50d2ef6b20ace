/**
 * JSON with one way to be written (RFC 8785), and the hash by which a policy version is known: so that a visitor's browser can
 * find out by itself whether a published notice is the one consented to. Leaves out what a notice may say (policy.ts).
 */
import type { Notice } from "./site.ts";

/** What a policy version is the hash of. */
export interface HashedPolicy {
	/** The version before it; null for a site's first. */
	follows: string | null;
	material: boolean;
	notice: Notice;
}

/** What browsers and Workers have alike; the types of either would let this folder use the rest of it too. */
interface Platform {
	crypto: { subtle: { digest(name: "SHA-256", bytes: Uint8Array): Promise<ArrayBuffer> } };
	TextEncoder: new () => { encode(text: string): Uint8Array };
	btoa(binary: string): string;
}

/** Members in the order of their names' UTF-16 code units, no spaces: for texts, whole numbers, booleans, null, lists and objects. */
export function canonical(value: unknown): string {
	if (Array.isArray(value)) return `[${value.map(canonical).join(",")}]`;
	if (typeof value !== "object" || value === null) return JSON.stringify(value);
	const members = Object.entries(value).filter(([, member]) => member !== undefined);
	members.sort(([a], [b]) => (a < b ? -1 : 1));
	return `{${members.map(([name, member]) => `${JSON.stringify(name)}:${canonical(member)}`).join(",")}}`;
}

/** SHA-256, base64url. */
export async function hashText(text: string): Promise<string> {
	const { crypto, TextEncoder, btoa } = globalThis as unknown as Platform;
	const digest = new Uint8Array(await crypto.subtle.digest("SHA-256", new TextEncoder().encode(text)));
	return btoa(String.fromCharCode(...digest))
		.replace(/\+/g, "-")
		.replace(/\//g, "_")
		.replace(/=/g, "");
}

/** Hash of the canonical JSON of what a version says and what it follows. */
export function hashPolicy({ follows, material, notice }: HashedPolicy): Promise<string> {
	return hashText(canonical({ follows, material, notice }));
}

/** Name of a version in grants and reports: the first 96 bits of its hash. */
export const versionOf = (hash: string) => hash.slice(0, 16);
