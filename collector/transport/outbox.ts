/** What of the ledger goes next. Leaves out: how bytes travel. */
import { maxReportsPerPost, outboxMs } from "../../schema/limits.ts";
import type { Report } from "../../schema/report.ts";
import type { Ledger } from "../ledger.ts";
import { maxBatchChars } from "../limits.ts";

/**
 * The newest report of each view that waits, oldest first, so that none goes without the one before it; as many as fit.
 * What is too old, or was said under another policy version, would be refused and stays.
 */
export function nextBatch(ledger: Ledger, policy: string): Report[] {
	let chars = 0;
	return ledger
		.waiting()
		.flatMap(({ at, reports }) => (Date.now() - at < outboxMs && reports.at(-1)) || [])
		.filter(({ consent }) => consent.policy === policy)
		.filter((report, index) => {
			chars += JSON.stringify(report).length;
			return chars < maxBatchChars && index < maxReportsPerPost;
		});
}
