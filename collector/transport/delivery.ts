/** When the outbox is emptied: at reports, again after a failure with growing patience. Leaves out: what a report says. */
import type { Outbox } from "./outbox.ts";
import { send, sendLast } from "./send.ts";

const patienceMs = 30_000;
const longestPatienceMs = 30 * 60_000;

export interface Delivery {
	/** `last` while the page may be going: whatever has not left yet goes by beacon, and stays in the outbox. */
	deliver(last: boolean): Promise<void>;
	/** Offers again what failed, once its time has come. */
	retry(): void;
}

/** `refused` runs when the server says that these reports can never be taken. */
export function createDelivery(url: string, outbox: Outbox, signal: AbortSignal, refused: () => void): Delivery {
	let busy = false;
	let failures = 0;
	let retryAt = 0;

	const deliver = async (last: boolean) => {
		if (last ? !outbox.isUnsent() : busy || Date.now() < retryAt) return;
		const batch = outbox.batch();
		if (!batch.length) return;
		outbox.offered(batch);
		if (last) return sendLast(url, batch);
		busy = true;
		const outcome = await send(url, batch, signal);
		busy = false;
		if (signal.aborted) return;
		if (outcome === "later") {
			retryAt = Date.now() + Math.min(patienceMs * 2 ** failures++, longestPatienceMs);
			return;
		}
		failures = retryAt = 0;
		outbox.done(batch);
		if (outcome === "refused") refused();
	};
	return {
		deliver,
		retry: () => {
			if (failures) void deliver(false);
		},
	};
}
