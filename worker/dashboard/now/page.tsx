/** The live page: the last half hour of one site, in whole minutes. It needs no script; with one it follows along. */
import { otherName } from "../../../schema/tree-rules.ts";
import type { Recent } from "../../book/recent.ts";
import { MinuteBars } from "../charts/minute-bars.tsx";
import { type Format, formatOf, type Language } from "../format.ts";
import { messagesOf } from "../frame.ts";
import { keyWords } from "../keys/words.ts";
import { type AssetPaths, renderPage } from "../layout.tsx";
import type { Messages } from "../messages/nb.ts";
import { RankedList } from "../panels/lists.tsx";
import { Panel } from "../panels/panel.tsx";
import { type HeadedSite, SiteHeader } from "../site-header.tsx";
import type { StyleOf } from "../style.ts";
import { figuresOf, type NowFigures, type Shown, type ShownList } from "./figures.ts";
import { nowLook } from "./look.ts";
import { type NowWords, nowWords } from "./words.ts";

export interface NowInput {
	site: HeadedSite & { timeZone: string };
	recent: Recent;
	language: Language;
	/** Path of the site's overview. */
	home: string;
	nonce: string;
	paths: AssetPaths;
	style: StyleOf;
	contentOnly: boolean;
}

interface Drawn {
	language: Language;
	figures: NowFigures;
	words: NowWords;
	text: Messages;
	format: Format;
	clock(instant: number): string;
}

export function renderNow({ site, recent, language, home, ...page }: NowInput): string {
	const words = nowWords[language];
	const text = messagesOf(language);
	const format = formatOf(language);
	const figures = figuresOf(recent);
	const clock = (instant: number) => format.clock(instant, site.timeZone);
	const drawn: Drawn = { language, figures, words, text, format, clock };
	const { pages, channels, endings } = figures;
	return renderPage({
		...page,
		language,
		style: page.style("headline") + nowLook,
		title: `${words.title} · ${site.name} · Sporløs`,
		scripted: true,
		header: (
			<SiteHeader
				site={site}
				language={language}
				languageLink={`?lang=${language === "nb" ? "en" : "nb"}`}
				page="now"
			/>
		),
		children: (
			<main id="main" class="wrap right-now" tabindex={-1} data-again="">
				<h1>
					<span class="pulse" aria-hidden="true" />
					{words.title}
				</h1>
				<p class="lead">
					<span class="lead-dates">{words.lead(clock(figures.from), clock(figures.to))}</span>{" "}
					<span class="follows">{words.follows}</span>
					<noscript>{words.reload}</noscript>
				</p>
				<div class="panel headline">
					<ul class="kpis" aria-label={words.figures}>
						<Kpi label={words.views} value={figures.views} note={words.half} drawn={drawn} />
						<Kpi label={words.visits} value={figures.visits} note={words.half} drawn={drawn} />
						<Kpi label={words.open} value={figures.open} note={words.now} drawn={drawn} />
					</ul>
					<Minutes drawn={drawn} />
				</div>
				<div class="columns">
					<Panel id="open" title={words.pages} subtitle={words.pagesNote}>
						<List list={pages} label="open-title" nameOf={(name) => name} drawn={drawn} />
					</Panel>
					<div>
						<Panel id="channels" title={words.channels} subtitle={words.channelsNote}>
							<List list={channels} label="channels-title" nameOf={nameIn(text.channels)} drawn={drawn} />
						</Panel>
						<Panel id="endings" title={words.endings} subtitle={words.endingsNote}>
							<List tone="exit" list={endings} label="endings-title" nameOf={nameIn(text.methods)} drawn={drawn} />
						</Panel>
					</div>
				</div>
				<section class="protects" aria-labelledby="protects-title">
					<h2 id="protects-title">{words.protects}</h2>
					<p>
						{words.protectsText} {words.zone(site.timeZone)}.
					</p>
				</section>
				<p>
					<a class="more" href={`${home}?lang=${language}`}>
						{words.back}
					</a>
					<button type="button" class="scripted" data-help="">
						{keyWords[language].help}
					</button>
				</p>
			</main>
		),
	});
}

const nameIn = (names: Readonly<Record<string, string>>) => (name: string) => names[name] ?? otherName;

function Kpi({ label, value, note, drawn }: { label: string; value: Shown; note: string; drawn: Drawn }) {
	const { words, format } = drawn;
	return (
		<li>
			<div>
				<span class="label">{label}</span>
				<strong>{value === null ? words.few : words.atLeast(format.count(value))}</strong>
				<span class="foot">{note}</span>
			</div>
		</li>
	);
}

/** Marks on every sixth minute, and the last one. */
const markEvery = 6;

function Minutes({ drawn }: { drawn: Drawn }) {
	const { language, figures, words, text, format, clock } = drawn;
	const { minutes } = figures;
	const last = minutes.length - 1;
	const marks = minutes.flatMap(({ at }, index) =>
		index === last || (index % markEvery === 0 && last - index >= markEvery / 2) ? [{ index, text: clock(at) }] : [],
	);
	const cell = (count: Shown) => (count === null ? words.few : format.count(count));
	const name = words.chart(clock(figures.from), clock(figures.to));
	return (
		<figure class="timeline" aria-labelledby="timeline-label">
			<figcaption>
				<span id="timeline-label" class="vh">
					{name}
				</span>
				{(["views", "visits", "hidden"] as const).map((kind) => (
					<span>
						<svg class="minutes" width="12" height="12" aria-hidden="true">
							<rect class={kind} width="12" height="12" />
						</svg>
						{kind === "hidden" ? words.fewKey : words[kind]}
					</span>
				))}
			</figcaption>
			<div class="chart" id="timeline-chart" data-reading="timeline-table" data-keys={text.timeline.keys}>
				<MinuteBars minutes={minutes} marks={marks} write={format.count} />
			</div>
			<button type="button" class="scripted" data-picture="">
				{keyWords[language].picture}
			</button>
			<details id="timeline-data">
				<summary>{text.timeline.table}</summary>
				<section class="scroller" tabindex={0} aria-label={name}>
					<table id="timeline-table">
						<thead>
							<tr>
								<th scope="col">{words.minute}</th>
								<th scope="col" class="number">
									{words.views}
								</th>
								<th scope="col" class="number">
									{words.visits}
								</th>
							</tr>
						</thead>
						<tbody>
							{minutes.map(({ at, views, visits }) => (
								<tr>
									<th scope="row">{clock(at)}</th>
									<td class="number">{cell(views)}</td>
									<td class="number">{cell(visits)}</td>
								</tr>
							))}
						</tbody>
					</table>
				</section>
			</details>
		</figure>
	);
}

function List(props: { list: ShownList; label: string; nameOf(name: string): string; drawn: Drawn; tone?: "exit" }) {
	const { list, label, nameOf, drawn, tone } = props;
	const { words, format } = drawn;
	if (list.length === 0) return <p class="none">{words.none}</p>;
	const most = list[0]?.atLeast ?? 1;
	const items = list.map(({ name, atLeast }) => ({
		name: <bdi>{nameOf(name)}</bdi>,
		length: atLeast / most,
		...(tone ? { tone } : {}),
		figure: words.atLeast(format.count(atLeast)),
	}));
	return (
		<>
			<RankedList items={items} label={label} />
			<p class="rest-line hatched">{words.rest}</p>
		</>
	);
}
