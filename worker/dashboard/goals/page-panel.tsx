/** What of the goals and funnels a page's own sheet has to tell: those that the page reaches. Nothing where there are none. */

import { callOf } from "../frame.ts";
import { notComparedText } from "../panels/compared.ts";
import { shareText } from "../panels/figure-text.tsx";
import { Panel } from "../panels/panel.tsx";
import type { Aims } from "./figures.ts";
import { isReachedOn } from "./figures.ts";
import { caveatsOf, type GoalParts } from "./goals-panel.tsx";
import { Heads } from "./heads.tsx";

interface Line {
	answer: "goals" | "funnels";
	row: string;
	/** On the overview. */
	href: string;
	name: string;
	/** Which step of a funnel it is. */
	place?: string;
	/** Where the count is in the row. */
	of: string;
	reached: number;
}

function linesOf({ goals, funnels }: Omit<Aims, "before">, page: string, { words, linkTo }: GoalParts): Line[] {
	const ofGoals = goals.rows.flatMap(({ goal, kind, match, reached }): Line[] =>
		kind !== null && match !== null && isReachedOn({ kind, match }, page)
			? [
					{
						answer: "goals",
						row: goal,
						href: linkTo("overview", { page: undefined, goal }),
						name: goal,
						of: "reached",
						reached,
					},
				]
			: [],
	);
	const href = `${linkTo("overview", { page: undefined })}#trakter`;
	const ofFunnels = funnels.rows.flatMap(({ funnel, steps }) =>
		steps.flatMap((step, at): Line[] => {
			if (!isReachedOn(step, page)) return [];
			const place = words.stepOf(step.step, steps.length);
			return [
				{ answer: "funnels", row: funnel, href, name: funnel, place, of: `steps.${at}.reached`, reached: step.reached },
			];
		}),
	);
	return [...ofGoals, ...ofFunnels];
}

export function PageAimsPanel({ aims, page, ...parts }: GoalParts & { aims: Omit<Aims, "before">; page: string }) {
	const { frame, words } = parts;
	const { goals } = aims;
	const lines = linesOf(aims, page, parts);
	if (lines.length === 0) return null;
	const caveats = caveatsOf(goals, parts);
	return (
		<Panel
			id="maal"
			title={words.here}
			subtitle={words.hereNote(frame.format.count(goals.visits))}
			compared={notComparedText(frame)}
		>
			<table class="breakdown">
				<thead>
					<tr>
						<Heads first={words.goal} words={words} />
					</tr>
				</thead>
				<tbody>
					{lines.map(({ answer, row, href, name, place, of, reached }) => {
						const isHidden = reached === 0 && aims[answer].hidden > 0;
						return (
							<tr data-answer={callOf(answer)} data-row={row} class={isHidden ? "hatched" : undefined}>
								<th scope="row">
									<a href={href}>
										<bdi>{name}</bdi>
									</a>
									{place && <small>{place}</small>}
								</th>
								<td class="number" data-of={isHidden ? "" : of}>
									{isHidden ? words.few : frame.format.count(reached)}
								</td>
								<td class="number" data-of={isHidden ? "" : `${of}/visits`}>
									{isHidden ? "–" : shareText(reached, goals.visits, frame)}
								</td>
							</tr>
						);
					})}
				</tbody>
			</table>
			{caveats && <p class="meta foot-note">{caveats}</p>}
		</Panel>
	);
}
