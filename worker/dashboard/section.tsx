/**
 * What every page of figures shares: the way from page to page, the live strip, the filter row, the cards that stand in place of
 * figures, the line about the figures. A page itself is a Section: where it is, what it can be asked, what it draws.
 */
import type { Child } from "hono/jsx";
import type { Note } from "../../schema/note.ts";
import { dateOf } from "../../schema/period.ts";
import type { PagePicture } from "../pictures/pictures.ts";
import type { SavedView } from "../saved/store.ts";
import type { Stats, Summary } from "../stats/answers.ts";
import { exportWords } from "./export/words.ts";
import { begin } from "./figures.ts";
import type { Language } from "./format.ts";
import { type Frame, makeFrame } from "./frame.ts";
import { sectionKeys } from "./keys/letters.ts";
import { keyWords } from "./keys/words.ts";
import { type AssetPaths, Header, renderPage } from "./layout.tsx";
import { NothingHere } from "./panels/empty.tsx";
import { LiveStrip, liveFigures } from "./panels/live.tsx";
import { Quality } from "./panels/quality.tsx";
import { Toolbar } from "./panels/toolbar.tsx";
import type { PrivacyFacts } from "./privacy/facts.ts";
import { linkTo, type OwnParameters, sharedView, type View } from "./range.ts";
import { SavedMenu } from "./saved/menu.tsx";
import type { SectionName } from "./section-paths.ts";
import type { SetupInput } from "./setup/cards.tsx";
import { drawExample } from "./setup/example.tsx";
import { FirstRun, NoVisitsYet } from "./setup/first-run.tsx";
import { livePath, withSetup } from "./setup/page.tsx";
import { allSites, siteMenu } from "./site-links.ts";
import type { SheetName, StyleOf } from "./style.ts";

export interface DashboardSite {
	id: string;
	name: string;
	timeZone: string;
}

/** What a page draws from: figures are asked for as needed, the summary is there already. */
export interface Drawing {
	stats: Stats;
	frame: Frame;
	summary: Summary;
	/** Path of the site's overview, e.g. /sites/demo. */
	home: string;
	privacy(): Promise<PrivacyFacts>;
	/** Whether whoever asks owns the site. */
	isOwner: boolean;
	/** The pictures of a page for its click map, where there can be any. */
	picturesOf?: ((page: string) => Promise<PagePicture[]>) | undefined;
	/** The owner's notes that touch a span of local dates, in the order of theirs. */
	notes(span: { from: string; to: string }): Promise<readonly Note[]>;
	/** Link to another page, with the same range and filters. */
	linkTo(section: SectionName, change?: Parameters<Frame["link"]>[0]): string;
}

export interface Section {
	name: SectionName;
	/** Below the site's own path, which is the overview's. */
	path: `/${string}`;
	parameters?: OwnParameters;
	/** What the page needs of the look beyond what all pages share. */
	sheets: readonly SheetName[];
	/** Sheets that it needs besides in some views only. */
	sheetsFor?(view: View): readonly SheetName[];
	/** True where there is something to draw without any visits too. */
	isStanding?: true;
	/** A chip for each of the page's own filters: what it says, and the link without it. */
	chips?(frame: Frame): { name: string; value: string; href: string }[];
	draw(drawing: Drawing): Promise<Child>;
}

export interface SectionInput {
	stats: Stats;
	site: DashboardSite;
	query: URLSearchParams;
	language: Language;
	/** ms since 1970. */
	now: number;
	nonce: string;
	paths: AssetPaths;
	style: StyleOf;
	/** Path of the site's overview, e.g. /sites/demo. */
	home: string;
	/** Page views open right now, where that is known. */
	present(): Promise<number | undefined>;
	/** What the closed periods were like when figures were asked for; see LiveFigures. */
	closed(): string | undefined;
	/** What the page about privacy tells; asked for by that page only. */
	privacy(): Promise<PrivacyFacts>;
	/** How far the set-up is; asked for on a site without figures, for its owner. */
	setup(): Promise<Omit<SetupInput, "language">>;
	/** Whether whoever asks owns the site: then there are links to the owner's pages. */
	isOwner: boolean;
	/** See Drawing. */
	picturesOf?: Drawing["picturesOf"];
	notes: Drawing["notes"];
	/** The views that are saved, where they can be. */
	saved(): Promise<readonly SavedView[] | undefined>;
	/** See PageInput. */
	contentOnly?: boolean;
}

export async function renderSection(
	section: Section,
	sections: readonly Section[],
	input: SectionInput,
): Promise<string> {
	const { site, language, home, stats, privacy, isOwner, picturesOf, notes } = input;
	const today = dateOf(input.now, site.timeZone);
	const [begun, views] = await Promise.all([begin(stats, input.query, today, section.parameters), input.saved()]);
	const { view } = begun;
	const frame = makeFrame(view, language);
	const { text, format } = frame;
	const present = await input.present();
	const figures = liveFigures(begun.today, { present, closed: input.closed() }, text, format);
	const setup = begun.kind === "first-run" && input.isOwner ? { ...(await input.setup()), language } : undefined;
	const live = setup ? withSetup(figures, setup.setup) : figures;
	const example = setup && section.name === "overview" ? await drawExample(language) : undefined;
	const whatsNew = setup ? livePath(site.id, language) : `${home}/live?lang=${language}`;
	const followed = view.to >= today || begun.kind !== "figures";
	const sample = begun.today.sample || begun.summary.sample;
	const linkBetween: Drawing["linkTo"] = (name, change) => {
		const { path, parameters } = sections.find((other) => other.name === name) ?? section;
		const shared = { ...sharedView(view), ...(parameters ? { parameters } : {}) };
		return (path === "/" ? home : home + path) + linkTo(shared, change);
	};
	const title = text.sections[section.name];
	const saved = views && <SavedMenu views={views} section={section.name} home={home} frame={frame} />;
	const content =
		begun.kind === "figures" || section.isStanding
			? await section.draw({
					stats,
					frame,
					summary: begun.summary,
					home,
					privacy,
					isOwner,
					picturesOf,
					notes,
					linkTo: linkBetween,
				})
			: undefined;
	const download = `${home}/export.zip?of=${section.name}&${frame.link({ language }).slice(1)}`;
	return renderPage({
		...input,
		style: input.style(...section.sheets, ...(section.sheetsFor?.(view) ?? []), ...(setup ? ["setup" as const] : [])),
		title: `${section.path === "/" ? "" : `${title} · `}${site.name} · ${format.dates(view.from, view.to)} · Sporløs`,
		scripted: true,
		header: (
			<Header
				name={site.name}
				language={language}
				languageLink={frame.link({ language: language === "nb" ? "en" : "nb" })}
				sections={
					begun.kind === "first-run"
						? []
						: sections.map(({ name }) => ({
								href: linkBetween(name),
								text: text.sections[name],
								current: name === section.name,
								key: sectionKeys[name],
							}))
				}
				sectionsLabel={text.nav}
				menu={[...siteMenu(home, { language, isOwner: input.isOwner }), allSites(language)]}
				signedIn
			/>
		),
		children: (
			<>
				<div class="wrap">
					<LiveStrip
						live={live}
						path={whatsNew}
						nowPath={`${home}/now?lang=${language}`}
						frame={frame}
						sample={sample}
					/>
				</div>
				<main
					id="main"
					class="wrap"
					tabindex={-1}
					data-followed={followed ? "" : undefined}
					data-range={begun.kind === "figures" ? `${view.from}..${view.to}` : undefined}
					data-compare={view.compare && `${view.compare.from}..${view.compare.to}`}
				>
					<h1 class="vh">
						{title}: {site.name}
					</h1>
					{begun.kind !== "first-run" && (
						<Toolbar frame={frame} today={today} chips={section.chips?.(frame) ?? []} saved={saved} />
					)}
					{begun.kind === "nothing" && <NothingHere frame={frame} />}
					{begun.kind === "first-run" &&
						(setup ? <FirstRun {...setup} example={example} /> : <NoVisitsYet language={language} />)}
					{content}
					{begun.kind === "figures" && <Quality summary={begun.summary} frame={frame} />}
					<p>
						{begun.kind === "figures" && (
							<a class="more" href={download}>
								{exportWords[language].all}
							</a>
						)}
						<button type="button" class="scripted" data-help="">
							{keyWords[language].help}
						</button>
					</p>
				</main>
			</>
		),
	});
}
