/** What is worked out of a sum or a reading once, and kept as long as that: most of a page is as it was the last time. */
import { ensureFew } from "../book/ensure.ts";

const known = new WeakMap<object, Map<string, unknown>>();
/** Of one sum or reading. */
const mostResults = 20;

/**
 * `name` says what it is. `from`: a sum, or a reading that same.ts knows; of counts that may still change, which are maps, it is worked
 * out every time. The same result goes to many: it stays as it is.
 */
export function once<Result extends object>(from: object, name: string, work: () => Result): Result {
	if (from instanceof Map) return work();
	const results = known.get(from) ?? new Map<string, unknown>();
	known.set(from, results);
	return ensureFew(results, mostResults, name, work) as Result;
}
