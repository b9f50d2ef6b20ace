/** The table of folders: counts of the pages in each, added up. A folder's name lists its pages. */
import { Bar, SplitBar } from "../charts/bar.tsx";
import { Spark } from "../charts/spark.tsx";
import type { Frame } from "../frame.ts";
import { pastOf } from "../panels/compared.ts";
import { ChangeHead, countChange, Delta } from "../panels/delta.tsx";
import { shareText } from "../panels/figure-text.tsx";
import type { Folder } from "./list.ts";
import type { PagesWords } from "./words.ts";

interface RowInput {
	folder: Folder;
	before: Folder | undefined;
	most: number;
	allViews: number;
	frame: Frame;
	words: PagesWords;
}

function Row({ folder, before, most, allViews, frame, words }: RowInput) {
	const { text, format, link } = frame;
	const { views, exits, lcp } = folder;
	return (
		<tr data-folder={folder.folder}>
			<th scope="row">
				<a href={link({ own: { mappe: folder.folder, gruppe: undefined } })}>
					<bdi>{folder.folder}</bdi>
				</a>
				<span class="narrow meta">
					{words.count(folder.pages, format.count(folder.pages))} · {text.pages.left(shareText(exits, views, frame))}
				</span>
			</th>
			<td class="number middling" data-of="#">
				{format.count(folder.pages)}
			</td>
			<td class="number" data-of="views">
				{format.count(views)}
			</td>
			<td class="bar-cell">
				<Bar share={most ? views / most : 0} />
			</td>
			{frame.view.compare && (
				<td class="number middling">
					<Delta change={countChange(views, before?.views, frame)} frame={frame} />
				</td>
			)}
			<td class="number middling" data-of="">
				{shareText(views, allViews, frame)}
			</td>
			<td class="number broad" data-of="entries">
				{format.count(folder.entries)}
			</td>
			<td class="number middling" data-of="lcp.good/lcp.n">
				{shareText(lcp.good, lcp.n, frame)}
			</td>
			<td class="split-cell broad">{lcp.n > 0 && <SplitBar split={lcp} />}</td>
			<td class="number middling" data-of="exits/views">
				{shareText(exits, views, frame)}
			</td>
			<td class="broad trend">
				<Spark values={folder.trend} />
			</td>
		</tr>
	);
}

export function FolderTable({
	folders,
	before,
	allViews,
	frame,
	words,
}: {
	folders: readonly Folder[];
	/** Of the range they are compared with. */
	before: readonly Folder[] | undefined;
	/** Views of the site, or of the device that is filtered by. */
	allViews: number;
	frame: Frame;
	words: PagesWords;
}) {
	const past = pastOf(before, ({ folder }) => folder);
	const most = Math.max(...folders.map(({ views }) => views), 0);
	return (
		<table class="pages full">
			<thead>
				<tr>
					<th scope="col">{words.folder}</th>
					<th scope="col" class="number middling">
						{words.pagesIn}
					</th>
					<th scope="col" class="number">
						{words.columns.visninger}
					</th>
					<td class="bar-cell" />
					{frame.view.compare && <ChangeHead frame={frame} />}
					<th scope="col" class="number middling">
						{words.ofAll}
					</th>
					<th scope="col" class="number broad">
						{words.columns.innganger}
					</th>
					<th scope="col" class="number middling">
						{words.good}
					</th>
					<th scope="col" class="split-cell broad">
						{words.distribution}
					</th>
					<th scope="col" class="number middling">
						{words.columns.forlot}
					</th>
					<th scope="col" class="broad trend">
						{words.trend}
					</th>
				</tr>
			</thead>
			<tbody>
				{folders.map((folder) => (
					<Row
						folder={folder}
						before={past.get(folder.folder)}
						most={most}
						allViews={allViews}
						frame={frame}
						words={words}
					/>
				))}
			</tbody>
		</table>
	);
}
