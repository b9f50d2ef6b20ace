/**
 * The partner's page of one release, and the smaller one that is embedded: estimates only, from released figures only. The clock,
 * the open books and whatever is unreleased are not asked, so two pages of equal releases are equal.
 */
import type { Child } from "hono/jsx";
import { Icon } from "../charts/marks.tsx";
import { formatOf, type Language } from "../format.ts";
import { messagesOf } from "../frame.ts";
import { type AssetPaths, Header, renderPage } from "../layout.tsx";
import type { StyleOf } from "../style.ts";
import type { Drawn } from "./drawn.ts";
import { List, Pages, Stayed } from "./lists.tsx";
import { look } from "./look.ts";
import { Estimates, HowToRead, Series } from "./panels.tsx";
import { defaultSpan, type Span, spansOf, unitOf } from "./range.ts";
import type { PartnerSource } from "./source.ts";
import { type PartnerView, releasedLists, viewOf } from "./view.ts";
import { type PartnerWords, partnerWords } from "./words.ts";

export interface PartnerPageInput {
	source: PartnerSource;
	span: Span;
	language: Language;
	/** The language that the address asks for, kept in links. */
	askedLanguage?: Language | undefined;
	nonce: string;
	paths: AssetPaths;
	style: StyleOf;
	/** Path of this page, e.g. /releases/abc. */
	path: string;
}

/** The address of a choice; what is shown unasked is left out, so that one view has one address. */
function linkOf(span: Span, unasked: Span, language: Language | undefined): string {
	const parts = [span === unasked ? "" : `p=${span}`, language ? `lang=${language}` : ""].filter(Boolean);
	return parts.length > 0 ? `?${parts.join("&")}` : "?";
}

/** What is shown and what it is compared with, as a line of text: on paper it is all there is of the menu. */
function shownText({ view: { shown }, words, format }: Drawn): string {
	const { span, full, from, to, before } = shown;
	return [
		full ? words.spans[span] : words.shorter,
		format.dates(from, to),
		before ? words.compared(format.dates(before.from, before.to)) : words.notCompared,
	].join(", ");
}

function RangeMenu({ drawn, link }: { drawn: Drawn; link(span: Span): string }) {
	const { shown, unit } = drawn.view;
	const { words, format } = drawn;
	return (
		<details class="menu right" id="menu-range" name="menus">
			<summary>
				<Icon name="calendar" />
				<span class="vh">{words.range}: </span>
				<span>{shown.full ? words.spans[shown.span] : words.shorter}</span>
				<span class="meta">{format.dates(shown.from, shown.to)}</span>
				<Icon name="down" />
			</summary>
			<div class="pop">
				<ul>
					{spansOf(unit).map((span) => (
						<li>
							<a href={link(span)} aria-current={span === shown.span ? "true" : undefined}>
								{words.spans[span]}
							</a>
						</li>
					))}
				</ul>
			</div>
		</details>
	);
}

function Toolbar({ drawn, input, link }: { drawn: Drawn; input: PartnerPageInput; link(span: Span): string }) {
	const { words, format, view } = drawn;
	const { before } = view.shown;
	return (
		<section class="toolbar" aria-label={words.toolbar}>
			<span class="shown">{before ? words.compared(format.dates(before.from, before.to)) : words.notCompared}</span>
			<span class="fill" />
			<RangeMenu drawn={drawn} link={link} />
			<a class="button" href={`${input.path}/figures.csv${link(view.shown.span)}`} download="">
				<Icon name="download" /> {words.download}
			</a>
			<p class="print-only">{shownText(drawn)}</p>
		</section>
	);
}

/** So many rows are as high as a panel's heading. */
const headingRows = 3;

/** Two columns of about the same height, each panel in the one that is shorter so far. */
function inTwo(panels: readonly { rows: number; panel: Child }[]): [Child[], Child[]] {
	const columns: [Child[], Child[]] = [[], []];
	const heights: [number, number] = [0, 0];
	for (const { rows, panel } of panels) {
		const at = heights[0] <= heights[1] ? 0 : 1;
		columns[at].push(panel);
		heights[at] += rows + headingRows;
	}
	return columns;
}

function Panels({ drawn }: { drawn: Drawn }) {
	const { view, words } = drawn;
	const stayed =
		view.dwell && view.pages ? [{ rows: view.pages.length, panel: <Stayed pages={view.pages} drawn={drawn} /> }] : [];
	const lists = releasedLists.flatMap((list) => {
		const figures = view.lists[list];
		return figures ? [{ rows: figures.length, panel: <List list={list} figures={figures} drawn={drawn} /> }] : [];
	});
	const [left, right] = inTwo([...stayed, ...lists]);
	return (
		<>
			<Headline drawn={drawn} />
			<div class="columns wide-first">
				{view.pages && <Pages pages={view.pages} drawn={drawn} />}
				<HowToRead drawn={drawn} />
			</div>
			<div class="columns">
				<div>{left}</div>
				<div>{right}</div>
			</div>
			<About drawn={drawn} words={words} />
		</>
	);
}

function Headline({ drawn }: { drawn: Drawn }) {
	return (
		<div class="panel headline">
			<Estimates drawn={drawn} />
			{drawn.view.series.length > 0 && <Series drawn={drawn} />}
		</div>
	);
}

function About({ drawn, words }: { drawn: Drawn; words: PartnerWords }) {
	const { source, view, format } = drawn;
	const { grain } = source.release;
	const parts = [
		words.counted[grain],
		view.vitals.length > 0 && words.first[grain],
		words.fixed,
		words.until(format.dates(view.shown.to, view.shown.to)),
		view.sample && words.sample,
		words.zone(source.release.timeZone),
	];
	return (
		<p class="quality">
			<Icon name="shield" />
			<span class="vh">{words.aboutFigures}: </span>
			<span>{parts.filter(Boolean).join(" · ")}</span>
		</p>
	);
}

function Nothing({ words }: { words: PartnerWords }) {
	return (
		<section class="panel message" aria-labelledby="nothing">
			<h2 id="nothing">{words.nothing}</h2>
			<p>{words.nothingYet}</p>
		</section>
	);
}

async function drawnOf({ source, span, language }: PartnerPageInput): Promise<Drawn | undefined> {
	const view: PartnerView | undefined = await viewOf(source, span);
	return (
		view && {
			source,
			view,
			language,
			words: partnerWords[language],
			text: messagesOf(language),
			format: formatOf(language),
		}
	);
}

/** The page at /releases/:release. */
export async function renderPartner(input: PartnerPageInput): Promise<string> {
	const { source, language } = input;
	const { release } = source;
	const words = partnerWords[language];
	const drawn = await drawnOf(input);
	const unasked = defaultSpan[unitOf(release.grain)];
	const link = (span: Span) => linkOf(span, unasked, input.askedLanguage);
	const other = language === "nb" ? "en" : "nb";
	return renderPage({
		...input,
		style: input.style("headline") + look,
		title: `${words.title(release.audience)} · ${release.site} · Sporløs`,
		scripted: true,
		header: (
			<Header name={release.site} language={language} languageLink={linkOf(input.span, unasked, other)} signedIn />
		),
		children: (
			<main id="main" class="wrap" tabindex={-1}>
				<div class="report-head">
					<h1>{words.title(release.audience)}</h1>
					<p>{words.lead}</p>
				</div>
				{drawn && <Toolbar drawn={drawn} input={input} link={link} />}
				{drawn ? <Panels drawn={drawn} /> : <Nothing words={words} />}
			</main>
		),
	});
}

/** The page at /releases/:release/embed: key figures, series and pages, without a way to anything else. */
export async function renderEmbed(input: PartnerPageInput): Promise<string> {
	const { source, language } = input;
	const words = partnerWords[language];
	const drawn = await drawnOf(input);
	const title = `${source.release.site}: ${words.title(source.release.audience)}`;
	const content: Child = drawn ? (
		<>
			<p class="shown">{shownText(drawn)}</p>
			<Headline drawn={drawn} />
			{drawn.view.pages && <Pages pages={drawn.view.pages} drawn={drawn} />}
			<p class="meta">{words.lead}</p>
			<About drawn={drawn} words={words} />
		</>
	) : (
		<Nothing words={words} />
	);
	return renderPage({
		...input,
		style: input.style("headline") + look,
		title,
		scripted: true,
		header: null,
		children: (
			<main id="main" class="wrap embedded" tabindex={-1}>
				<h1>{title}</h1>
				{content}
			</main>
		),
	});
}
