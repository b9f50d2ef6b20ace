/** The full table of pages: how much they are seen, how long, how fast, and how they are left. A page's name opens its sheet. */
import { otherName } from "../../../schema/tree-rules.ts";
import type { PageRow } from "../../stats/answers.ts";
import { Bar } from "../charts/bar.tsx";
import { Spark } from "../charts/spark.tsx";
import type { Frame } from "../frame.ts";
import { pastOf } from "../panels/compared.ts";
import { ChangeHead, countChange, Delta } from "../panels/delta.tsx";
import { medianText, shareText, VitalCell } from "../panels/figure-text.tsx";
import { PageCell } from "../panels/page-cell.tsx";
import { SortHead } from "../panels/sort-head.tsx";
import { ownOf } from "../range.ts";
import { mostFrequentExit, type PageOrder } from "./list.ts";
import type { PagesWords } from "./words.ts";

interface Parts {
	frame: Frame;
	words: PagesWords;
}

function Head({ order, class: name, frame, words }: Parts & { order: PageOrder; class?: string }) {
	const { view, link } = frame;
	const label = words.columns[order];
	const isCurrent = ownOf(view, "sort") === order;
	const ascending = ownOf(view, "vei") === "opp";
	// Names begin at A, figures with the largest; a second click turns the order around.
	const next = isCurrent ? !ascending : order === "side";
	return (
		<SortHead
			label={label}
			title={words.sortBy(label)}
			href={`${link({ own: { sort: order, vei: next ? "opp" : "ned" } })}#tabell`}
			sorted={isCurrent ? (ascending ? "ascending" : "descending") : undefined}
			{...(name === undefined ? {} : { class: name })}
		/>
	);
}

function Exit({ row, frame }: { row: PageRow; frame: Frame }) {
	const most = mostFrequentExit(row);
	if (!most) return <span class="few">–</span>;
	return (
		<>
			{frame.text.methods[most.how]}{" "}
			<small data-of={`exitsBy.${most.how}/exits`}>{shareText(most.exits, row.exits, frame)}</small>
		</>
	);
}

function Row({
	row,
	before,
	most,
	trend,
	frame,
	words,
}: Parts & { row: PageRow; before: PageRow | undefined; most: number; trend: boolean }) {
	const { format, link } = frame;
	const engaged = medianText(row.engagedMs, frame);
	const left = shareText(row.exits, row.views, frame);
	return (
		<tr class={row.page === otherName ? "hatched" : undefined} data-row={row.page}>
			<PageCell row={row} href={link({ page: row.page })} frame={frame} />
			<td class="number" data-of="views">
				{format.count(row.views)}
			</td>
			<td class="bar-cell">
				<Bar share={most ? row.views / most : 0} />
			</td>
			{frame.view.compare && (
				<td class="number middling">
					<Delta change={countChange(row.views, before?.views, frame)} frame={frame} />
				</td>
			)}
			<td class="number broad" data-of="entries">
				{format.count(row.entries)}
			</td>
			<td class="number middling" data-of="engagedMs">
				{engaged ?? <span class="few">–</span>}
			</td>
			{(["lcp", "inp", "cls"] as const).map((vital) => (
				<td class={`number middling${vital === "lcp" ? "" : " broad"}`}>
					<VitalCell vital={vital} figure={row[vital]} frame={frame} />
				</td>
			))}
			<td class="number middling" data-of="exits/views">
				{left}
			</td>
			<td class="way broad">
				<Exit row={row} frame={frame} />
			</td>
			{trend && (
				<td class="broad trend">
					<Spark values={row.trend} />
					<span class="vh">{words.trend}</span>
				</td>
			)}
		</tr>
	);
}

/** `rows` in the order they are shown; `hidden` is what is folded together, and comes last. */
export function FullTable({
	rows,
	hidden,
	before,
	frame,
	words,
}: Parts & { rows: readonly PageRow[]; hidden: readonly PageRow[]; before: readonly PageRow[] | undefined }) {
	const past = pastOf(before, ({ page }) => page);
	const shown = [...rows, ...hidden];
	const trend = shown.some((row) => row.trend.length > 1);
	const most = Math.max(...shown.map((row) => row.views), 0);
	const parts = { frame, words };
	return (
		<table class="pages full fixed">
			<thead>
				<tr>
					<Head order="side" {...parts} />
					<Head order="visninger" class="number" {...parts} />
					<td class="bar-cell" />
					{frame.view.compare && <ChangeHead frame={frame} />}
					<Head order="innganger" class="number broad" {...parts} />
					<Head order="tid" class="number time middling" {...parts} />
					<Head order="lcp" class="number timed middling" {...parts} />
					<Head order="inp" class="number timed middling broad" {...parts} />
					<Head order="cls" class="number middling broad" {...parts} />
					<Head order="forlot" class="number middling" {...parts} />
					<th scope="col" class="way broad">
						{words.way}
					</th>
					{trend && (
						<th scope="col" class="broad trend">
							{words.trend}
						</th>
					)}
				</tr>
			</thead>
			<tbody>
				{shown.map((row) => (
					<Row row={row} before={past.get(row.page)} most={most} trend={trend} {...parts} />
				))}
			</tbody>
		</table>
	);
}
