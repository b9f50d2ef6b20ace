/** The notice: its versions, the text in force, and the form that publishes a new one once it was seen what changes. */

import { dateOf } from "../../../schema/period.ts";
import { purposes } from "../../../schema/purposes.ts";
import type { Site } from "../../sites/stored.ts";
import { type AccountFrame, Rows, renderAccountPage } from "../account/frame.tsx";
import { formatOf } from "../format.ts";
import { Panel } from "../panels/panel.tsx";
import type { Typed } from "../sharing/typed.ts";
import { Box, Choice, type Form, type Option, TextArea, TextField, WrongText } from "./fields.tsx";
import type { Wrong } from "./forms.ts";
import { look } from "./look.ts";
import { type NoticeChange, NoticeChanges } from "./notice-changes.tsx";
import { facts, languagesOn, missingLanguages, textField, textParts } from "./notice-form.ts";
import { languageNames, type NoticeWords, noticeWords } from "./notice-words.ts";

export interface NoticeInput {
	site: Pick<Site, "id" | "name" | "timeZone" | "notice" | "policy" | "policies" | "valid">;
	typed: Typed;
	wrong: Wrong;
	/** Where the form was fine: what it would change, and the version it would be. */
	preview?: { changes: NoticeChange[]; version: string; isMaterial: boolean; isStale?: boolean };
	/** The version that was published just now. */
	done?: string;
}

export function renderNotice(frame: AccountFrame, input: NoticeInput): string {
	const { language: lang } = frame;
	const words = noticeWords[lang];
	const { site, typed, wrong, preview, done } = input;
	const at = `/sites/${site.id}/settings`;
	const form: Form = { id: "notice", typed, wrong };
	// The first button of the form is what Enter in a field presses: never one that takes a language away, or publishes.
	return renderAccountPage(
		{ ...frame, path: `${at}/notice`, style: frame.style + look },
		{
			title: words.title,
			site,
			page: "settings",
			children: (
				<div class="account settings">
					<p class="ways">
						<a href={`${at}?lang=${lang}`}>{words.back}</a>
					</p>
					{done !== undefined && (
						<p class="notice" role="status">
							{words.done(done)}
						</p>
					)}
					{!preview && <VersionsPanel site={site} words={words} frame={frame} />}
					{!preview && <CurrentPanel site={site} words={words} />}
					<form method="post" action={`${at}/notice?lang=${lang}`}>
						<button type="submit" class="vh" name="step" value="preview" tabindex={-1}>
							{words.preview}
						</button>
						{preview && (
							<Panel id="preview" title={words.previewTitle}>
								{preview.isStale && (
									<p class="notice wrong" role="alert">
										{words.changed}
									</p>
								)}
								<NoticeChanges {...preview} words={words} />
							</Panel>
						)}
						<FormPanel form={form} words={words} />
					</form>
				</div>
			),
		},
	);
}

interface Part {
	site: NoticeInput["site"];
	words: NoticeWords;
}

function VersionsPanel({ site, words, frame }: Part & { frame: AccountFrame }) {
	const format = formatOf(frame.language);
	const rows = site.policies.toReversed().map(({ version, published, material }, index) => {
		const date = dateOf(published, site.timeZone);
		const kind = index === site.policies.length - 1 ? "first" : material ? "material" : "editorial";
		return [
			<a href={`/v1/sites/${site.id}/policies/${version}`}>{version}</a>,
			format.dates(date, date),
			words.kinds[kind],
			site.valid.has(version) ? words.holds : words.replaced,
		];
	});
	return (
		<Panel id="versions" title={words.versions} subtitle={words.versionsNote}>
			<Rows heads={[words.version, words.published, words.change, words.consent]} rows={rows} none="" />
		</Panel>
	);
}

function CurrentPanel({ site, words }: Part) {
	return (
		<Panel id="current" title={words.current}>
			{Object.entries(site.notice.languages).map(([language, said]) => (
				<details class="aim">
					<summary>
						<span lang={language}>{languageNames[language as keyof typeof languageNames] ?? language}</span>
					</summary>
					<div lang={language} class="said">
						<p class="aim-name">{said.title}</p>
						{[said.text, said.recipients, said.retention, said.changes].map(
							(text) => text !== undefined && <p>{text}</p>,
						)}
					</div>
				</details>
			))}
		</Panel>
	);
}

function FormPanel({ form, words }: { form: Form; words: NoticeWords }) {
	const languages = languagesOn(form.typed);
	const missing = missingLanguages(form.typed);
	const names = (list: readonly (keyof typeof languageNames)[]) =>
		list.map((language): Option => [language, languageNames[language]]);
	return (
		<Panel id="make" title={words.make} subtitle={words.makeNote}>
			<WrongText form={form} name="other" />
			<input type="hidden" name="languages" value={languages.join(" ")} />
			{languages.map((language) => (
				<fieldset>
					<legend lang={language}>{languageNames[language]}</legend>
					{textParts.map((part) => {
						const field = {
							form,
							name: textField(language, part),
							text: words.parts[part],
							lang: language,
							required: part !== "changes",
							hint: part === "changes" ? words.changesNote : undefined,
						};
						return part === "title" ? <TextField {...field} max={120} /> : <TextArea {...field} max={2_000} />;
					})}
					{languages.length > 1 && (
						<div class="submit">
							<button type="submit" name="step" value={`remove-${language}`} formnovalidate>
								{words.removeLanguage(languageNames[language])}
							</button>
						</div>
					)}
				</fieldset>
			))}
			<div class="pair">
				<Choice form={form} name="first" text={words.own} options={names(languages)} />
				{missing.length > 0 && (
					<div class="with-button">
						<Choice form={form} name="add" text={words.addLanguage} options={names(missing)} />
						<button type="submit" name="step" value="add" formnovalidate>
							{words.add}
						</button>
					</div>
				)}
			</div>
			{missing.length > 0 && <p class="hint-text">{words.addNote}</p>}
			<fieldset>
				<legend>{words.purposesTitle}</legend>
				{purposes.map((purpose) => (
					<Box form={form} name={`purpose-${purpose}`} text={words.purposes[purpose]} />
				))}
				<WrongText form={form} name="purposes" />
			</fieldset>
			<fieldset>
				<legend>{words.factsTitle}</legend>
				<div class="pair">
					{facts.map((fact) => (
						<TextField
							form={form}
							name={fact}
							text={words.facts[fact]}
							hint={words.factNotes[fact]}
							required={fact === "contact"}
							max={fact === "link" ? 300 : 200}
						/>
					))}
				</div>
			</fieldset>
			<fieldset>
				<legend>{words.kind}</legend>
				<Box form={form} name="material" type="radio" value="true" text={words.material} hint={words.materialNote} />
				<Box form={form} name="material" type="radio" value="false" text={words.editorial} hint={words.editorialNote} />
			</fieldset>
			<div class="submit">
				<button type="submit" class="main" name="step" value="preview">
					{words.preview}
				</button>
			</div>
		</Panel>
	);
}
