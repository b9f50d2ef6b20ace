/** The panels about what the site is: name and addresses, what asks for consent, periods and threshold, what counts as a page. */
import { grains } from "../../../schema/period.ts";
import { Panel } from "../panels/panel.tsx";
import { Box, Choice, type Option, TextArea, TextField, WrongText } from "./fields.tsx";
import type { Drawn } from "./page.tsx";
import { PartForm } from "./part-form.tsx";
import { snippetOf, sourceOptions } from "./sources.ts";
import { zoneOptions } from "./zones.ts";

export function SitePanel({ words, lang, formOf, at, saved }: Drawn) {
	const form = formOf("site");
	return (
		<Panel id="site" title={words.site.title}>
			<PartForm part="site" {...{ words, at, lang, saved }}>
				<TextField form={form} name="name" text={words.site.name} max={100} />
				<TextArea form={form} name="origins" text={words.site.origins} hint={words.site.originsNote} />
			</PartForm>
		</Panel>
	);
}

export function SourcePanel({ words, at, lang, input }: Drawn) {
	const { source: said } = words;
	const { source, origin, site } = input;
	const form = { id: "source", typed: { source }, wrong: {} };
	return (
		<Panel id="source" title={said.title} subtitle={said.subtitle}>
			<form method="get" action={`${at}#source`}>
				<input type="hidden" name="lang" value={lang} />
				<div class="fields">
					<Choice form={form} name="source" text={said.pick} {...sourceOptions(said)} />
					<button type="submit">{said.show}</button>
				</div>
			</form>
			<p>{said.paste}</p>
			<code class="secret">{snippetOf(origin, site.id, source)}</code>
			<p class="hint-text">{said.note}</p>
		</Panel>
	);
}

export function PeriodsPanel({ words, lang, formOf, at, saved, input }: Drawn) {
	const { periods } = words;
	const { settings, counted } = input;
	const form = formOf("periods");
	const grainOptions = grains.map((grain): Option => [grain, periods.grains[grain]]);
	return (
		<Panel id="periods" title={periods.title}>
			<PartForm part="periods" {...{ words, at, lang, saved }}>
				{counted ? (
					<>
						<dl>
							<dt>{periods.grain}</dt>
							<dd>{periods.grains[settings.grain]}</dd>
							<dt>{periods.timeZone}</dt>
							<dd>{settings.timeZone}</dd>
						</dl>
						<WrongText form={form} name="grain" />
						<p class="hint-text">{periods.fixed}</p>
					</>
				) : (
					<div class="pair">
						<Choice
							form={form}
							name="grain"
							text={periods.grain}
							options={grainOptions}
							hint={`${periods.grainNote} ${periods.open}`}
						/>
						<Choice
							form={form}
							name="timeZone"
							text={periods.timeZone}
							{...zoneOptions(form.typed.timeZone ?? settings.timeZone, periods.otherZones)}
							hint={`${periods.zoneNote} ${periods.open}`}
						/>
					</div>
				)}
				<div class="pair">
					<TextField form={form} name="k" text={periods.k} hint={periods.kNote} max={3} mode="numeric" />
					<TextField
						form={form}
						name="retentionMonths"
						text={periods.retention}
						hint={periods.retentionNote}
						max={3}
						mode="numeric"
					/>
					<TextField form={form} name="books" text={periods.books} hint={periods.booksNote} max={3} mode="numeric" />
				</div>
				{form.wrong.sure !== undefined && <Box form={form} name="sure" text={periods.sure} />}
			</PartForm>
		</Panel>
	);
}

export function MeasuringPanel({ words, lang, formOf, at, saved }: Drawn) {
	const { measuring } = words;
	const form = formOf("measuring");
	return (
		<Panel id="measuring" title={measuring.title}>
			<PartForm part="measuring" {...{ words, at, lang, saved }}>
				<Box form={form} name="hashRoutes" text={measuring.hashRoutes} hint={measuring.hashNote} />
				<TextField
					form={form}
					name="search"
					text={measuring.search}
					hint={measuring.searchNote}
					max={500}
					required={false}
				/>
				<Box form={form} name="coverage" text={measuring.coverage} hint={measuring.coverageNote} />
			</PartForm>
		</Panel>
	);
}
