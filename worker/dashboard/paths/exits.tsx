/** The pages visits ended on: how many, their share of the page's views, and by which leaving method. */
import type { LeavingMethod } from "../../../schema/leaving.ts";
import { otherName } from "../../../schema/tree-rules.ts";
import { Bar } from "../charts/bar.tsx";
import { callOf, type Frame } from "../frame.ts";
import { comparedText } from "../panels/compared.ts";
import { ChangeHead, Delta, shareChange } from "../panels/delta.tsx";
import { shareText } from "../panels/figure-text.tsx";
import { Panel } from "../panels/panel.tsx";
import { SortHead } from "../panels/sort-head.tsx";
import { ownOf } from "../range.ts";
import type { ExitRow } from "./rows.ts";
import type { PathWords } from "./words.ts";

const topRows = 10;

export interface ExitsInput {
	rows: readonly ExitRow[];
	/** The chosen method. */
	how: LeavingMethod | undefined;
	/** Whether there is a range to compare with. */
	compared: boolean;
	/** Devices the figures are of, in words. */
	scope: string;
	words: PathWords;
	frame: Frame;
}

function Head({ by, text, words, frame }: { by: "antall" | "andel"; text: string; words: PathWords; frame: Frame }) {
	return (
		<SortHead
			label={text}
			title={words.exits.sort(text)}
			href={`${frame.link({ own: { sort: by } })}#utganger`}
			sorted={ownOf(frame.view, "sort") === by ? "descending" : undefined}
			class="number"
		/>
	);
}

/** The chosen method's share of a page's exits; without one, the most common method and its share. */
function Method({ row, input }: { row: ExitRow; input: ExitsInput }) {
	const { how, frame } = input;
	const shown = how ? { how, exits: row.count } : row.most;
	if (!shown) return <>–</>;
	return (
		<>
			{!how && `${frame.text.methods[shown.how]} `}
			<span data-of={`exitsBy.${shown.how}/exits`}>{shareText(shown.exits, row.exits, frame)}</span>
		</>
	);
}

function Row({ row, most, input }: { row: ExitRow; most: number; input: ExitsInput }) {
	const { how, frame, compared } = input;
	const { text, format, link } = frame;
	const { page, count, views, before } = row;
	const counted = how ? `exitsBy.${how}` : "exits";
	const change = shareChange([count, views], before && [before.count, before.views], frame);
	return (
		<tr class={page === otherName ? "hatched" : undefined} data-row={page}>
			<th scope="row">
				{page === otherName ? (
					text.pages.hidden
				) : (
					<a href={`${link({ page })}#stier`}>
						<bdi>{page}</bdi>
					</a>
				)}
				<span class="narrow meta">
					<Method row={row} input={input} />
				</span>
			</th>
			<td class="number" data-of={counted}>
				{format.count(count)}
			</td>
			<td class="bar-cell">
				<Bar share={count / most} tone="exit" />
			</td>
			<td class="number" data-of={`${counted}/views`}>
				{shareText(count, views, frame)}
			</td>
			{compared && (
				<td class="number middling">
					<Delta change={change} frame={frame} />
				</td>
			)}
			<td class="middling method">
				<Method row={row} input={input} />
			</td>
		</tr>
	);
}

export function ExitsPanel(input: ExitsInput) {
	const { rows, how, compared, scope, words, frame } = input;
	const { text, format, view, link } = frame;
	const all = ownOf(view, "vis") === "alle";
	const most = Math.max(...rows.map(({ count }) => count), 1);
	return (
		<Panel
			id="utganger"
			title={how ? words.exits.titleBy(text.methods[how].toLowerCase()) : words.exits.title}
			subtitle={`${words.exits.subtitle}, ${scope}`}
			compared={comparedText(frame)}
			aside={
				how && (
					<a class="more" href={`${link({ own: { maate: undefined } })}#utganger`}>
						{words.exits.every}
					</a>
				)
			}
		>
			{rows.length === 0 ? (
				<p class="none">{words.exits.none}</p>
			) : (
				<table class="pages exits" data-answer={callOf("pages", { device: view.device })}>
					<thead>
						<tr>
							<th scope="col">{text.pages.page}</th>
							<Head by="antall" text={how ? words.exits.countBy : words.exits.count} words={words} frame={frame} />
							<td class="bar-cell" />
							<Head by="andel" text={words.exits.rate} words={words} frame={frame} />
							{compared && <ChangeHead frame={frame} />}
							<th scope="col" class="middling method">
								{how ? words.exits.shareBy : words.exits.method}
							</th>
						</tr>
					</thead>
					<tbody>
						{(all ? rows : rows.slice(0, topRows)).map((row) => (
							<Row row={row} most={most} input={input} />
						))}
					</tbody>
				</table>
			)}
			{rows.length > topRows && (
				<a class="more" href={`${link({ own: { vis: all ? undefined : "alle" } })}#utganger`}>
					{all ? words.few : words.all(format.count(rows.length))}
				</a>
			)}
		</Panel>
	);
}
