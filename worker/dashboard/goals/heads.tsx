/** What the heads of every table about goals begin with: what is counted, visits that reached it, their share. */
import type { GoalWords } from "./words.ts";

export function Heads({ first, words }: { first: string; words: GoalWords }) {
	return (
		<>
			<th scope="col">{first}</th>
			<th scope="col" class="number">
				{words.reached}
			</th>
			<th scope="col" class="number">
				{words.share}
			</th>
		</>
	);
}
