/**
 * Limits on how often something is tried, in this isolate's memory only: names (addresses, passkeys) are hashed with a salt that
 * lives nowhere else, and forgotten every minute.
 */
import { Problem } from "../problem.ts";
import { hashSecret, makeSecret } from "./secrets.ts";

const windowMs = 60_000;

/** Counts tries of a name; throws `too-many` for one that has been there more often than `most` within a minute. */
export function makeLimiter(most: number): (name: string, now: number) => Promise<void> {
	let salt = "";
	let windowBegan = 0;
	let counts = new Map<string, number>();
	return async (name, now) => {
		if (now - windowBegan > windowMs) {
			windowBegan = now;
			counts = new Map();
			salt = makeSecret();
		}
		const hash = await hashSecret(salt + name);
		const count = (counts.get(hash) ?? 0) + 1;
		counts.set(hash, count);
		if (count > most) throw new Problem("too-many");
	};
}

/** The sender's address; undefined on a local server, which is not told. */
export const addressOf = (request: Request) => request.headers.get("CF-Connecting-IP") ?? undefined;

/** An office behind one address, on a Monday morning. */
const byAddress = makeLimiter(30);
const byPasskey = makeLimiter(10);

/** Before anything is looked up for somebody who wants to be let in. Throws `too-many`. */
export async function limitSignIn(request: Request, now: number, passkey?: string): Promise<void> {
	const address = addressOf(request);
	if (address !== undefined) await byAddress(address, now);
	if (passkey !== undefined) await byPasskey(passkey, now);
}
