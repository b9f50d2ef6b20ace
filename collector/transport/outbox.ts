/** What of the ledger still has to be delivered. Leaves out: how bytes travel. */
import { maxReportsPerPost, outboxMs } from "../../schema/limits.ts";
import type { Report } from "../../schema/report.ts";
import type { Ledger } from "../ledger.ts";
import { maxBatchChars } from "../limits.ts";

/**
 * The newest report of each view that has one to deliver, oldest view first, so that none goes without the one before it;
 * as many as fit. What is too old, or was said under another policy version, would be refused and is left.
 */
export function nextBatch(ledger: Ledger, policy: string): Report[] {
	let chars = 0;
	return Object.entries(ledger.lines())
		.flatMap(([view, [at, seq, done]]) => (seq > done && Date.now() - at < outboxMs && ledger.newest(view)) || [])
		.filter(({ consent }) => consent.policy === policy)
		.filter((report, index) => {
			chars += JSON.stringify(report).length;
			return chars < maxBatchChars && index < maxReportsPerPost;
		});
}
