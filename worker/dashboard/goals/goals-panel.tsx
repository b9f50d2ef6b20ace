/**
 * Goals on the overview: how many visits reached each, which share that is, how it changed, and the ways to its line, to where it is
 * reached, and to what leads there.
 */

import type { Answer, GoalRow } from "../../stats/answers.ts";
import { Bar } from "../charts/bar.tsx";
import { callOf, type Frame } from "../frame.ts";
import { comparedText } from "../panels/compared.ts";
import { type Change, ChangeHead, Delta, shareChange } from "../panels/delta.tsx";
import { shareText } from "../panels/figure-text.tsx";
import { Panel } from "../panels/panel.tsx";
import type { Drawing } from "../section.tsx";
import { type Aim, type Aims, aimOf, hrefOf, leadsHref } from "./figures.ts";
import { Heads } from "./heads.tsx";
import type { GoalWords } from "./words.ts";

/** Goals shown at once. */
const mostShown = 6;

export interface GoalParts {
	frame: Frame;
	words: GoalWords;
	linkTo: Drawing["linkTo"];
}

/** What a reader has to know of figures of goals besides, in sentences. */
export function caveatsOf({ provisional, hidden, imported }: Answer, { frame, words }: Omit<GoalParts, "linkTo">) {
	return [
		provisional && words.provisional,
		hidden > 0 && words.hidden(frame.format.percent(hidden)),
		imported && words.imported,
	]
		.filter((text) => typeof text === "string")
		.join(" ");
}

/** Where what reaches a goal is shown, and what leads there. */
export function AimLinks({ goal, aim, words, linkTo }: GoalParts & { goal: string; aim: Aim | undefined }) {
	if (!aim) return <>{words.gone}</>;
	const leads = leadsHref(aim, linkTo);
	return (
		<>
			<a href={hrefOf(aim, linkTo)}>
				{words.kinds[aim.kind]} <bdi>{aim.match}</bdi>
			</a>
			{leads && (
				<>
					{" · "}
					<a href={leads} aria-label={`${words.leads}: ${goal}`}>
						{words.leads}
					</a>
				</>
			)}
		</>
	);
}

/** Of the share of visits that reached it. */
export function goalChange({ goal, reached }: GoalRow, { goals, before }: Aims, frame: Frame): Change | undefined {
	const then = before?.rows.find((one) => one.goal === goal)?.reached ?? 0;
	return shareChange([reached, goals.visits], before && [then, before.visits], frame, "up");
}

function Row({ row, aims, ...parts }: GoalParts & { row: GoalRow; aims: Aims }) {
	const { frame, words } = parts;
	const { goals, before } = aims;
	const { format, view, link } = frame;
	const { goal, reached } = row;
	const most = Math.max(...goals.rows.map((one) => one.reached), 1);
	const isHidden = reached === 0 && goals.hidden > 0;
	const isChosen = goal === view.goal;
	return (
		<tr data-row={goal} class={isHidden ? "hatched" : undefined}>
			<th scope="row">
				<a href={link({ goal, metric: "besok" })} aria-current={isChosen ? "true" : undefined}>
					<bdi>{goal}</bdi>
				</a>
				{isChosen && <small>{words.inLine}</small>}
				<small>
					<AimLinks goal={goal} aim={aimOf(row)} {...parts} />
				</small>
			</th>
			<td class="number" data-of={isHidden ? "" : "reached"}>
				{isHidden ? words.few : format.count(reached)}
			</td>
			<td class="number" data-of={isHidden ? "" : "reached/visits"}>
				{isHidden ? "–" : shareText(reached, goals.visits, frame)}
			</td>
			<td class="bar-cell middling">
				<Bar share={reached / most} />
			</td>
			{before && (
				<td class="number">
					<Delta change={goalChange(row, aims, frame)} frame={frame} />
				</td>
			)}
		</tr>
	);
}

function Table({ rows, ...parts }: GoalParts & { rows: readonly GoalRow[]; aims: Aims }) {
	const { words, aims } = parts;
	return (
		<table class="breakdown">
			<thead>
				<tr>
					<Heads first={words.goal} words={words} />
					<td class="bar-cell middling" />
					{aims.before && <ChangeHead frame={parts.frame} from="" />}
				</tr>
			</thead>
			<tbody>
				{rows.map((row) => (
					<Row row={row} {...parts} />
				))}
			</tbody>
		</table>
	);
}

export function GoalsPanel({ aims, settings, ...parts }: GoalParts & { aims: Aims; settings: string | undefined }) {
	const { frame, words } = parts;
	const { goals } = aims;
	const rest = goals.rows.slice(mostShown);
	const set = settings && (
		<a class="more" href={settings}>
			{words.set}
		</a>
	);
	if (goals.rows.length === 0)
		return (
			<Panel id="maal" title={words.goals} answer={callOf("goals")}>
				<p class="none">
					{words.none} {set}
				</p>
			</Panel>
		);
	return (
		<Panel
			id="maal"
			title={words.goals}
			subtitle={words.scope}
			compared={comparedText(frame)}
			aside={set}
			answer={callOf("goals")}
		>
			<Table rows={goals.rows.slice(0, mostShown)} aims={aims} {...parts} />
			{rest.length > 0 && (
				<details id="flere-maal">
					<summary>{words.more(frame.format.count(rest.length))}</summary>
					<Table rows={rest} aims={aims} {...parts} />
				</details>
			)}
			<p class="meta foot-note">
				{words.ofVisits(frame.format.count(goals.visits))} {caveatsOf(goals, parts)}
			</p>
		</Panel>
	);
}
