/** The most common steps from one page to the next, as a table. Leaves out longer paths: books count one step at a time. */
import { Bar } from "../charts/bar.tsx";
import { callOf, type Frame } from "../frame.ts";
import { comparedText } from "../panels/compared.ts";
import { ChangeHead, Delta, shareChange } from "../panels/delta.tsx";
import { shareText } from "../panels/figure-text.tsx";
import { Panel } from "../panels/panel.tsx";
import type { Step } from "./rows.ts";
import type { PathWords } from "./words.ts";

const topSteps = 10;

export interface StepsInput {
	steps: readonly Step[];
	/** Pages whose steps these are. */
	pages: number;
	words: PathWords;
	frame: Frame;
}

function PageLink({ page, frame }: { page: string; frame: Frame }) {
	return (
		<a href={`${frame.link({ page })}#stier`}>
			<bdi>{page}</bdi>
		</a>
	);
}

export function StepsPanel({ steps, pages, words, frame }: StepsInput) {
	const { format, view } = frame;
	const most = Math.max(...steps.map(({ count }) => count), 1);
	return (
		<Panel
			id="steg"
			title={words.steps.title}
			subtitle={`${words.steps.subtitle(pages, format.count(pages))}, ${words.steps.scope}`}
			compared={comparedText(frame)}
		>
			{steps.length === 0 ? (
				<p class="none">{words.steps.none}</p>
			) : (
				<table class="pages steps">
					<thead>
						<tr>
							<th scope="col">{words.steps.from}</th>
							<th scope="col">{words.steps.to}</th>
							<th scope="col" class="number">
								{words.steps.count}
							</th>
							<td class="bar-cell middling" />
							<th scope="col" class="number middling">
								{words.steps.share}
							</th>
							{view.compare && <ChangeHead frame={frame} />}
						</tr>
					</thead>
					<tbody>
						{steps.slice(0, topSteps).map(({ from, to, count, views, before }) => (
							<tr data-answer={callOf("flows", { page: from })} data-list="to" data-row={to}>
								<th scope="row">
									<PageLink page={from} frame={frame} />
								</th>
								<td>
									<PageLink page={to} frame={frame} />
								</td>
								<td class="number" data-of="count">
									{format.count(count)}
								</td>
								<td class="bar-cell middling">
									<Bar share={count / most} />
								</td>
								<td class="number middling" data-of="count/views">
									{shareText(count, views, frame)}
								</td>
								{view.compare && (
									<td class="number middling">
										<Delta
											change={shareChange([count, views], before && [before.count, before.views], frame, "neither")}
											frame={frame}
										/>
									</td>
								)}
							</tr>
						))}
					</tbody>
				</table>
			)}
		</Panel>
	);
}
