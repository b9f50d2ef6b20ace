/** The short ranked lists at the bottom: sources, devices, how visits ended, most used elements. */
import type { Child } from "hono/jsx";
import { otherName } from "../../../schema/tree-rules.ts";
import type { Channels, Devices, Elements, Summary } from "../../stats/answers.ts";
import { Bar } from "../charts/bar.tsx";
import type { Frame } from "../frame.ts";
import { shareText, VitalCell } from "./figure-text.tsx";
import { Panel } from "./panel.tsx";

interface Item {
	name: Child;
	note?: Child;
	/** Length of the bar, a share of the largest. */
	length: number;
	figure: Child;
	tone?: "accent" | "exit" | "outside";
	hidden?: boolean;
}

function RankedList({ items, label }: { items: readonly Item[]; label: string }) {
	return (
		<ol class="ranked" aria-labelledby={label}>
			{items.map(({ name, note, length, figure, tone, hidden }) => (
				<li class={hidden ? "hatched" : undefined}>
					<div class="what">
						{name}
						{note && <div class="meta">{note}</div>}
					</div>
					<Bar share={length} tone={tone ?? "accent"} />
					<strong>{figure}</strong>
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

export function ChannelsPanel({ channels, frame }: { channels: Channels; frame: Frame }) {
	const { text, format } = frame;
	const rows = ranked(
		channels.rows,
		(row) => row.visits,
		(row) => row.channel,
	);
	const all = rows.reduce((sum, row) => sum + row.visits, 0);
	const most = Math.max(...rows.map((row) => row.visits), 1);
	const items = rows.map(({ channel, visits, bounces, referrers }): Item => {
		const hosts = ranked(
			referrers,
			(row) => row.visits,
			(row) => row.host,
		);
		const single = text.channelsPanel.single(shareText(bounces, visits, frame));
		return {
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
			figure: shareText(visits, all, frame),
			hidden: channel === otherName,
		};
	});
	return (
		<Panel id="kilder" title={text.channelsPanel.title} subtitle={text.channelsPanel.subtitle}>
			<RankedList items={items} label="kilder-title" />
		</Panel>
	);
}

export function DevicesPanel({ devices, frame }: { devices: Devices; frame: Frame }) {
	const { text } = frame;
	const rows = ranked(
		devices.rows,
		(row) => row.visits,
		(row) => row.device,
	);
	const all = rows.reduce((sum, row) => sum + row.visits, 0);
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
					LCP <VitalCell vital="lcp" figure={lcp} frame={frame} />
				</>
			),
			length: visits / most,
			figure: shareText(visits, all, frame),
			hidden: device === otherName,
		}),
	);
	return (
		<Panel id="enheter" title={text.devicesPanel.title} subtitle={text.devicesPanel.subtitle}>
			<RankedList items={items} label="enheter-title" />
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
	const all = rows.reduce((sum, row) => sum + row.exits, 0);
	const most = Math.max(...rows.map((row) => row.exits), 1);
	const items = rows.map(
		({ how, exits }): Item => ({
			name: text.methods[how],
			length: exits / most,
			figure: shareText(exits, all, frame),
			tone: "exit",
		}),
	);
	return (
		<Panel id="avslutning" title={text.leavingPanel.title} subtitle={`${text.leavingPanel.subtitle}, ${scope}`}>
			<RankedList items={items} label="avslutning-title" />
		</Panel>
	);
}

export function ElementsPanel({
	elements,
	viewsOf,
	frame,
	scope,
}: {
	elements: Elements;
	viewsOf: Map<string, number>;
	frame: Frame;
	scope: string;
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
					{text.elementsPanel.clicks(row.clicks, format.count(row.clicks))}
				</>
			),
			length: shareOf(row) / most,
			figure: row.of ? shareText(row.views, row.of, frame) : format.count(row.views),
			hidden,
		};
	});
	return (
		<Panel id="samhandling" title={text.elementsPanel.title} subtitle={`${text.elementsPanel.subtitle}, ${scope}`}>
			{items.length ? (
				<RankedList items={items} label="samhandling-title" />
			) : (
				<p class="none">{text.elementsPanel.none}</p>
			)}
		</Panel>
	);
}
