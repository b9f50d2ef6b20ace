/** Random secrets and the hashes under which they are kept. */

/** 256 random bits, base64url. */
export function makeSecret(): string {
	return base64url(crypto.getRandomValues(new Uint8Array(32)));
}

/** SHA-256 of a secret, base64url. Secrets are random and long, so a plain hash cannot be reversed by guessing. */
export async function hashSecret(secret: string): Promise<string> {
	return base64url(new Uint8Array(await crypto.subtle.digest("SHA-256", new TextEncoder().encode(secret))));
}

/** The bytes that base64url text stands for. Throws where it is none. */
export function bytesFrom(text: string): Uint8Array<ArrayBuffer> {
	if (!/^[\w-]*$/.test(text)) throw new RangeError("not base64url");
	return Uint8Array.from(atob(text.replaceAll("-", "+").replaceAll("_", "/")), (char) => char.charCodeAt(0));
}

/** Bytes as base64url text without padding. */
export function base64url(bytes: Uint8Array): string {
	return btoa(String.fromCharCode(...bytes))
		.replaceAll("+", "-")
		.replaceAll("/", "_")
		.replaceAll("=", "");
}
