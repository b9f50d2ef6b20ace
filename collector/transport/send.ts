/** How a batch of reports travels: a fetch whose answer can be read while the page lives, a beacon when it goes. */
import type { Report } from "../../schema/report.ts";

/** `refused` will never succeed; `later` may. */
export type Outcome = "taken" | "refused" | "later";

// Plain text: any other type would ask permission first (a preflight), which a page that goes does not survive.
const asText = (batch: Report[]) => JSON.stringify(batch.length === 1 ? batch[0] : batch);

export async function send(url: string, batch: Report[], signal?: AbortSignal): Promise<Outcome> {
	try {
		const { ok, status } = await fetch(url, {
			method: "POST",
			body: asText(batch),
			keepalive: true,
			credentials: "omit",
			referrerPolicy: "origin",
			...(signal && { signal }),
		});
		if (ok) return "taken";
		return status >= 400 && status < 500 && status !== 429 ? "refused" : "later";
	} catch {
		return "later";
	}
}

/** For a page that goes: nobody will read the answer. */
export function sendLast(url: string, batch: Report[]): void {
	if (!navigator.sendBeacon?.(url, asText(batch))) void send(url, batch);
}
