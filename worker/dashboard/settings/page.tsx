/** A site's settings on one page, a panel a form. Leaves out the notice, whose versions have a page of their own (notice-page.tsx). */
import { dateOf } from "../../../schema/period.ts";
import type { Settings } from "../../sites/settings.ts";
import type { Site } from "../../sites/stored.ts";
import { type AccountFrame, renderAccountPage } from "../account/frame.tsx";
import { formatOf, type Language } from "../format.ts";
import { Panel } from "../panels/panel.tsx";
import type { Typed } from "../sharing/typed.ts";
import { nameOf } from "../site-links.ts";
import { FunnelsPanel, GoalsPanel } from "./aim-panels.tsx";
import { BannerPanel, exampleStyle } from "./banner-panel.tsx";
import { DeletePanel } from "./delete-page.tsx";
import { deleteWords } from "./delete-words.ts";
import { Box, type Form } from "./fields.tsx";
import { type Part, typedOf, type Wrong } from "./forms.ts";
import { look } from "./look.ts";
import { MeasuringPanel, PeriodsPanel, SitePanel, SourcePanel } from "./site-panels.tsx";
import { type SettingsWords, settingsWords } from "./words.ts";

export interface SettingsInput {
	site: Pick<Site, "id" | "name" | "policy" | "policies" | "timeZone">;
	settings: Settings;
	/** Whether anything is counted. */
	counted: boolean;
	/** Of this server; stands in the snippet. */
	origin: string;
	/** The gate file whose snippet is shown. */
	source: string;
	/** What was saved just now. */
	saved?: Part | undefined;
	/** The form that was not understood. */
	faulty?: { part: Part; typed: Typed; wrong: Wrong };
	/** Periods of sample visits; left out where there can be none. */
	samples?: number;
	/** True where they were deleted just now. */
	samplesDeleted?: boolean;
}

/** What each panel is drawn from. */
export interface Drawn {
	words: SettingsWords;
	lang: Language;
	/** Path of this page. */
	at: string;
	input: SettingsInput;
	saved: Part | undefined;
	formOf(part: Part): Form;
}

export function renderSettings(frame: AccountFrame, input: SettingsInput): string {
	const { language: lang } = frame;
	const words = settingsWords[lang];
	const { site, settings, saved, faulty } = input;
	const at = `/sites/${site.id}/settings`;
	const formOf = (part: Part): Form =>
		faulty?.part === part
			? { id: part, typed: faulty.typed, wrong: faulty.wrong }
			: { id: part, typed: typedOf(part, settings), wrong: {} };
	const drawn: Drawn = { words, lang, at, input, saved, formOf };
	const contents = [
		...(["site", "source", "periods", "measuring", "goals", "funnels", "banner", "notice"] as const),
		...(input.samples === undefined ? [] : (["samples"] as const)),
	].map((id) => ({ id, title: words[id].title }));
	return renderAccountPage(
		{ ...frame, path: at, style: frame.style + look + exampleStyle(formOf("banner").typed) },
		{
			title: words.title,
			site,
			page: "settings",
			children: (
				<div class="account settings">
					<p class="ways">
						<a href={`/sites/${site.id}/people?lang=${lang}`}>{nameOf("people", lang)}</a>
					</p>
					<nav aria-label={words.contents}>
						<ul class="ways">
							{[...contents, { id: "delete", title: deleteWords[lang].title }].map(({ id, title }) => (
								<li>
									<a href={`#${id}`}>{title}</a>
								</li>
							))}
						</ul>
					</nav>
					<SitePanel {...drawn} />
					<SourcePanel {...drawn} />
					<PeriodsPanel {...drawn} />
					<MeasuringPanel {...drawn} />
					<GoalsPanel {...drawn} />
					<FunnelsPanel {...drawn} />
					<BannerPanel {...drawn} />
					<NoticePanel {...drawn} />
					<SamplesPanel {...drawn} />
					<DeletePanel lang={lang} at={at} />
				</div>
			),
		},
	);
}

function NoticePanel({ words, lang, at, input }: Drawn) {
	const { site } = input;
	const { notice } = words;
	const published = site.policies.at(-1)?.published ?? 0;
	const date = dateOf(published, site.timeZone);
	return (
		<Panel id="notice" title={notice.title} subtitle={notice.subtitle}>
			<p>{notice.inForce(site.policy, formatOf(lang).dates(date, date))}</p>
			<p class="ways">
				<a class="main" href={`${at}/notice?lang=${lang}`}>
					{notice.open}
				</a>
			</p>
		</Panel>
	);
}

function SamplesPanel({ words, lang, at, input }: Drawn) {
	const { samples: periods, samplesDeleted } = input;
	const { samples } = words;
	if (periods === undefined) return null;
	return (
		<Panel id="samples" title={samples.title}>
			{samplesDeleted && (
				<p class="notice" role="status">
					{samples.deleted}
				</p>
			)}
			<p>{periods === 0 ? samples.none : samples.some(periods)}</p>
			{periods > 0 && (
				<form method="post" action={`${at}/samples?lang=${lang}`}>
					<Box form={{ id: "samples", typed: {}, wrong: {} }} name="sure" text={samples.sure} hint={samples.note} />
					<div class="submit">
						<button type="submit">{samples.button}</button>
					</div>
				</form>
			)}
		</Panel>
	);
}
