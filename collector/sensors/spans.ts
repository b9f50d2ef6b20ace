/** From instants in a row to the buckets of the spans between them: what phases and sub-parts have in common. */
import type { Tools } from "./tools.ts";

/** One instant more than names, or fewer where the last ones are not known yet. */
export function spans<N extends string>(
	{ bucketOf }: Pick<Tools, "bucketOf">,
	names: readonly N[],
	instants: number[],
): Partial<Record<N, number>> {
	const ends = instants.slice(1);
	return Object.fromEntries(ends.map((end, index) => [names[index], bucketOf(end - (instants[index] ?? 0))]));
}
