/** How far down pages are read: the share of views that came to each tenth of the page, as bars in a list. */
import type { Elements } from "../../stats/answers.ts";
import { callOf, type Frame } from "../frame.ts";
import { comparedText } from "../panels/compared.ts";
import { Delta, shareChange } from "../panels/delta.tsx";
import { type Item, RankedList } from "../panels/lists.tsx";
import { Panel } from "../panels/panel.tsx";
import { fewestForPercentile } from "../verdict.ts";
import { halfDepth, reachOf } from "./rows.ts";
import type { InteractionWords } from "./words.ts";

export interface ScrollInput {
	scroll: Elements["scroll"];
	before: Elements["scroll"] | undefined;
	words: InteractionWords;
	frame: Frame;
}

export function ScrollPanel({ scroll, before, words, frame }: ScrollInput) {
	const { text, format, view } = frame;
	const reach = reachOf(scroll);
	const { reached, measured } = reach;
	const past = before && reachOf(before);
	const few = measured < fewestForPercentile;
	const items = reached.map(
		({ depth, views }, at): Item => ({
			rows: scroll.flatMap(({ tenth }, place) => (tenth >= depth * 10 ? [place] : [])).join("\n"),
			name: depth === 1 ? words.scroll.bottom : words.scroll.depth(format.percent(depth)),
			length: views / measured,
			figure: few ? (
				<span data-of="views">{format.count(views)}</span>
			) : (
				<span data-of="views/+views">{format.percent(views / measured)}</span>
			),
			change: (
				<Delta
					change={shareChange(
						[views, measured],
						past && [past.reached[at]?.views ?? 0, past.measured],
						frame,
						"neither",
					)}
					frame={frame}
				/>
			),
		}),
	);
	return (
		<Panel
			id="rulling"
			class="scrolled"
			answer={callOf("elements", { page: view.page })}
			list="scroll"
			title={words.scroll.title}
			subtitle={`${words.scroll.subtitle}, ${view.page ?? text.allPages}, ${words.scope}`}
			compared={comparedText(frame)}
		>
			{measured === 0 ? (
				<p class="none">{words.scroll.none}</p>
			) : (
				<>
					<p class="lead">
						{few ? words.scroll.few(format.count(measured)) : words.scroll.half(format.percent(halfDepth(reach)))}
					</p>
					<RankedList items={items} label="rulling-title" />
					<p class="meta" data-of="+views">
						{words.scroll.basis(format.count(measured))}
					</p>
				</>
			)}
		</Panel>
	);
}
