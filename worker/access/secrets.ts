/** Random secrets and the hashes under which they are kept. */

/** 256 random bits, base64url. */
export function makeSecret(): string {
	return base64url(crypto.getRandomValues(new Uint8Array(32)));
}

/** SHA-256 of a secret, base64url. Secrets are random and long, so a plain hash cannot be reversed by guessing. */
export async function hashSecret(secret: string): Promise<string> {
	return base64url(new Uint8Array(await crypto.subtle.digest("SHA-256", new TextEncoder().encode(secret))));
}

function base64url(bytes: Uint8Array): string {
	return btoa(String.fromCharCode(...bytes))
		.replaceAll("+", "-")
		.replaceAll("/", "_")
		.replaceAll("=", "");
}
