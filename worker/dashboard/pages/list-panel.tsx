/** The list of pages with its tools: single pages or folders, search, how many rows. All of it links and one form. */
import { otherName } from "../../../schema/tree-rules.ts";
import type { Pages } from "../../stats/answers.ts";
import { callOf, type Frame } from "../frame.ts";
import { comparedText } from "../panels/compared.ts";
import { Panel } from "../panels/panel.tsx";
import { KeptFields } from "../panels/toolbar.tsx";
import { ownOf } from "../range.ts";
import { FolderTable } from "./folders.tsx";
import { findPages, foldersOf, pageOrders, sortPages } from "./list.ts";
import { FullTable } from "./table.tsx";
import type { PagesWords } from "./words.ts";

/** Rows shown, and after each click on “more”. */
export const rowSteps = ["50", "100", "200", "500", "1000"] as const;
export const groupings = ["sider", "mapper"] as const;

interface Parts {
	frame: Frame;
	words: PagesWords;
}

function Groupings({ frame, words }: Parts) {
	const { view, link } = frame;
	return (
		<ul class="switch" aria-label={words.viewsLabel}>
			{groupings.map((gruppe) => (
				<li>
					<a
						href={`${link({ own: { gruppe, vis: undefined } })}#tabell`}
						aria-current={ownOf(view, "gruppe") === gruppe ? "true" : undefined}
					>
						{words.views[gruppe]}
					</a>
				</li>
			))}
		</ul>
	);
}

function Search({ frame, words }: Parts) {
	return (
		<search>
			<form method="get" class="search">
				<KeptFields link={frame.link({ own: { sok: undefined, vis: undefined } })} />
				<input
					type="search"
					name="sok"
					value={ownOf(frame.view, "sok")}
					maxlength={100}
					aria-label={words.search}
					placeholder={words.search}
				/>
				<button type="submit">{words.find}</button>
			</form>
		</search>
	);
}

export function ListPanel({
	pages,
	before,
	allViews,
	frame,
	words,
}: Parts & {
	pages: Pages;
	/** Of the range they are compared with. */
	before: Pages | undefined;
	allViews: number;
}) {
	const { view, text, format, link } = frame;
	const [searched, folder] = [ownOf(view, "sok"), ownOf(view, "mappe")];
	const isGrouped = ownOf(view, "gruppe") === "mapper";
	const named = findPages(pages.rows, searched, folder);
	const hidden = pages.rows.filter((row) => row.page === otherName && row.views > 0);
	const isWhole = searched === "" && folder === "";
	const all = Math.max(pages.total - hidden.length, 0);
	const fetched = pages.rows.length - hidden.length;
	const order = pageOrders.find((known) => known === ownOf(view, "sort")) ?? "visninger";
	const sorted = sortPages(named, order, ownOf(view, "vei") === "opp");
	const limit = Number(ownOf(view, "vis"));
	const next = rowSteps.find((step) => Number(step) > limit);
	const more = Math.min(Number(next ?? limit), sorted.length) - limit;
	const subtitle = [
		isWhole
			? words.count(all, format.count(all))
			: words.found(words.count(named.length, format.count(named.length)), format.count(all)),
		fetched < all && words.capped(format.count(fetched)),
		view.device && text.onlyDevice(text.devices[view.device]),
		isGrouped && words.foldersNote,
	];
	return (
		<Panel
			id="tabell"
			title={isGrouped ? words.folders : text.pages.title}
			subtitle={subtitle.filter(Boolean).join(" · ")}
			compared={comparedText(frame)}
		>
			<div class="list-tools">
				<Groupings frame={frame} words={words} />
				<Search frame={frame} words={words} />
			</div>
			<div data-answer={callOf("pages", { device: view.device })}>
				{named.length === 0 ? (
					<p class="none">
						{isWhole ? text.pages.none : words.noneFound}{" "}
						{!isWhole && (
							<a class="more" href={link({ own: { sok: undefined, mappe: undefined } })}>
								{words.reset}
							</a>
						)}
					</p>
				) : isGrouped ? (
					<FolderTable
						folders={foldersOf(named)}
						before={before && foldersOf(before.rows)}
						allViews={allViews}
						frame={frame}
						words={words}
					/>
				) : (
					<FullTable
						rows={sorted.slice(0, limit)}
						hidden={isWhole ? hidden : []}
						before={before?.rows}
						frame={frame}
						words={words}
					/>
				)}
				{isWhole && pages.hidden > 0 && (
					<p class="meta foot-note">
						{words.hidden} <span data-of="hidden">{format.percent(pages.hidden)}</span> {text.flow.ofAll}.
					</p>
				)}
			</div>
			{!isGrouped && more > 0 && (
				<a class="more" href={`${link({ own: { vis: next } })}#tabell`}>
					{words.more(format.count(more))}
				</a>
			)}
		</Panel>
	);
}
