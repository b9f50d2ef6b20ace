/** The site's own events with their properties, and the other things that are counted by how often they happened. */
import { otherName } from "../../../schema/tree-rules.ts";
import type { EventRow, Events } from "../../stats/answers.ts";
import type { Frame } from "../frame.ts";
import { comparedText, pastOf } from "../panels/compared.ts";
import { type Change, countChange, Delta } from "../panels/delta.tsx";
import { type Item, RankedList } from "../panels/lists.tsx";
import { Panel } from "../panels/panel.tsx";
import type { InteractionWords } from "./words.ts";

const topEvents = 10;
const topHappened = 5;

interface EventsInput {
	events: Events;
	/** Of the range they are compared with. */
	before: Events | undefined;
	words: InteractionWords;
	frame: Frame;
}

function Properties({ row, at, words, frame }: Omit<EventsInput, "events" | "before"> & { row: EventRow; at: number }) {
	const { format } = frame;
	const { properties } = row;
	if (properties.length === 0) return null;
	return (
		<details id={`egenskaper-${at}`}>
			<summary>{words.events.properties(properties.length, format.count(properties.length))}</summary>
			<ul data-list={`rows.${at}.properties`}>
				{properties.map(({ property, value, times }) => (
					<li data-row={`${property}\n${value}`}>
						{property === otherName ? (
							words.happened.hidden
						) : (
							<bdi>
								{property}={value}
							</bdi>
						)}{" "}
						<span data-of="times">{format.count(times)}</span>
					</li>
				))}
			</ul>
		</details>
	);
}

export function EventsPanel({ events, before, words, frame }: EventsInput) {
	const { format, view } = frame;
	const past = pastOf(before?.rows, ({ event }) => event);
	const most = Math.max(...events.rows.map(({ times }) => times), 1);
	const items = events.rows.map(
		(row, at): Item => ({
			row: row.event,
			name: row.event === otherName ? words.events.hidden : <bdi>{row.event}</bdi>,
			note: (
				<>
					{words.events.note(format.count(row.views))}
					<Properties row={row} at={at} words={words} frame={frame} />
				</>
			),
			length: row.times / most,
			figure: <span data-of="times">{format.count(row.times)}</span>,
			change: <Delta change={countChange(row.times, past.get(row.event)?.times, frame, "neither")} frame={frame} />,
			hidden: row.event === otherName,
		}),
	);
	const rest = items.slice(topEvents);
	return (
		<Panel
			id="hendelser"
			answer="events"
			title={words.events.title}
			subtitle={[`${words.events.subtitle}, ${words.wholeSite}`, view.page && words.site].filter(Boolean).join(". ")}
			compared={comparedText(frame)}
		>
			{items.length === 0 ? (
				<p class="none">{words.events.none}</p>
			) : (
				<RankedList items={items.slice(0, topEvents)} label="hendelser-title" />
			)}
			{rest.length > 0 && (
				<details id="flere-hendelser">
					<summary>{words.more(format.count(rest.length))}</summary>
					<RankedList items={rest} label="hendelser-title" />
				</details>
			)}
		</Panel>
	);
}

/** Each list by what it is called in the answer: its rows' name and figure. */
function happenings(events: Events) {
	return {
		errors: events.errors.map(({ error, times }) => ({ name: error, n: times })),
		notFound: events.notFound.map(({ page, views }) => ({ name: page, n: views })),
		downloads: events.downloads.map(({ file, times }) => ({ name: file, n: times })),
		outbound: events.outbound.map(({ host, times }) => ({ name: host, n: times })),
		searches: events.searches.map(({ page, views }) => ({ name: page, n: views })),
	};
}

/** Which way is good news, where one is. */
const betterOf: Partial<Record<keyof ReturnType<typeof happenings>, Change["better"]>> = {
	errors: "down",
	notFound: "down",
};

export function HappenedPanel({ events, before, words, frame }: EventsInput) {
	const { format } = frame;
	const happenedBefore = before && happenings(before);
	const lists = Object.entries(happenings(events)) as [
		keyof ReturnType<typeof happenings>,
		{ name: string; n: number }[],
	][];
	return (
		<Panel
			id="annet"
			answer="events"
			title={words.happened.title}
			subtitle={`${words.happened.subtitle}, ${words.wholeSite}`}
			compared={comparedText(frame)}
		>
			<div class="happenings">
				{lists.map(([list, rows]) => {
					const most = Math.max(...rows.map(({ n }) => n), 1);
					const past = pastOf(happenedBefore?.[list], ({ name }) => name);
					const field = list === "notFound" || list === "searches" ? "views" : "times";
					const items = rows.map(
						({ name, n }): Item => ({
							row: name,
							name: name === otherName ? words.happened.hidden : <bdi>{name}</bdi>,
							change: (
								<Delta change={countChange(n, past.get(name)?.n, frame, betterOf[list] ?? "neither")} frame={frame} />
							),
							length: n / most,
							figure: <span data-of={field}>{format.count(n)}</span>,
							tone: list === "errors" || list === "notFound" ? "exit" : "outside",
							hidden: name === otherName,
						}),
					);
					const rest = items.slice(topHappened);
					return (
						<section aria-labelledby={`annet-${list}`} data-list={list}>
							<h3 id={`annet-${list}`}>{words.happened[list]}</h3>
							{items.length === 0 ? (
								<p class="none">{words.happened.none}</p>
							) : (
								<RankedList items={items.slice(0, topHappened)} label={`annet-${list}`} />
							)}
							{rest.length > 0 && (
								<details id={`flere-${list}`}>
									<summary>{words.more(format.count(rest.length))}</summary>
									<RankedList items={rest} label={`annet-${list}`} />
								</details>
							)}
						</section>
					);
				})}
			</div>
		</Panel>
	);
}
