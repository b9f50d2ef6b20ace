/** Clicks that did not do what was meant: how many on the site, and the elements with most of them. */
import type { ElementRow, Summary } from "../../stats/answers.ts";
import { Bar } from "../charts/bar.tsx";
import { callOf, type Frame } from "../frame.ts";
import { comparedText, pastOf } from "../panels/compared.ts";
import { countChange, Delta, shareChange } from "../panels/delta.tsx";
import { Panel } from "../panels/panel.tsx";
import { TroubleMarks } from "./elements.tsx";
import { troubleOf, troubles } from "./rows.ts";
import type { InteractionWords } from "./words.ts";

const topRows = 6;

export interface TroubleInput {
	rows: readonly ElementRow[];
	/** Every element of the range they are compared with. */
	before: readonly ElementRow[] | undefined;
	summary: Summary;
	words: InteractionWords;
	frame: Frame;
}

const nameOf = ({ page, element }: ElementRow) => `${page}\n${element}`;

/** Of the share of clicks that did not work. One click can be of several kinds, so it is at most all of them. */
function Changed({
	now,
	before,
	words,
	frame,
}: {
	now: ElementRow;
	before: ElementRow | undefined;
	words: InteractionWords;
	frame: Frame;
}) {
	const shareOf = (row: ElementRow): [number, number] => [Math.min(troubleOf(row), row.clicks), row.clicks];
	const change = shareChange(shareOf(now), before && shareOf(before), frame);
	if (!change) return null;
	return (
		<>
			<Delta change={change} frame={frame} /> {words.trouble.ofClicks}
		</>
	);
}

export function TroublePanel({ rows, before, summary, words, frame }: TroubleInput) {
	const past = pastOf(before, nameOf);
	const { text, format, view } = frame;
	const device = view.device ? text.onlyDevice(text.devices[view.device]) : words.scope;
	const most = Math.max(...rows.map(troubleOf), 1);
	return (
		<Panel
			id="feilklikk"
			answer={callOf("elements", { page: view.page })}
			title={words.trouble.title}
			subtitle={`${words.trouble.subtitle}, ${view.page ?? text.allPages}, ${words.scope}`}
			compared={comparedText(frame)}
		>
			<dl class="totals" data-answer={callOf("summary", { device: view.device })}>
				{troubles.map((kind) => (
					<div>
						<dt>{words.trouble.totals[kind]}</dt>
						<dd>
							<span data-of={kind}>{format.count(summary[kind])}</span>{" "}
							<Delta change={countChange(summary[kind], summary.compare?.[kind], frame, "down")} frame={frame} />
						</dd>
					</div>
				))}
			</dl>
			<p class="meta">{words.trouble.totalsScope(device)}</p>
			{rows.length === 0 ? (
				<p class="none">{words.trouble.none}</p>
			) : (
				<ol class="ranked troubled" aria-labelledby="feilklikk-title">
					{rows.slice(0, topRows).map((row) => (
						<li data-row={nameOf(row)}>
							<div class="what">
								<bdi class="element">{row.element}</bdi>
								{view.page === undefined && (
									<div class="meta">
										<bdi>{row.page}</bdi>
									</div>
								)}
								<div class="meta">
									<TroubleMarks row={row} words={words} frame={frame} />{" "}
									<Changed now={row} before={past.get(nameOf(row))} words={words} frame={frame} />
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
