/** A limit on reports per sender. Off where no address is known (local server). */
import { addressOf, makeLimiter } from "../access/limiter.ts";

/** A household or office behind one address, several tabs each. */
const perMinute = 600;

const bySender = makeLimiter(perMinute);

/** Counts one request. Throws `too-many`. */
export async function limitSender(request: Request, now: number): Promise<void> {
	const address = addressOf(request);
	if (address !== undefined) await bySender(address, now);
}
