/** The ranked lists of the page about paths: entry pages, how visits ended, hosts that outbound links led to. */
import type { LeavingMethod } from "../../../schema/leaving.ts";
import { otherName } from "../../../schema/tree-rules.ts";
import type { Leaving } from "../../stats/answers.ts";
import { callOf, type Frame } from "../frame.ts";
import { comparedText, lineOf, pastOf, unfollowedText } from "../panels/compared.ts";
import { countChange, Delta, shareChange } from "../panels/delta.tsx";
import { shareText } from "../panels/figure-text.tsx";
import { type Item, RankedList } from "../panels/lists.tsx";
import { Panel } from "../panels/panel.tsx";
import { ownOf } from "../range.ts";
import type { EntryRow, endings } from "./rows.ts";
import type { PathWords } from "./words.ts";

const topEntries = 8;
const topHosts = 8;

interface ListInput {
	/** Devices the figures are of, in words. */
	scope: string;
	words: PathWords;
	frame: Frame;
}

export function EntriesPanel({
	rows,
	visits,
	scope,
	words,
	frame,
}: ListInput & { rows: readonly EntryRow[]; visits: number }) {
	const { text, format, view, link } = frame;
	const most = Math.max(...rows.map((row) => row.visits), 1);
	const all = ownOf(view, "vis") === "alle";
	const items = (all ? rows : rows.slice(0, topEntries)).map(
		(row): Item => ({
			row: row.page,
			name:
				row.page === otherName ? (
					text.pages.hidden
				) : (
					<a href={`${link({ page: row.page })}#stier`}>
						<bdi>{row.page}</bdi>
					</a>
				),
			note: words.entries.note(shareText(row.visits, visits, frame), shareText(row.visits, row.views, frame)),
			change: <Delta change={countChange(row.visits, row.before, frame)} frame={frame} />,
			length: row.visits / most,
			figure: <span data-of="entries">{format.count(row.visits)}</span>,
			hidden: row.page === otherName,
		}),
	);
	return (
		<Panel
			id="innganger"
			answer={callOf("pages", { device: view.device })}
			title={words.entries.title}
			subtitle={`${words.entries.subtitle}, ${scope}`}
			compared={comparedText(frame)}
		>
			{items.length === 0 ? (
				<p class="none">{words.entries.none}</p>
			) : (
				<RankedList items={items} label="innganger-title" />
			)}
			{rows.length > topEntries && (
				<a class="more" href={`${link({ own: { vis: all ? undefined : "alle" } })}#innganger`}>
					{all ? words.few : words.all(format.count(rows.length))}
				</a>
			)}
		</Panel>
	);
}

/** Each method leads to the pages it was used on. */
export function MethodsPanel({
	rows,
	visits,
	visitsBefore,
	how,
	scope,
	words,
	frame,
}: ListInput & {
	rows: readonly ReturnType<typeof endings>[number][];
	visits: number;
	visitsBefore: number | undefined;
	how: LeavingMethod | undefined;
}) {
	const { text, format, view, link } = frame;
	const most = Math.max(...rows.map((row) => row.exits), 1);
	const items = rows.map(
		(row): Item => ({
			row: row.how,
			name: (
				<a
					href={`${link({ own: { maate: row.how === how ? undefined : row.how } })}#utganger`}
					aria-current={row.how === how ? "true" : undefined}
				>
					{text.methods[row.how]}
				</a>
			),
			note: words.methods.note(format.count(row.exits)),
			change: (
				<Delta
					change={shareChange(
						[row.exits, visits],
						row.before === undefined || visitsBefore === undefined ? undefined : [row.before, visitsBefore],
						frame,
						"neither",
					)}
					frame={frame}
				/>
			),
			length: row.exits / most,
			figure: <span data-of="exits/visits">{shareText(row.exits, visits, frame)}</span>,
			tone: "exit",
		}),
	);
	return (
		<Panel
			id="maater"
			answer={callOf("summary", { device: view.device })}
			list="leaving"
			title={words.methods.title}
			subtitle={words.methods.subtitle(lineOf(unfollowedText(frame, ["page"]), scope))}
			compared={comparedText(frame)}
		>
			{items.length === 0 ? (
				<p class="none">{words.methods.none}</p>
			) : (
				<RankedList items={items} label="maater-title" />
			)}
		</Panel>
	);
}

export function HostsPanel({
	targets,
	before,
	words,
	frame,
}: Omit<ListInput, "scope"> & {
	targets: NonNullable<Leaving["targets"]>;
	before: NonNullable<Leaving["targets"]> | undefined;
}) {
	const past = pastOf(before, ({ host }) => host);
	const { format } = frame;
	const most = Math.max(...targets.map(({ views }) => views), 1);
	const items = targets.map(
		({ host, views }): Item => ({
			row: host,
			name: host === otherName ? words.outbound.hidden : <bdi>{host}</bdi>,
			change: <Delta change={countChange(views, past.get(host)?.views, frame, "neither")} frame={frame} />,
			length: views / most,
			figure: <span data-of="views">{format.count(views)}</span>,
			tone: "outside",
			hidden: host === otherName,
		}),
	);
	const rest = items.slice(topHosts);
	return (
		<Panel
			id="utgaende"
			answer="leaving"
			list="targets"
			title={words.outbound.title}
			subtitle={words.outbound.subtitle}
			compared={comparedText(frame)}
		>
			{items.length === 0 ? (
				<p class="none">{words.outbound.none}</p>
			) : (
				<RankedList items={items.slice(0, topHosts)} label="utgaende-title" />
			)}
			{rest.length > 0 && (
				<details id="flere-verter">
					<summary>{words.outbound.rest(format.count(rest.length))}</summary>
					<RankedList items={rest} label="utgaende-title" />
				</details>
			)}
		</Panel>
	);
}
