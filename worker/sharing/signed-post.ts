/** One message to a webhook, signed. Leaves out what is in it, and when it is sent again. */
import { webhookSignature } from "./signing.ts";

const waitMs = 10_000;

export type Send = (url: string, init: RequestInit) => Promise<Response>;

export const sendByFetch: Send = (url, init) => fetch(url, init);

/** The status it was answered with; undefined where nobody could be reached. */
export async function postSigned(
	send: Send,
	url: string,
	{ id, key, body }: { id: string; key: string; body: string },
	now: number,
): Promise<number | undefined> {
	try {
		const answer = await send(url, {
			method: "POST",
			headers: {
				"Content-Type": "application/json",
				"Sporlos-Delivery": id,
				"Sporlos-Signature": await webhookSignature(key, body, now),
			},
			body,
			redirect: "manual",
			signal: AbortSignal.timeout(waitMs),
		});
		await answer.body?.cancel();
		return answer.status;
	} catch {
		return undefined; // its words may hold the address, which may hold a secret
	}
}
