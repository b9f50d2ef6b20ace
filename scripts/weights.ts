/** Compares what the built files weigh with the budgets. Leaves out building and weighing them. */
import { budgets, type Weighed } from "./budgets.ts";

export interface Weight {
	name: Weighed;
	bytes: number;
	limit: number;
}

export function compare(sizes: Record<Weighed, number>): Weight[] {
	return (Object.keys(budgets) as Weighed[]).map((name) => ({ name, bytes: sizes[name], limit: budgets[name] }));
}

/** One line a file: `gate without banner   612 of 1 000 bytes`. */
export function printWeights(weights: Weight[]): void {
	const number = new Intl.NumberFormat("en", { useGrouping: true });
	for (const { name, bytes, limit } of weights) {
		const verdict = bytes > limit ? "  OVER BUDGET" : "";
		console.log(`${name.padEnd(36)}${number.format(bytes).padStart(7)} of ${number.format(limit)} bytes${verdict}`);
	}
}
