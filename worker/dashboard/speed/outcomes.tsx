/** How visits ended by how fast their first page was: left after one page, and goals reached. */
import type { Goals, Summary } from "../../stats/answers.ts";
import { Bar } from "../charts/bar.tsx";
import { Glyph } from "../charts/marks.tsx";
import { callOf, type Frame } from "../frame.ts";
import { comparedText, pastOf } from "../panels/compared.ts";
import { ChangeHead, Delta, shareChange } from "../panels/delta.tsx";
import { shareText } from "../panels/figure-text.tsx";
import { Panel } from "../panels/panel.tsx";
import type { SpeedWords } from "./words.ts";

/** Goals with a column of their own; the most reached come first. */
const mostGoals = 3;

type Band = Pick<Summary["bySpeed"][number], "visits" | "bounces">;

function bounceChange(before: Band | undefined, { visits, bounces }: Band, frame: Frame) {
	return shareChange([bounces, visits], before && [before.bounces, before.visits], frame);
}

export function OutcomesPanel({
	summary,
	goals,
	scope,
	frame,
	words,
}: {
	summary: Summary;
	/** Undefined where goals are not counted, as with one device. */
	goals: Goals | undefined;
	scope: string;
	frame: Frame;
	words: SpeedWords;
}) {
	const { format, view } = frame;
	const past = pastOf(summary.compare?.bySpeed, ({ speed }) => speed);
	const shown = goals?.rows.slice(0, mostGoals) ?? [];
	return (
		<Panel
			id="utfall"
			title={words.outcomes.title}
			subtitle={words.outcomes.note(scope)}
			compared={comparedText(frame)}
		>
			<section class="scroller" tabindex={0} aria-label={words.outcomes.entry}>
				<table class="breakdown" data-answer={callOf("summary", { device: view.device })} data-list="bySpeed">
					<thead>
						<tr>
							<th scope="col">{words.outcomes.entry}</th>
							<th scope="col" class="number">
								{words.outcomes.visits}
							</th>
							<th scope="col" class="number">
								{words.outcomes.bounced}
							</th>
							{view.compare && <ChangeHead frame={frame} />}
							<td class="bar-cell middling" />
							{shown.map(({ goal }) => (
								<th scope="col" class="number">
									<bdi>{words.outcomes.goal(goal)}</bdi>
								</th>
							))}
						</tr>
					</thead>
					<tbody>
						{summary.bySpeed.map(({ speed, visits, bounces }) => (
							<tr data-row={speed}>
								<th scope="row">
									<Glyph verdict={speed === "unknown" ? "good" : speed} hollow={speed === "unknown"} />{" "}
									{words.outcomes.bands[speed]}
								</th>
								<td class="number" data-of="visits">
									{format.count(visits)}
								</td>
								<td class="number" data-of="bounces/visits">
									{shareText(bounces, visits, frame)}
								</td>
								{view.compare && (
									<td class="number middling">
										<Delta change={bounceChange(past.get(speed), { visits, bounces }, frame)} frame={frame} />
									</td>
								)}
								<td class="bar-cell middling">
									<Bar share={visits ? bounces / visits : 0} tone="exit" />
								</td>
								{shown.map((goal, index) => {
									const band = goal.bySpeed.find((row) => row.speed === speed);
									return (
										<td
											class="number"
											data-answer={callOf("goals")}
											data-list={`rows.${index}.bySpeed`}
											data-row={speed}
											data-of="reached/visits"
										>
											{shareText(band?.reached ?? 0, band?.visits ?? 0, frame)}
										</td>
									);
								})}
							</tr>
						))}
					</tbody>
				</table>
			</section>
			{shown.length > 0 && <p class="meta foot-note">{words.outcomes.least}</p>}
		</Panel>
	);
}
