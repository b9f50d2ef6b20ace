/**
 * What a release signs: links to its embedded page, and messages to its webhook. Each has a key of its own, made from the release's
 * secret, so that whoever is given one cannot make the other. A new secret ends all of them at once.
 */
import { base64url, bytesFrom } from "../access/secrets.ts";
import { type Release, secretOf } from "../release/definition.ts";

type Purpose = "embed" | "webhook";

const bytesOf = (text: string) => Uint8Array.from(new TextEncoder().encode(text));
const importKey = (bytes: Uint8Array<ArrayBuffer>) =>
	crypto.subtle.importKey("raw", bytes, { name: "HMAC", hash: "SHA-256" }, false, ["sign", "verify"]);
const sign = async (key: Uint8Array<ArrayBuffer>, text: string) =>
	new Uint8Array(await crypto.subtle.sign("HMAC", await importKey(key), bytesOf(text)));

/** A text signed with a secret, base64url. */
export const signWith = async (secret: string, text: string) => base64url(await sign(bytesOf(secret), text));

async function keyFor(d1: D1Database, release: Pick<Release, "id" | "site">, purpose: Purpose) {
	return sign(bytesOf(await secretOf(d1, release)), `${purpose} ${release.id}`);
}

/** A token that lets its holder read the embedded page of a release until an instant, to the second. */
export async function embedToken(
	d1: D1Database,
	release: Pick<Release, "id" | "site">,
	expires: number,
): Promise<string> {
	const until = Math.floor(expires / 1000);
	return `${until}.${base64url(await sign(await keyFor(d1, release, "embed"), String(until)))}`;
}

/** Whether a token is of this release's present secret and has not expired. */
export async function isEmbedToken(
	d1: D1Database,
	release: Pick<Release, "id" | "site">,
	token: string,
	now: number,
): Promise<boolean> {
	const [, until = "", signature = ""] = /^(\d{1,12})\.([\w-]{43})$/.exec(token) ?? [];
	if (!until || Number(until) * 1000 <= now) return false;
	const key = await importKey(await keyFor(d1, release, "embed"));
	return crypto.subtle.verify("HMAC", key, bytesFrom(signature), bytesOf(until));
}

/** The key that whoever receives a release's messages checks them with. */
export async function webhookKey(d1: D1Database, release: Pick<Release, "id" | "site">): Promise<string> {
	return base64url(await keyFor(d1, release, "webhook"));
}

/** What the header of a message says: when it was signed (s since 1970), and HMAC-SHA256 of `<t>.<body>` in hex. */
export async function webhookSignature(key: string, body: string, now: number): Promise<string> {
	const t = Math.floor(now / 1000);
	const mac = await sign(bytesOf(key), `${t}.${body}`);
	return `t=${t},v1=${[...mac].map((byte) => byte.toString(16).padStart(2, "0")).join("")}`;
}
