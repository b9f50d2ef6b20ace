/** The header of a site's pages besides the figures: the way to every page of figures, and the menu of the others. */
import type { Language } from "./format.ts";
import { messagesOf } from "./frame.ts";
import { sectionKeys } from "./keys/letters.ts";
import { Header } from "./layout.tsx";
import { sections } from "./sections.ts";
import { allSites, siteMenu } from "./site-links.ts";

export interface HeadedSite {
	id: string;
	name: string;
	/** Whether whoever looks owns the site. */
	isOwner: boolean;
}

/** `page`: where it stands, below /sites/:site. */
export function SiteHeader({
	site: { id, name, isOwner },
	language,
	languageLink,
	page,
}: {
	site: HeadedSite;
	language: Language;
	languageLink: string;
	page?: string;
}) {
	const text = messagesOf(language);
	const home = `/sites/${id}`;
	return (
		<Header
			name={name}
			language={language}
			languageLink={languageLink}
			sections={sections.map((section) => ({
				href: `${home}${section.path === "/" ? "" : section.path}?lang=${language}`,
				text: text.sections[section.name],
				key: sectionKeys[section.name],
			}))}
			sectionsLabel={text.nav}
			menu={[...siteMenu(home, { language, isOwner, page }), allSites(language)]}
			signedIn
		/>
	);
}
