/** What is worked out of a sum once, and kept as long as the sum: most of a page is drawn from the same sums as the last time. */
import { ensure } from "../book/ensure.ts";
import { type Counts, Sum } from "./tally.ts";

const known = new WeakMap<Sum, Map<string, unknown>>();

/** `name` says what it is; of counts that may still change it is worked out every time. */
export function once<Result extends object>(tally: Counts, name: string, work: () => Result): Result {
	if (!(tally instanceof Sum)) return work();
	const results = known.get(tally) ?? new Map<string, unknown>();
	known.set(tally, results);
	return ensure(results, name, work) as Result;
}
