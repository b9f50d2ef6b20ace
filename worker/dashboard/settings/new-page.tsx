/** The page that adds a site: what is needed for a first visit, and nothing that can as well be set later. */
import { grains } from "../../../schema/period.ts";
import { noticeLanguages } from "../../../schema/policy.ts";
import { purposes } from "../../../schema/purposes.ts";
import { type AccountFrame, renderAccountPage } from "../account/frame.tsx";
import { Panel } from "../panels/panel.tsx";
import type { Typed } from "../sharing/typed.ts";
import { Box, Choice, type Form, type Option, TextArea, TextField, WrongText } from "./fields.tsx";
import type { Wrong } from "./forms.ts";
import { look } from "./look.ts";
import { newSiteWords } from "./new-words.ts";
import { languageNames, noticeWords } from "./notice-words.ts";
import { sourceOptions } from "./sources.ts";
import { settingsWords } from "./words.ts";
import { zoneOptions } from "./zones.ts";

export function renderNewSite(frame: AccountFrame, { typed, wrong }: { typed: Typed; wrong: Wrong }): string {
	const { language: lang } = frame;
	const words = newSiteWords[lang];
	const { site, periods, source } = settingsWords[lang];
	const form: Form = { id: "new", typed, wrong };
	return renderAccountPage(
		{ ...frame, path: "/sites/new", style: frame.style + look },
		{
			title: words.title,
			children: (
				<div class="account settings">
					<p class="ways">
						<a href={`/account?lang=${lang}`}>{words.back}</a>
					</p>
					<p class="lead">{words.lead}</p>
					<form method="post" action={`/sites/new?lang=${lang}`}>
						<WrongText form={form} name="other" />
						<Panel id="new" title={words.site}>
							<div class="pair">
								<TextField form={form} name="name" text={site.name} max={100} />
								<TextField form={form} name="id" text={words.id} hint={words.idNote} max={40} required={false} />
							</div>
							<TextArea form={form} name="origins" text={site.origins} hint={site.originsNote} />
						</Panel>
						<Panel id="counting" title={words.counting} subtitle={words.later}>
							<div class="pair">
								<Choice
									form={form}
									name="grain"
									text={periods.grain}
									hint={periods.grainNote}
									options={grains.map((grain): Option => [grain, periods.grains[grain]])}
								/>
								<Choice
									form={form}
									name="timeZone"
									text={periods.timeZone}
									hint={periods.zoneNote}
									{...zoneOptions(typed.timeZone ?? "", periods.otherZones)}
								/>
								<TextField form={form} name="k" text={periods.k} hint={periods.kNote} max={3} mode="numeric" />
							</div>
						</Panel>
						<Panel id="asking" title={words.asking} subtitle={words.readyNote}>
							<div class="pair">
								<Choice form={form} name="source" text={words.source} {...sourceOptions(source)} />
								<TextField form={form} name="contact" text={words.contact} mode="email" />
							</div>
							<fieldset>
								<legend>{words.languages}</legend>
								<div class="boxes">
									{noticeLanguages.map((language) => (
										<Box
											form={form}
											name={`language-${language}`}
											text={<span lang={language}>{languageNames[language]}</span>}
										/>
									))}
								</div>
								<WrongText form={form} name="languages" />
								<div class="choice">
									<Choice
										form={form}
										name="first"
										text={words.first}
										options={noticeLanguages.map((language): Option => [language, languageNames[language]])}
									/>
								</div>
							</fieldset>
							<fieldset>
								<legend>{words.purposes}</legend>
								<div class="boxes">
									{purposes.map((purpose) => (
										<Box form={form} name={`purpose-${purpose}`} text={noticeWords[lang].purposes[purpose]} />
									))}
								</div>
								<WrongText form={form} name="purposes" />
							</fieldset>
						</Panel>
						<div class="submit">
							<button type="submit" class="main">
								{words.add}
							</button>
						</div>
					</form>
				</div>
			),
		},
	);
}
