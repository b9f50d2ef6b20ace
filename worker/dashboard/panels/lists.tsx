/** The short ranked lists at the bottom: sources, devices, how visits ended, most used elements. */
import type { Child } from "hono/jsx";
import { otherName } from "../../../schema/tree-rules.ts";
import type { Channels, Devices, Elements, Summary } from "../../stats/answers.ts";
import { Bar } from "../charts/bar.tsx";
import { callOf, type Frame } from "../frame.ts";
import { comparedText, lineOf, notComparedText, pastOf, unfollowedText } from "./compared.ts";
import { Delta, shareChange, vitalChange } from "./delta.tsx";
import { shareText, VitalCell } from "./figure-text.tsx";
import { Panel } from "./panel.tsx";

export interface Item {
	/** Which row of the answer it shows, where a test is to find it. */
	row?: string;
	/** Several rows that are added up, a line each. */
	rows?: string;
	name: Child;
	note?: Child;
	/** Length of the bar, a share of the largest. */
	length: number;
	figure: Child;
	/** Of the figure, since the compared range. */
	change?: Child;
	tone?: "accent" | "exit" | "outside";
	hidden?: boolean;
}

export function RankedList({ items, label }: { items: readonly Item[]; label: string }) {
	return (
		<ol class="ranked" aria-labelledby={label}>
			{items.map(({ row, rows, name, note, length, figure, change, tone, hidden }) => (
				<li class={hidden ? "hatched" : undefined} data-row={row} data-rows={rows}>
					<div class="what">
						{name}
						{note && <div class="meta">{note}</div>}
					</div>
					<Bar share={length} tone={tone ?? "accent"} />
					<strong>
						{figure}
						{change && <> {change}</>}
					</strong>
				</li>
			))}
		</ol>
	);
}

/** Largest first, what is hidden last. */
function ranked<T>(rows: readonly T[], weight: (row: T) => number, name: (row: T) => string): T[] {
	const last = (row: T) => (name(row) === otherName ? 1 : 0);
	return rows.filter((row) => weight(row) > 0).sort((a, b) => last(a) - last(b) || weight(b) - weight(a));
}

const visitsOf = (rows: readonly { visits: number }[]) => rows.reduce((sum, { visits }) => sum + visits, 0);

/** The share of all visits, and of those of the compared range. */
function visitsChange(
	{ visits }: { visits: number },
	all: number,
	was: { visits: number } | undefined,
	before: { rows: readonly { visits: number }[] } | undefined,
	frame: Frame,
) {
	return shareChange([visits, all], before && was && [was.visits, visitsOf(before.rows)], frame, "neither");
}

export function ChannelsPanel({
	channels,
	before,
	frame,
}: {
	channels: Channels;
	before: Channels | undefined;
	frame: Frame;
}) {
	const { text, format } = frame;
	const past = pastOf(before?.rows, ({ channel }) => channel);
	const rows = ranked(
		channels.rows,
		(row) => row.visits,
		(row) => row.channel,
	);
	const all = visitsOf(rows);
	const most = Math.max(...rows.map((row) => row.visits), 1);
	const items = rows.map(({ channel, visits, bounces, referrers }): Item => {
		const hosts = ranked(
			referrers,
			(row) => row.visits,
			(row) => row.host,
		);
		const single = <span data-of="bounces/visits">{text.channelsPanel.single(shareText(bounces, visits, frame))}</span>;
		return {
			row: channel,
			name: text.channels[channel],
			note:
				hosts.length === 0 ? (
					single
				) : (
					<>
						{single}
						<details id={`hosts-${channel}`}>
							<summary>{text.channelsPanel.referrers(hosts.length, format.count(hosts.length))}</summary>
							<ul>
								{hosts.map((row) => (
									<li>
										<bdi>{row.host === otherName ? text.channels[otherName] : row.host}</bdi> {format.count(row.visits)}
									</li>
								))}
							</ul>
						</details>
					</>
				),
			length: visits / most,
			figure: <span data-of="visits/+visits">{shareText(visits, all, frame)}</span>,
			change: <Delta change={visitsChange({ visits }, all, past.get(channel), before, frame)} frame={frame} />,
			hidden: channel === otherName,
		};
	});
	return (
		<Panel
			id="kilder"
			title={text.channelsPanel.title}
			subtitle={lineOf(text.channelsPanel.subtitle, unfollowedText(frame, ["page"]))}
			compared={comparedText(frame)}
		>
			<div data-answer={callOf("channels")}>
				<RankedList items={items} label="kilder-title" />
			</div>
		</Panel>
	);
}

export function DevicesPanel({
	devices,
	before,
	frame,
}: {
	devices: Devices;
	before: Devices | undefined;
	frame: Frame;
}) {
	const { text } = frame;
	const past = pastOf(before?.rows, ({ device }) => device);
	const rows = ranked(
		devices.rows,
		(row) => row.visits,
		(row) => row.device,
	);
	const all = visitsOf(rows);
	const most = Math.max(...rows.map((row) => row.visits), 1);
	const items = rows.map(
		({ device, visits, lcp }): Item => ({
			name:
				device === otherName ? (
					text.devices[device]
				) : (
					<a href={frame.link({ device: frame.view.device === device ? undefined : device })}>{text.devices[device]}</a>
				),
			note: (
				<>
					LCP <VitalCell vital="lcp" figure={lcp} frame={frame} />{" "}
					<Delta change={vitalChange(lcp, past.get(device)?.lcp, frame)} frame={frame} />
				</>
			),
			row: device,
			length: visits / most,
			figure: <span data-of="visits/+visits">{shareText(visits, all, frame)}</span>,
			change: <Delta change={visitsChange({ visits }, all, past.get(device), before, frame)} frame={frame} />,
			hidden: device === otherName,
		}),
	);
	return (
		<Panel
			id="enheter"
			title={text.devicesPanel.title}
			subtitle={lineOf(text.devicesPanel.subtitle, unfollowedText(frame, ["page", "device"]))}
			compared={comparedText(frame)}
		>
			<div data-answer={callOf("devices")}>
				<RankedList items={items} label="enheter-title" />
			</div>
		</Panel>
	);
}

export function LeavingPanel({ summary, frame, scope }: { summary: Summary; frame: Frame; scope: string }) {
	const { text } = frame;
	const rows = ranked(
		summary.leaving,
		(row) => row.exits,
		(row) => row.how,
	);
	const sumOf = (list: readonly { exits: number }[]) => list.reduce((sum, { exits }) => sum + exits, 0);
	const all = sumOf(rows);
	const before = summary.compare?.leaving;
	const past = pastOf(before, ({ how }) => how);
	const most = Math.max(...rows.map((row) => row.exits), 1);
	const items = rows.map(
		({ how, exits }): Item => ({
			name: text.methods[how],
			row: how,
			change: (
				<Delta
					change={shareChange([exits, all], before && [past.get(how)?.exits ?? 0, sumOf(before)], frame, "neither")}
					frame={frame}
				/>
			),
			length: exits / most,
			figure: <span data-of="exits/+exits">{shareText(exits, all, frame)}</span>,
			tone: "exit",
		}),
	);
	return (
		<Panel
			id="avslutning"
			title={text.leavingPanel.title}
			subtitle={`${text.leavingPanel.subtitle}, ${scope}`}
			compared={comparedText(frame)}
		>
			<div data-answer={callOf("summary", { device: frame.view.device })} data-list="leaving">
				<RankedList items={items} label="avslutning-title" />
			</div>
		</Panel>
	);
}

export function ElementsPanel({
	elements,
	viewsOf,
	frame,
	scope,
	aside,
}: {
	elements: Elements;
	viewsOf: Map<string, number>;
	frame: Frame;
	scope: string;
	aside?: Child;
}) {
	const { text, format } = frame;
	const shareOf = ({ views, of }: { views: number; of: number }) => (of ? Math.min(views / of, 1) : 0);
	const rows = ranked(
		elements.rows.map((row) => ({ ...row, of: viewsOf.get(row.page) ?? 0 })),
		(row) => shareOf(row) || Number.MIN_VALUE,
		(row) => (row.page === otherName ? otherName : row.element),
	);
	const most = Math.max(...rows.map(shareOf), 0.01);
	const items = rows.map((row): Item => {
		const hidden = row.element === otherName;
		return {
			name: hidden ? text.elementsPanel.hidden : <bdi class="element">{row.element}</bdi>,
			note: (
				<>
					<bdi>{row.page === otherName ? text.pages.hidden : row.page}</bdi> ·{" "}
					<span data-of="clicks">{text.elementsPanel.clicks(row.clicks, format.count(row.clicks))}</span>
				</>
			),
			row: `${row.page}\n${row.element}`,
			length: shareOf(row) / most,
			figure: row.of ? (
				<span data-of="">{shareText(row.views, row.of, frame)}</span>
			) : (
				<span data-of="views">{format.count(row.views)}</span>
			),
			hidden,
		};
	});
	return (
		<Panel
			aside={aside}
			id="samhandling"
			title={text.elementsPanel.title}
			subtitle={`${text.elementsPanel.subtitle}, ${scope}`}
			compared={notComparedText(frame)}
		>
			{items.length ? (
				<div data-answer={callOf("elements", { page: frame.view.page })}>
					<RankedList items={items} label="samhandling-title" />
				</div>
			) : (
				<p class="none">{text.elementsPanel.none}</p>
			)}
		</Panel>
	);
}
