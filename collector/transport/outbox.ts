/** What of the ledger goes next. Leaves out: how bytes travel. */
import { maxReportsPerPost } from "../../schema/limits.ts";
import type { Report } from "../../schema/report.ts";
import type { Ledger } from "../ledger.ts";
import { maxBatchChars } from "../limits.ts";

/**
 * The newest report of each view that waits, oldest first, so that none goes without the one before it; as many as fit.
 * What is too old, or was said under another policy version, would be refused and stays.
 */
export function nextBatch(ledger: Ledger, policy: string): Report[] {
	let chars = 0;
	let count = 0;
	return ledger.undelivered().filter((report) => {
		if (report.consent.policy !== policy) return false;
		chars += JSON.stringify(report).length;
		return chars < maxBatchChars && count++ < maxReportsPerPost;
	});
}
