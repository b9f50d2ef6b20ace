/**
 * A limit on requests per sender, in this isolate's memory only: addresses are hashed with a salt that lives nowhere
 * else, and forgotten every minute. Off where no address is known (local server).
 */
import { hashSecret, makeSecret } from "../access/secrets.ts";
import { Problem } from "../problem.ts";

const windowMs = 60_000;
/** A household or office behind one address, several tabs each. */
const perWindow = 600;

let salt = "";
let windowBegan = 0;
let counts = new Map<string, number>();

/** Counts one request. Throws `too-many`. */
export async function limitSender(request: Request, now: number): Promise<void> {
	const address = request.headers.get("CF-Connecting-IP");
	if (!address) return;
	if (now - windowBegan > windowMs) {
		windowBegan = now;
		counts = new Map();
		salt = makeSecret();
	}
	const sender = await hashSecret(salt + address);
	const count = (counts.get(sender) ?? 0) + 1;
	counts.set(sender, count);
	if (count > perWindow) throw new Problem("too-many");
}
