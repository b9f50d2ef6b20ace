/** Clicks that did not do what was meant: how many on the site, and the elements with most of them. */
import type { ElementRow, Summary } from "../../stats/answers.ts";
import { Bar } from "../charts/bar.tsx";
import { callOf, type Frame } from "../frame.ts";
import { Panel } from "../panels/panel.tsx";
import { TroubleMarks } from "./elements.tsx";
import { troubleOf, troubles } from "./rows.ts";
import type { InteractionWords } from "./words.ts";

const topRows = 6;

export interface TroubleInput {
	rows: readonly ElementRow[];
	summary: Summary;
	words: InteractionWords;
	frame: Frame;
}

export function TroublePanel({ rows, summary, words, frame }: TroubleInput) {
	const { text, format, view } = frame;
	const device = view.device ? text.onlyDevice(text.devices[view.device]) : words.scope;
	const most = Math.max(...rows.map(troubleOf), 1);
	return (
		<Panel
			id="feilklikk"
			answer={callOf("elements", { page: view.page })}
			title={words.trouble.title}
			subtitle={`${words.trouble.subtitle}, ${view.page ?? text.allPages}, ${words.scope}`}
		>
			<dl class="totals" data-answer={callOf("summary", { device: view.device })}>
				{troubles.map((kind) => (
					<div>
						<dt>{words.trouble.totals[kind]}</dt>
						<dd data-of={kind}>{format.count(summary[kind])}</dd>
					</div>
				))}
			</dl>
			<p class="meta">{words.trouble.totalsScope(device)}</p>
			{rows.length === 0 ? (
				<p class="none">{words.trouble.none}</p>
			) : (
				<ol class="ranked troubled" aria-labelledby="feilklikk-title">
					{rows.slice(0, topRows).map((row) => (
						<li data-row={`${row.page}\n${row.element}`}>
							<div class="what">
								<bdi class="element">{row.element}</bdi>
								{view.page === undefined && (
									<div class="meta">
										<bdi>{row.page}</bdi>
									</div>
								)}
								<div class="meta">
									<TroubleMarks row={row} words={words} frame={frame} />
								</div>
							</div>
							<Bar share={troubleOf(row) / most} tone="exit" />
							<span class="meta of" data-of="clicks">
								{words.trouble.of(format.count(row.clicks))}
							</span>
						</li>
					))}
				</ol>
			)}
		</Panel>
	);
}
