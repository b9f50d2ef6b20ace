/** The elements that are clicked: their share of the page's views, and clicks on them that did not work. */
import { Bar } from "../charts/bar.tsx";
import { Glyph } from "../charts/marks.tsx";
import { callOf, type Frame } from "../frame.ts";
import { comparedText } from "../panels/compared.ts";
import { ChangeHead, Delta, shareChange } from "../panels/delta.tsx";
import { shareText } from "../panels/figure-text.tsx";
import { Panel } from "../panels/panel.tsx";
import { ownOf } from "../range.ts";
import { type ClickedElement, type Trouble, troubles } from "./rows.ts";
import type { InteractionWords } from "./words.ts";

const topRows = 12;

export interface ElementsInput {
	elements: readonly ClickedElement[];
	hiddenClicks: number;
	/** Elements there are, where not all were fetched. */
	capped: string | undefined;
	compared: boolean;
	words: InteractionWords;
	frame: Frame;
}

/** ▲ and ■ and words: after an error is worst, then clicks in a burst, then clicks without effect. */
const toneOf = { afterError: "poor", rage: "poor", dead: "needs" } as const satisfies Record<Trouble, string>;

export function TroubleMarks({
	row,
	words,
	frame,
}: {
	row: ClickedElement["row"];
	words: InteractionWords;
	frame: Frame;
}) {
	const found = troubles.filter((kind) => row[kind] > 0);
	return (
		<>
			{found.map((kind) => (
				<span class="trouble">
					<Glyph verdict={toneOf[kind]} /> <span data-of={kind}>{frame.format.count(row[kind])}</span>{" "}
					{words.trouble.kinds[kind]}
				</span>
			))}
		</>
	);
}

function Row({ clicked, most, input }: { clicked: ClickedElement; most: number; input: ElementsInput }) {
	const { words, frame, compared } = input;
	const { format, link, view } = frame;
	const { row, of, share, before } = clicked;
	const change = shareChange([row.views, of], before && [before.views, before.of], frame, "neither");
	return (
		<tr data-row={`${row.page}\n${row.element}`}>
			<th scope="row">
				<bdi class="element">{row.element}</bdi>
				{view.page === undefined && (
					<a class="meta" href={`${link({ page: row.page })}#elementer`}>
						<bdi>{row.page}</bdi>
					</a>
				)}
				<span class="narrow meta">
					<TroubleMarks row={row} words={words} frame={frame} />
				</span>
			</th>
			<td class="number" data-of="">
				{of === 0 ? "–" : shareText(row.views, of, frame)}
			</td>
			<td class="bar-cell">
				<Bar share={share / most} />
			</td>
			{compared && (
				<td class="number broad">
					<Delta change={change} frame={frame} />
				</td>
			)}
			<td class="number middling" data-of="views">
				{format.count(row.views)}
			</td>
			<td class="number middling" data-of="clicks">
				{format.count(row.clicks)}
			</td>
			<td class="middling troubles">
				<TroubleMarks row={row} words={words} frame={frame} />
			</td>
		</tr>
	);
}

export function ElementsTable(input: ElementsInput) {
	const { elements, hiddenClicks, capped, compared, words, frame } = input;
	const { format, view, link, text } = frame;
	const all = ownOf(view, "vis") === "alle";
	const most = Math.max(...elements.map(({ share }) => share), 0.01);
	const subtitle = [`${words.elements.subtitle}, ${view.page ?? text.allPages}, ${words.scope}`, capped];
	return (
		<Panel
			id="elementer"
			answer={callOf("elements", { page: view.page })}
			title={words.elements.title}
			subtitle={subtitle.filter(Boolean).join(" · ")}
			compared={comparedText(frame)}
		>
			{elements.length === 0 && hiddenClicks === 0 ? (
				<p class="none">{words.elements.none}</p>
			) : (
				<table class="pages elements">
					<thead>
						<tr>
							<th scope="col">{words.elements.element}</th>
							<th scope="col" class="number" aria-sort="descending">
								{words.elements.share}
							</th>
							<td class="bar-cell" />
							{compared && <ChangeHead frame={frame} from="broad" />}
							<th scope="col" class="number middling">
								{words.elements.views}
							</th>
							<th scope="col" class="number middling">
								{words.elements.clicks}
							</th>
							<th scope="col" class="middling troubles">
								{words.elements.trouble}
							</th>
						</tr>
					</thead>
					<tbody>
						{(all ? elements : elements.slice(0, topRows)).map((clicked) => (
							<Row clicked={clicked} most={most} input={input} />
						))}
						{hiddenClicks > 0 && (
							<tr class="hatched">
								<th scope="row" colspan={compared ? 7 : 6}>
									{words.elements.hidden(format.count(hiddenClicks))}
								</th>
							</tr>
						)}
					</tbody>
				</table>
			)}
			{elements.length > topRows && (
				<a class="more" href={`${link({ own: { vis: all ? undefined : "alle" } })}#elementer`}>
					{all ? words.few : words.all(format.count(elements.length))}
				</a>
			)}
		</Panel>
	);
}
