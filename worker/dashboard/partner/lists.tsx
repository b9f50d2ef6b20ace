/** What a partner's page lists as dot and interval: pages, who stayed on them, and the fixed lists of channels, devices and countries. */
import type { Child } from "hono/jsx";
import { otherName } from "../../../schema/tree-rules.ts";
import type { Interval } from "../../release/interval.ts";
import { IntervalBar } from "../charts/interval.tsx";
import { Panel } from "../panels/panel.tsx";
import { countEnds, type Drawn, shareEnds } from "./drawn.ts";
import type { NamedFigure, PageFigure, ReleasedList } from "./view.ts";
import type { PartnerWords } from "./words.ts";

/** How many stayed for half a minute, page by page, on a scale from nobody to everybody. */
export function Stayed({ pages, drawn }: { pages: readonly PageFigure[]; drawn: Drawn }) {
	const { words, format } = drawn;
	return (
		<Panel id="stayed" title={words.stayed} subtitle={words.stayedNote}>
			<table class="dotted">
				<thead>
					<tr>
						<Heads first={words.page} words={words} />
					</tr>
				</thead>
				<tbody>
					{pages.map(({ page, stayed }) => (
						<tr class={stayed ? undefined : "hatched"}>
							<th scope="row">
								<bdi>{page}</bdi>
							</th>
							{stayed ? (
								<>
									<td class="dots">
										<IntervalBar {...stayed} />
									</td>
									<td class="number">
										<strong>{format.percent(stayed.value)}</strong>
									</td>
									<td class="number ends">{shareEnds(stayed, drawn)}</td>
								</>
							) : (
								<td class="unsure" colspan={3}>
									{words.unsureNote}
								</td>
							)}
						</tr>
					))}
				</tbody>
			</table>
		</Panel>
	);
}

/** The picture's width: the highest end of any row. */
const widest = (rows: readonly { estimate: Interval }[]) => Math.max(...rows.map(({ estimate }) => estimate.high), 1);

function EstimateRow(props: { name: Child; note?: Child; estimate: Interval; most: number; drawn: Drawn }) {
	const { name, note, estimate, most, drawn } = props;
	return (
		<>
			<th scope="row">
				{name}
				{note && <span class="meta">{note}</span>}
			</th>
			<td class="dots">
				<IntervalBar value={estimate.value / most} low={estimate.low / most} high={estimate.high / most} />
			</td>
			<td class="number">
				<strong>{drawn.format.count(estimate.value)}</strong>
			</td>
			<td class="number ends">{countEnds(estimate, drawn)}</td>
		</>
	);
}

function Heads({ first, words }: { first: string; words: PartnerWords }) {
	return (
		<>
			<th scope="col">{first}</th>
			<td class="dots" />
			<th scope="col" class="number">
				{words.estimate}
			</th>
			<th scope="col" class="number ends">
				{words.interval}
			</th>
		</>
	);
}

export function Pages({ pages, drawn }: { pages: readonly PageFigure[]; drawn: Drawn }) {
	const { view, words, format } = drawn;
	const most = widest(pages);
	const place = ([best, worst]: [number, number]) =>
		best === worst ? format.count(best) : `${format.count(best)}–${format.count(worst)}`;
	return (
		<Panel id="pages" title={words.pages} subtitle={words.pagesNote}>
			<table class="dotted">
				<thead>
					<tr>
						<th scope="col" class="place">
							{words.place}
						</th>
						<Heads first={words.page} words={words} />
					</tr>
				</thead>
				<tbody>
					{pages.map(({ page, estimate, rank, periods }) => (
						<tr>
							<td class="place">{rank ? place(rank) : "–"}</td>
							<EstimateRow
								name={<bdi>{page}</bdi>}
								note={periods && words.partly(format.count(periods), format.count(view.periods))}
								estimate={estimate}
								most={most}
								drawn={drawn}
							/>
						</tr>
					))}
				</tbody>
			</table>
		</Panel>
	);
}

function nameOf(list: ReleasedList, key: string, { language, text, words }: Drawn): string {
	if (list === "channel") return (text.channels as Record<string, string>)[key] ?? key;
	if (list === "device") return (text.devices as Record<string, string>)[key] ?? key;
	if (key === otherName) return words.otherCountries;
	return new Intl.DisplayNames(language, { type: "region", fallback: "code" }).of(key) ?? key;
}

export function List(props: { list: ReleasedList; figures: readonly NamedFigure[]; drawn: Drawn }) {
	const { list, figures, drawn } = props;
	const { words } = drawn;
	const most = widest(figures);
	return (
		<Panel id={list} title={words.lists[list]} subtitle={words.pagesNote}>
			<table class="dotted">
				<thead>
					<tr>
						<Heads first={words.lists[list]} words={words} />
					</tr>
				</thead>
				<tbody>
					{figures.map(({ key, estimate }) => (
						<tr>
							<EstimateRow name={nameOf(list, key, drawn)} estimate={estimate} most={most} drawn={drawn} />
						</tr>
					))}
				</tbody>
			</table>
		</Panel>
	);
}
