/**
 * The goal that is drawn on the overview: how many visits reached it, above the line, and by how fast their first page was, below it.
 * Leaves out the line itself (panels/timeline.tsx).
 */
import type { GoalRow, Timeline } from "../../stats/answers.ts";
import { Bar } from "../charts/bar.tsx";
import { Glyph } from "../charts/marks.tsx";
import { callOf } from "../frame.ts";
import { comparedText, pastOf } from "../panels/compared.ts";
import { ChangeHead, Delta, shareChange } from "../panels/delta.tsx";
import { shareText } from "../panels/figure-text.tsx";
import { Panel } from "../panels/panel.tsx";
import { speedWords } from "../speed/words.ts";
import { fewestForPercentile } from "../verdict.ts";
import { type Aims, aimOf } from "./figures.ts";
import { AimLinks, caveatsOf, type GoalParts, goalChange } from "./goals-panel.tsx";

type Parts = GoalParts & { goal: GoalRow; aims: Aims };

/** `timeline`: of this goal. */
export function ChosenGoal({ goal, aims, timeline, ...parts }: Parts & { timeline: Timeline }) {
	const { frame, words } = parts;
	const { format } = frame;
	const { visits, hidden } = aims.goals;
	const { reached } = goal;
	const isHidden = reached === 0 && hidden > 0;
	const points = [...timeline.points, ...(timeline.compare?.points ?? [])];
	const caveats = [
		`${words.scope}.`,
		points.some((point) => point.reached === null) && words.gaps,
		caveatsOf(timeline, parts),
	];
	return (
		<div class="chosen-goal" data-answer={callOf("goals")} data-row={goal.goal}>
			<h2>
				<bdi>{goal.goal}</bdi>
			</h2>
			<p>
				<strong data-of={isHidden ? "" : "reached"}>{isHidden ? words.few : format.count(reached)}</strong>{" "}
				<span data-of="visits">{words.ofAll(format.count(visits))}</span>
				{!isHidden && visits >= fewestForPercentile && (
					<span data-of="reached/visits">, {shareText(reached, visits, frame)}</span>
				)}{" "}
				<Delta change={goalChange(goal, aims, frame)} frame={frame} />
			</p>
			<p class="meta">
				<AimLinks goal={goal.goal} aim={aimOf(goal)} {...parts} />
			</p>
			<p class="meta">{caveats.filter(Boolean).join(" ")}</p>
		</div>
	);
}

/** Nothing where no visit is known to have reached it. */
export function GoalBySpeed({ goal, aims, frame, words }: Parts) {
	const { format, view, language } = frame;
	if (goal.reached === 0) return null;
	const { entry, bands, visits: visitsHead, least } = speedWords[language].outcomes;
	const before = pastOf(aims.before?.rows.find((one) => one.goal === goal.goal)?.bySpeed, ({ speed }) => speed);
	const shares = goal.bySpeed.map(({ reached, visits }) => (visits ? reached / visits : 0));
	const most = Math.max(...shares) || 1;
	return (
		<Panel
			id="maal-fart"
			title={words.bySpeed(goal.goal)}
			subtitle={words.bySpeedNote}
			compared={comparedText(frame)}
			answer={callOf("goals")}
			list={`rows.${aims.goals.rows.indexOf(goal)}.bySpeed`}
		>
			<table class="breakdown">
				<thead>
					<tr>
						<th scope="col">{entry}</th>
						<th scope="col" class="number">
							{visitsHead}
						</th>
						<th scope="col" class="number">
							{words.reachedIt}
						</th>
						<th scope="col" class="number">
							{words.share}
						</th>
						<td class="bar-cell middling" />
						{view.compare && <ChangeHead frame={frame} />}
					</tr>
				</thead>
				<tbody>
					{goal.bySpeed.map(({ speed, visits, reached }, at) => {
						const then = before.get(speed);
						return (
							<tr data-row={speed}>
								<th scope="row">
									<Glyph verdict={speed === "unknown" ? "good" : speed} hollow={speed === "unknown"} /> {bands[speed]}
								</th>
								<td class="number" data-of="visits">
									{format.count(visits)}
								</td>
								<td class="number" data-of="reached">
									{format.count(reached)}
								</td>
								<td class="number" data-of="reached/visits">
									{shareText(reached, visits, frame)}
								</td>
								<td class="bar-cell middling">
									<Bar share={(shares[at] ?? 0) / most} />
								</td>
								{view.compare && (
									<td class="number middling">
										<Delta
											change={shareChange([reached, visits], then && [then.reached, then.visits], frame, "up")}
											frame={frame}
										/>
									</td>
								)}
							</tr>
						);
					})}
				</tbody>
			</table>
			<p class="meta foot-note">{least}</p>
		</Panel>
	);
}
