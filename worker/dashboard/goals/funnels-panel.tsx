/** Funnels on the overview: a figure each, with a row a step: how many came so far, which share of the first, and where they were lost. */

import type { FunnelRow, Funnels } from "../../stats/answers.ts";
import { StepBar } from "../charts/step-bar.tsx";
import { callOf } from "../frame.ts";
import { notComparedText } from "../panels/compared.ts";
import { shareText } from "../panels/figure-text.tsx";
import { Panel } from "../panels/panel.tsx";
import { hrefOf } from "./figures.ts";
import { caveatsOf, type GoalParts } from "./goals-panel.tsx";
import { Heads } from "./heads.tsx";

/** Funnels shown at once. */
const mostShown = 2;

/** `isAlone`: what has to be known besides stands with no goals. */
type Parts = GoalParts & { funnels: Funnels; isAlone: boolean };

function Steps({ row, funnels, frame, words, linkTo }: Parts & { row: FunnelRow }) {
	const { format } = frame;
	const first = row.steps[0]?.reached ?? 0;
	const share = (visits: number) => (first === 0 ? 0 : visits / first);
	return (
		<table class="funnel-steps">
			<thead>
				<tr>
					<Heads first={words.step} words={words} />
					<th scope="col" class="number">
						{words.lost}
					</th>
				</tr>
			</thead>
			<tbody>
				{row.steps.map(({ step, kind, match, reached }, at) => {
					const before = row.steps[at - 1]?.reached;
					const isHidden = reached === 0 && funnels.hidden > 0;
					const isLostKnown = before !== undefined && before >= reached && !isHidden;
					return (
						<tr class={isHidden ? "hatched" : undefined}>
							<th scope="row">
								<a href={hrefOf({ kind, match }, linkTo)}>
									{step}. <bdi>{match}</bdi>
								</a>{" "}
								<span class="meta">{words.kinds[kind]}</span>
								<StepBar reached={share(reached)} before={share(before ?? reached)} />
							</th>
							<td class="number" data-of={isHidden ? "" : `steps.${at}.reached`}>
								{isHidden ? words.few : format.count(reached)}
							</td>
							<td class="number" data-of={isHidden ? "" : `steps.${at}.reached/steps.0.reached`}>
								{isHidden ? "–" : shareText(reached, first, frame)}
							</td>
							<td
								class="number"
								data-of={isLostKnown ? `steps.${at - 1}.reached-steps.${at}.reached/steps.0.reached` : ""}
							>
								{isLostKnown ? shareText(before - reached, first, frame) : "–"}
							</td>
						</tr>
					);
				})}
			</tbody>
		</table>
	);
}

function Funnel({ id, ...parts }: Parts & { id: string; row: FunnelRow }) {
	const { row, frame, words } = parts;
	const first = row.steps[0]?.reached ?? 0;
	const last = row.steps.at(-1)?.reached ?? 0;
	return (
		<figure class="funnel" aria-labelledby={id} data-row={row.funnel}>
			<figcaption>
				<h3 id={id}>
					<bdi>{row.funnel}</bdi>
				</h3>
				<p class="meta">
					{first > 0 && (
						<>
							<span data-of={`steps.${row.steps.length - 1}.reached/steps.0.reached`}>
								{shareText(last, first, frame)} {words.through}
							</span>
							{". "}
						</>
					)}
					{words.began(frame.format.count(first))}
				</p>
			</figcaption>
			<Steps {...parts} />
		</figure>
	);
}

/** Nothing where the site has none. */
export function FunnelsPanel(parts: Parts) {
	const { funnels, isAlone, frame, words } = parts;
	if (funnels.rows.length === 0) return null;
	const [shown, rest] = [funnels.rows.slice(0, mostShown), funnels.rows.slice(mostShown)];
	const draw = (row: FunnelRow, at: number) => <Funnel {...parts} row={row} id={`trakt-${at}`} />;
	const caveats = isAlone && caveatsOf(funnels, parts);
	return (
		<Panel
			id="trakter"
			title={words.funnels}
			subtitle={`${words.funnelNote} · ${words.scope}`}
			compared={notComparedText(frame)}
			answer={callOf("funnels")}
		>
			{shown.map(draw)}
			{rest.length > 0 && (
				<details id="flere-trakter">
					<summary>{words.more(frame.format.count(rest.length))}</summary>
					{rest.map((row, at) => draw(row, at + mostShown))}
				</details>
			)}
			{caveats && <p class="meta foot-note">{caveats}</p>}
		</Panel>
	);
}
