/**
 * The flow around one page: where its views came from, and how they went on or left. Two lists of rows with one
 * denominator, the page's views; ribbons only decorate, and give way to bars where the screen is narrow.
 */
import type { Child } from "hono/jsx";
import type { Devices, Flows, PageRow } from "../../stats/answers.ts";
import { Bar } from "../charts/bar.tsx";
import { type Ribbon, Ribbons, type RibbonTone, roomAbove, rowHeights } from "../charts/ribbons.tsx";
import { callOf, type Frame } from "../frame.ts";
import { keyWords } from "../keys/words.ts";
import { comparedText, notComparedText } from "./compared.ts";
import { countChange, Delta, shareChange } from "./delta.tsx";
import { medianText, shareText, VitalCell } from "./figure-text.tsx";
import { type FlowGroup, type FlowRow, flowGroups } from "./flow-rows.ts";
import { Panel } from "./panel.tsx";

/** The card in the middle needs this many rows' height. */
const fewestRows = 8;

interface ListInput {
	groups: readonly FlowGroup[];
	/** Tone of each group's rows. */
	tones: readonly RibbonTone[];
	of: Views;
	side: "from" | "to";
	frame: Frame;
}

/** Of the page in the middle, which everything is a share of: in the range, and in the one it is compared with. */
interface Views {
	now: number;
	before: number | undefined;
}

/** Rows of a list, headings and "none" counted. */
const lengthOf = (groups: readonly FlowGroup[]) =>
	groups.reduce((sum, group) => sum + 1 + Math.max(group.rows.length, 1), 0);

function Name({ row, frame }: { row: FlowRow; frame: Frame }) {
	// Where pages can be listed by one way to leave, the way leads there.
	if (row.how && frame.view.parameters?.maate)
		return (
			<a class="name" href={`${frame.link({ own: { maate: row.how } })}#utganger`}>
				{row.name}
			</a>
		);
	if (row.page === undefined) return <span class="name">{row.name}</span>;
	return (
		<a class="name" href={`${frame.link({ page: row.page })}#stier`} title={row.page}>
			<bdi>{row.name}</bdi>
		</a>
	);
}

/** A share of the page's views against the share in the comparison; in words where the row had no name then and now has. */
function RowChange({ row: { count, before }, of, frame }: { row: FlowRow; of: Views; frame: Frame }) {
	if (!before || of.before === undefined) return null;
	const isNamed = "count" in before;
	const change = shareChange([count, of.now], [isNamed ? before.count : before.most, of.before], frame, "neither");
	if (isNamed) return <Delta change={change} frame={frame} />;
	const isMore = change && !change.unsure && change.difference > 0;
	return isMore ? <span class="delta">{frame.text.flow.unnamed}</span> : null;
}

function Figures({ row, of, frame }: { row: FlowRow; of: Views; frame: Frame }) {
	return (
		<span class="figures">
			<span class="count" data-of="count">
				{frame.format.count(row.count)}
			</span>{" "}
			<strong class="share" data-of="count/views">
				{frame.format.percent(of.now ? row.count / of.now : 0)}
			</strong>{" "}
			<RowChange row={row} of={of} frame={frame} />
		</span>
	);
}

function Row({ row, tone, id, of, frame }: { row: FlowRow; tone: RibbonTone; id: string; of: Views; frame: Frame }) {
	const figures = <Figures row={row} of={of} frame={frame} />;
	const bar = (
		<Bar
			share={of.now ? row.count / of.now : 0}
			tone={tone === "exit" ? "exit" : tone === "outside" ? "outside" : "accent"}
		/>
	);
	if (!row.rest)
		return (
			<li class={row.hidden ? "row hatched" : "row"} data-rows={row.keys.join("\n")}>
				<Name row={row} frame={frame} />
				{figures}
				{bar}
			</li>
		);
	return (
		<li class="row rest" data-rows={row.keys.join("\n")}>
			<details id={id}>
				<summary>
					<span class="name">{row.name}</span>
					{figures}
				</summary>
				<ol class="pop">
					{row.rest.map((inner) => (
						<li class="row" data-rows={inner.keys.join("\n")}>
							<Name row={inner} frame={frame} />
							<Figures row={inner} of={of} frame={frame} />
						</li>
					))}
				</ol>
			</details>
			{bar}
		</li>
	);
}

interface Height {
	height: number;
	/** px. */
	rowHeight: number;
}

/** `height` is that of the whole picture, in rows: the list stands in its middle from its first row on, as the page arrives. */
function List({ groups, tones, of, side, frame, height, rowHeight }: ListInput & Height) {
	return (
		<div class={`flow-list ${side}`}>
			<svg class="above" width="1" height={roomAbove(lengthOf(groups), height, rowHeight)} aria-hidden="true" />
			{groups.map((group, index) => {
				const tone = tones[index] ?? "own";
				const id = `flow-${side}-${index}`;
				const list = side === "from" ? "from" : tone === "exit" ? "left" : "to";
				return (
					<>
						<h3
							id={id}
							class={tone === "exit" ? "exit" : ""}
							data-list={list}
							data-rows={group.rows.flatMap((row) => row.keys).join("\n")}
						>
							<span>{group.name}</span>{" "}
							<span class="figures">
								<strong class="share" data-of="count/views">
									{frame.format.percent(of.now ? group.count / of.now : 0)}
								</strong>{" "}
								<Delta
									change={shareChange(
										[group.count, of.now],
										group.before === undefined || of.before === undefined ? undefined : [group.before, of.before],
										frame,
										"neither",
									)}
									frame={frame}
								/>
							</span>
						</h3>
						<ol aria-labelledby={id} data-list={list}>
							{group.rows.map((row, place) => (
								<Row row={row} tone={tone} id={`${id}-${place}`} of={of} frame={frame} />
							))}
							{group.rows.length === 0 && <li class="row none">{frame.text.flow.none}</li>}
						</ol>
					</>
				);
			})}
		</div>
	);
}

function ribbonsOf({ groups, tones, of }: ListInput): Ribbon[] {
	let row = 0;
	return groups.flatMap((group, index) => {
		const first = row + 1;
		row += 1 + Math.max(group.rows.length, 1);
		const tone = tones[index] ?? "own";
		return group.rows.map(({ count, rest, hidden }, place) => ({
			row: first + place,
			share: of.now ? count / of.now : 0,
			tone: tone === "own" && (rest || hidden) ? ("own-rest" as const) : tone,
		}));
	});
}

const exitsOf = ({ left }: Flows) => left.reduce((sum, { count }) => sum + count, 0);

function Card({
	flows,
	before,
	row,
	allViews,
	frame,
}: {
	flows: Flows;
	before: Flows | undefined;
	row: PageRow | undefined;
	allViews: number;
	frame: Frame;
}) {
	const { text, format } = frame;
	const exits = exitsOf(flows);
	return (
		<div class="flow-card">
			<h3>
				<bdi>{flows.page}</bdi>
			</h3>
			<p>
				<strong data-of="views">{format.count(flows.views)}</strong> {text.flow.views(flows.views)}{" "}
				<Delta change={countChange(flows.views, before?.views, frame)} frame={frame} />
			</p>
			<dl>
				<div>
					<dt>{text.flow.ofAll}</dt>
					<dd data-of="">{format.percent(allViews ? flows.views / allViews : 0)}</dd>
				</div>
				{row && (
					<>
						<div data-answer={callOf("pages")} data-row={row.page}>
							<dt>{text.flow.engaged}</dt>
							<dd data-of="engagedMs">{medianText(row.engagedMs, frame) ?? "–"}</dd>
						</div>
						<div data-answer={callOf("pages")} data-row={row.page}>
							<dt>{text.metrics.lcp}</dt>
							<dd>
								<VitalCell vital="lcp" figure={row.lcp} frame={frame} />
							</dd>
						</div>
					</>
				)}
				<div class="exit">
					<dt>{text.flow.exits}</dt>
					<dd data-list="left" data-rows={flows.left.map(({ how }) => `how=${how}`).join("\n")}>
						<span data-of="count/views">{shareText(exits, flows.views, frame)}</span>{" "}
						<Delta
							change={shareChange([exits, flows.views], before && [exitsOf(before), before.views], frame)}
							frame={frame}
						/>
					</dd>
				</div>
			</dl>
		</div>
	);
}

export function FlowPanel({
	flow,
	before,
	devices,
	aside,
	frame,
}: {
	flow: { flows: Flows; row: PageRow | undefined } | undefined;
	/** The same page's in the range it is compared with, where that was asked for. */
	before?: Flows | undefined;
	devices: Devices;
	aside?: Child;
	frame: Frame;
}) {
	const { text, view } = frame;
	const subtitle = view.device ? `${text.flow.subtitle} ${text.flow.device}` : text.flow.subtitle;
	if (!flow || flow.flows.views === 0)
		return (
			<Panel id="stier" title={text.flow.title} subtitle={subtitle}>
				<p class="none">{flow ? text.flow.noViews : text.flow.noPage}</p>
			</Panel>
		);
	const groups = flowGroups(flow.flows, text, frame.format.count, before);
	const of: Views = { now: flow.flows.views, before: before?.views };
	const from: ListInput = { groups: groups.from, tones: ["own", "outside"], of, side: "from", frame };
	const to: ListInput = { groups: groups.to, tones: ["own", "exit"], of, side: "to", frame };
	const height: Height = {
		height: Math.max(lengthOf(groups.from), lengthOf(groups.to), fewestRows),
		rowHeight: before ? rowHeights.changed : rowHeights.plain,
	};
	const allViews = devices.rows.reduce((sum, row) => sum + row.views, 0);
	return (
		<Panel
			id="stier"
			title={text.flow.title}
			subtitle={subtitle}
			compared={before ? comparedText(frame) : notComparedText(frame)}
			aside={aside}
		>
			<figure
				class={before ? "flow changed" : "flow"}
				aria-labelledby="stier-title"
				data-answer={callOf("flows", { page: flow.flows.page })}
			>
				<List {...from} {...height} />
				<Ribbons ribbons={ribbonsOf(from)} rows={lengthOf(groups.from)} {...height} side="from" />
				<Card flows={flow.flows} before={before} row={flow.row} allViews={allViews} frame={frame} />
				<Ribbons ribbons={ribbonsOf(to)} rows={lengthOf(groups.to)} {...height} side="to" />
				<List {...to} {...height} />
			</figure>
			<button type="button" class="scripted" data-picture="">
				{keyWords[frame.language].picture}
			</button>
		</Panel>
	);
}
