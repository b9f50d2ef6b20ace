/** The menu of saved views in the filter row: a link to each, and a form that saves the view that is shown. Works without script. */
import { maxViewNameChars } from "../../../schema/limits.ts";
import type { SavedView } from "../../saved/store.ts";
import { Icon } from "../charts/marks.tsx";
import type { Language } from "../format.ts";
import type { Frame } from "../frame.ts";
import { type SectionName, sectionPaths } from "../section-paths.ts";
import { savedWords } from "./words.ts";

const collators: Partial<Record<Language, Intl.Collator>> = {};

/** In the order of the language's alphabet; without those of pages that this version does not have. */
export function inAlphabet<View extends SavedView>(
	views: readonly View[],
	language: Language,
): (View & { section: SectionName })[] {
	collators[language] ??= new Intl.Collator(language, { numeric: true });
	const { compare } = collators[language];
	const isKnown = (view: View): view is View & { section: SectionName } => Object.hasOwn(sectionPaths, view.section);
	return views.filter(isKnown).sort((a, b) => compare(a.name, b.name));
}

/** `home`: path of the site's overview; the language where the address is to name one. */
export function addressOf(
	{ section, query }: { section: SectionName; query: string },
	home: string,
	language?: Language,
): string {
	const path = sectionPaths[section];
	const parts = [query, language && `lang=${language}`].filter(Boolean);
	return `${home}${path === "/" ? "" : path}?${parts.join("&")}`;
}

export interface SavedMenuInput {
	views: readonly SavedView[];
	/** The page that is shown. */
	section: SectionName;
	/** Path of the site's overview. */
	home: string;
	frame: Frame;
}

export function SavedMenu({ views, section, home, frame }: SavedMenuInput) {
	const { view, text, language } = frame;
	const words = savedWords[language];
	const query = frame.link({ language: undefined }).slice(1);
	const at = `${home}/saved${view.language ? `?lang=${view.language}` : ""}`;
	return (
		<details class="menu plain saved" id="menu-saved" name="menus">
			<summary>
				<Icon name="saved" />
				{words.button}
			</summary>
			<div class="pop">
				{views.length === 0 ? (
					<p class="meta">{words.none}</p>
				) : (
					<ul>
						{inAlphabet(views, language).map((saved) => (
							<li>
								<a
									href={addressOf(saved, home, view.language)}
									aria-current={saved.section === section && saved.query === query ? "true" : undefined}
								>
									<bdi>{saved.name}</bdi>
									<span class="meta">{text.sections[saved.section]}</span>
								</a>
							</li>
						))}
					</ul>
				)}
				<form method="post" action={at}>
					<input type="hidden" name="section" value={section} />
					<input type="hidden" name="query" value={query} />
					<label>
						{words.name}
						<input name="name" id="save-as" required maxlength={maxViewNameChars} autocomplete="off" />
					</label>
					<button type="submit">{words.save}</button>
				</form>
				{views.length > 0 && (
					<a class="more" href={at}>
						{words.edit}
					</a>
				)}
			</div>
		</details>
	);
}
