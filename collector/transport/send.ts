/**
 * How reports travel: a fetch whose answer can be read while the page lives, a beacon when it goes, and again with growing
 * patience after a failure. Leaves out: what a report says.
 */
import type { Ledger } from "../ledger.ts";
import { patienceMs } from "../limits.ts";
import { nextBatch } from "./outbox.ts";

/** `last`: the page may be going, and nobody will read the answer. `again`: only what failed, once its time has come. */
export type Send = (why?: "last" | "again") => Promise<void>;

/** `refused` runs when the server says that these reports can never be taken. */
export function createSend(
	url: string,
	ledger: Ledger,
	policy: string,
	signal: AbortSignal,
	refused: () => void,
): Send {
	/** What left last, so that nothing goes twice when a page is hidden, frozen and hidden again. */
	let sent: string | undefined;
	let busy = false;
	let failures = 0;
	let retryAt = 0;
	/** Grows whenever the page may be going: what is on its way then may be lost for that alone, and is no failure. */
	let goings = 0;

	return async (why) => {
		const now = performance.now();
		const isLast = why === "last";
		if (isLast) {
			goings++;
			failures = retryAt = 0;
		}
		if (!isLast && (busy || now < retryAt || (why && !failures))) return;
		const batch = nextBatch(ledger, policy);
		const body = JSON.stringify(batch);
		if (!batch[0] || (isLast && sent === body)) return;
		sent = body;
		// Plain text: any other type would ask permission first (a preflight), which a page that goes does not survive.
		if (isLast && navigator.sendBeacon(url, body)) return;
		busy = true;
		const before = goings;
		try {
			const { ok, status } = await fetch(url, { method: "POST", body, keepalive: true, signal });
			const isRefused = /^4(?!29)/.test(String(status));
			if (!ok && !isRefused) throw status;
			failures = 0;
			ledger.done(batch);
			if (isRefused) refused();
		} catch {
			if (before === goings) retryAt = now + patienceMs * 2 ** failures++;
		}
		busy = false;
	};
}
