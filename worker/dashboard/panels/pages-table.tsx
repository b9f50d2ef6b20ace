/** The table of pages: views, engaged time, LCP, exits, trend; sorted by links, a page's link puts it in the flow. */
import { otherName } from "../../../schema/tree-rules.ts";
import type { PageRow, Pages } from "../../stats/answers.ts";
import { Bar, SplitBar } from "../charts/bar.tsx";
import { Spark } from "../charts/spark.tsx";
import { callOf, type Frame } from "../frame.ts";
import type { Order } from "../range.ts";
import { percentileOf } from "../verdict.ts";
import { lineOf, notComparedText } from "./compared.ts";
import { medianText, shareText, VitalCell } from "./figure-text.tsx";
import { PageCell } from "./page-cell.tsx";
import { Panel } from "./panel.tsx";
import { SortHead } from "./sort-head.tsx";

const topRows = 8;

/** What a column sorts by, largest first; what is not known comes last. */
const weightOf: Record<Order, (row: PageRow) => number> = {
	visninger: (row) => row.views,
	tid: (row) => row.engagedMs.p50 ?? -1,
	lcp: (row) => percentileOf(row.lcp) ?? -1,
	forlot: (row) => (row.views ? row.exits / row.views : -1),
};

export function sortedPages(rows: readonly PageRow[], order: Order): PageRow[] {
	const weight = weightOf[order];
	return rows.filter((row) => row.page !== otherName).sort((a, b) => weight(b) - weight(a) || b.views - a.views);
}

function Head({ order, frame, class: name = "" }: { order: Order; frame: Frame; class?: string }) {
	const label = frame.text.orders[order];
	return (
		<SortHead
			label={label}
			title={frame.text.pages.sort(label)}
			href={`${frame.link({ order })}#sider`}
			sorted={frame.view.order === order ? "descending" : undefined}
			class={`number ${name}`}
		/>
	);
}

function Row({ row, most, trend, frame }: { row: PageRow; most: number; trend: boolean; frame: Frame }) {
	const { format, link } = frame;
	const engaged = medianText(row.engagedMs, frame);
	const left = shareText(row.exits, row.views, frame);
	return (
		<tr class={row.page === otherName ? "hatched" : undefined} data-row={row.page}>
			<PageCell row={row} href={`${link({ page: row.page })}#stier`} frame={frame} />
			<td class="number" data-of="views">
				{format.count(row.views)}
			</td>
			<td class="bar-cell">
				<Bar share={most ? row.views / most : 0} />
			</td>
			<td class="number middling" data-of="engagedMs">
				{engaged ?? <span class="few">–</span>}
			</td>
			<td class="number middling">
				<VitalCell vital="lcp" figure={row.lcp} frame={frame} />
			</td>
			<td class="split-cell broad">{row.lcp.n > 0 && <SplitBar split={row.lcp} />}</td>
			<td class="number middling" data-of="exits/views">
				{left}
			</td>
			<td class="bar-cell short broad">
				<Bar share={row.views ? row.exits / row.views : 0} tone="exit" />
			</td>
			{trend && (
				<td class="broad trend">
					<Spark values={row.trend} />
				</td>
			)}
		</tr>
	);
}

export function PagesTable({ pages, frame, scope }: { pages: Pages; frame: Frame; scope: string }) {
	const { text, format, view, link } = frame;
	const named = sortedPages(pages.rows, view.order);
	const shown = view.all ? named : named.slice(0, topRows);
	const hidden = pages.rows.filter((row) => row.page === otherName && row.views > 0);
	const trend = named.some((row) => row.trend.length > 1);
	const most = Math.max(...named.map((row) => row.views), 0);
	const total = Math.max(pages.total - hidden.length, named.length);
	const more = total > topRows && (
		<a class="more" href={`${link({ all: !view.all })}#sider`}>
			{view.all ? text.pages.showFew : text.pages.showAll(format.count(total))}
		</a>
	);
	const capped = view.all && named.length < total && text.pages.capped(format.count(named.length));
	return (
		<Panel
			id="sider"
			title={text.pages.title}
			subtitle={lineOf(scope, capped)}
			compared={notComparedText(frame)}
			aside={more}
		>
			{named.length + hidden.length === 0 ? (
				<p class="none">{text.pages.none}</p>
			) : (
				<table class="pages" data-answer={callOf("pages", { device: view.device })}>
					<thead>
						<tr>
							<th scope="col">{text.pages.page}</th>
							<Head order="visninger" frame={frame} />
							<td class="bar-cell" />
							<Head order="tid" frame={frame} class="middling" />
							<Head order="lcp" frame={frame} class="middling" />
							<th scope="col" class="split-cell broad">
								{text.pages.distribution}
							</th>
							<Head order="forlot" frame={frame} class="middling" />
							<td class="bar-cell short broad" />
							{trend && (
								<th scope="col" class="broad trend">
									{text.pages.trend}
								</th>
							)}
						</tr>
					</thead>
					<tbody>
						{[...shown, ...hidden].map((row) => (
							<Row row={row} most={most} trend={trend} frame={frame} />
						))}
					</tbody>
				</table>
			)}
		</Panel>
	);
}
