/** A noise budget in words: not ε alone, but how sure somebody can become. */
import type { Format } from "../format.ts";
import type { SharingWords } from "./words.ts";

/** From "as likely as not", the most that ε lets anybody be sure: 1 / (1 + e^−ε), by Bayes' rule. */
export function certaintyOf(epsilon: number): number {
	return 1 / (1 + Math.exp(-epsilon));
}

/** Above this, a whole per cent would be read as certainty. */
const most = 0.995;

/** What an ε lets somebody know at most, in words. */
export function certaintyText(epsilon: number, words: SharingWords, format: Format): string {
	if (epsilon === 0) return words.asBefore;
	const [certainty, written] = [certaintyOf(epsilon), format.decimals(epsilon)];
	return certainty >= most ? words.nearlyCertain(written) : words.atMost(format.percent(certainty), written);
}

export interface Spending {
	name: string;
	epsilon: number;
}

/** What each of some stretches lets somebody know, with what that means said once. */
export function Budget(props: { spendings: readonly Spending[]; words: SharingWords; format: Format }) {
	const { spendings, words, format } = props;
	return (
		<div class="spent">
			<p>{words.budgetNote}</p>
			<dl>
				{spendings.map(({ name, epsilon }) => (
					<>
						<dt>{name}</dt>
						<dd>{certaintyText(epsilon, words, format)}</dd>
					</>
				))}
			</dl>
		</div>
	);
}
