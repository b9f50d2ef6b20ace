/** The banner's colours: the form, the contrast of each pair as the check sees it, and what the banner looks like with them. */
import { contrast, type Palette, pairs } from "../../../schema/banner.ts";
import { formatOf } from "../format.ts";
import { Panel } from "../panels/panel.tsx";
import type { Typed } from "../sharing/typed.ts";
import { Box, type Form } from "./fields.tsx";
import { colourNames, palettes } from "./forms.ts";
import type { Drawn } from "./page.tsx";
import { PartForm } from "./part-form.tsx";
import type { SettingsWords } from "./words.ts";

const isColour = (text: string) => /^#[0-9a-f]{6}$/i.test(text);

/** What stands in the fields of a palette, if all four are colours. */
function paletteIn(typed: Typed, prefix: string): Palette | undefined {
	const entries = colourNames.map((name): [string, string] => [name, typed[prefix + name] ?? ""]);
	return entries.every(([, colour]) => isColour(colour)) ? (Object.fromEntries(entries) as Palette) : undefined;
}

const isSeen = (palette: Palette) =>
	pairs.every(([one, other, least]) => contrast(palette[one], palette[other]) >= least);

/** What is shown on a light screen and on a dark one; nothing where a palette is incomplete. */
function screensOf(typed: Typed): { dark: boolean; palette: Palette }[] {
	const [day, night] = palettes;
	const own = typed.own === "on" ? paletteIn(typed, day.prefix) : undefined;
	const ownDark = typed.ownDark === "on" ? paletteIn(typed, night.prefix) : undefined;
	const shown = [
		{ dark: false, palette: typed.own === "on" ? own : day.usual },
		{ dark: true, palette: typed.ownDark === "on" ? ownDark : typed.own === "on" ? own : night.usual },
	];
	return shown.flatMap(({ dark, palette }) => (palette ? [{ dark, palette }] : []));
}

/** Rules for the examples, of colours alone: nothing else that was typed gets into a style sheet. */
export function exampleStyle(typed: Typed): string {
	return screensOf(typed)
		.map(({ dark, palette: { text, background, action, onAction } }) => {
			const at = `.example.${dark ? "on-dark" : "on-light"}`;
			return `${at}{background:${background};color:${text}}${at} span{background:${action};color:${onAction}}`;
		})
		.join("");
}

function Colours({ form, words, prefix }: { form: Form; words: SettingsWords; prefix: string }) {
	return (
		<div class="colours">
			{colourNames.map((name) => (
				<div class="colour">
					<input
						type="color"
						id={`${form.id}-${prefix}${name}`}
						name={prefix + name}
						value={form.typed[prefix + name]}
					/>
					<label for={`${form.id}-${prefix}${name}`}>{words.banner.names[name]}</label>
				</div>
			))}
		</div>
	);
}

function Contrasts({ form, words, lang }: { form: Form; words: SettingsWords; lang: "nb" | "en" }) {
	const { banner } = words;
	const format = formatOf(lang);
	return (
		<figure class="scroller" tabindex={0} aria-label={banner.contrast}>
			<table>
				<thead>
					<tr>
						<th scope="col">{banner.pair}</th>
						<th scope="col" class="number">
							{banner.ratio}
						</th>
						<th scope="col" class="number">
							{banner.least}
						</th>
						<th scope="col">
							<span class="vh">…</span>
						</th>
					</tr>
				</thead>
				<tbody>
					{screensOf(form.typed).flatMap(({ dark, palette }) =>
						pairs.map(([one, other, least]) => {
							const ratio = contrast(palette[one], palette[other]);
							return (
								<tr>
									<th scope="row">
										{banner.names[one]} / {banner.names[other].toLowerCase()}
										<span class="meta">{dark ? banner.dark : banner.light}</span>
									</th>
									<td class="number">{format.decimals(Math.floor(ratio * 10) / 10)}</td>
									<td class="number">{format.decimals(least)}</td>
									<td>
										<span class={`word ${ratio >= least ? "good" : "poor"}`}>
											{ratio >= least ? `● ${banner.enough}` : `▲ ${banner.faint}`}
										</span>
									</td>
								</tr>
							);
						}),
					)}
				</tbody>
			</table>
		</figure>
	);
}

export function BannerPanel({ words, formOf, at, saved, lang }: Drawn) {
	const { banner } = words;
	const form = formOf("banner");
	const screens = screensOf(form.typed);
	return (
		<Panel id="banner" title={banner.title} subtitle={banner.subtitle}>
			<PartForm part="banner" {...{ words, at, lang, saved }}>
				{palettes.map(({ box, prefix }) => (
					<>
						<Box form={form} name={box} text={banner[box]} hint={box === "own" ? banner.ownNote : banner.darkNote} />
						<Colours form={form} words={words} prefix={prefix} />
					</>
				))}
				<h3>{banner.contrast}</h3>
				<Contrasts form={form} words={words} lang={lang} />
			</PartForm>
			{screens.every(({ palette }) => isSeen(palette)) && (
				<>
					<h3>{banner.preview}</h3>
					<div class="examples">
						{screens.map(({ dark }) => (
							<figure>
								<figcaption class="meta">{dark ? banner.dark : banner.light}</figcaption>
								<div class={`example ${dark ? "on-dark" : "on-light"}`}>
									<p>{banner.sample}</p>
									<span>{banner.accept}</span>
									<span>{banner.decline}</span>
								</div>
							</figure>
						))}
					</div>
				</>
			)}
		</Panel>
	);
}
