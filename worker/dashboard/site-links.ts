/** A site's pages besides the figures, in the order of the menu behind the site's name. A page in this list has its link. */
import type { Language } from "./format.ts";

interface SiteLink {
	/** Below /sites/:site. */
	path: string;
	words: Record<Language, string>;
	/** True where viewers neither see the link nor the page. */
	isOwners: boolean;
}

export const siteLinks = [
	{ path: "now", words: { nb: "Akkurat nå", en: "Right now" }, isOwners: false },
	{ path: "notes", words: { nb: "Notater", en: "Notes" }, isOwners: false },
	{ path: "sharing", words: { nb: "Deling", en: "Sharing" }, isOwners: true },
	{ path: "people", words: { nb: "Personer og nøkler", en: "People and keys" }, isOwners: true },
	{ path: "subscriptions", words: { nb: "Varsler", en: "Alerts" }, isOwners: true },
	{ path: "settings", words: { nb: "Innstillinger", en: "Settings" }, isOwners: true },
	{ path: "setup", words: { nb: "Oppsett", en: "Set-up" }, isOwners: true },
	{ path: "pictures", words: { nb: "Bilder til klikkart", en: "Pictures for the click map" }, isOwners: true },
	{ path: "operation", words: { nb: "Drift", en: "Operation" }, isOwners: true },
] as const satisfies readonly SiteLink[];

/** What a page is called: in the menu, at its head and on other pages. */
export function nameOf(path: (typeof siteLinks)[number]["path"], language: Language): string {
	return siteLinks.find((link) => link.path === path)?.words[language] ?? path;
}

export interface MenuLink {
	href: string;
	text: string;
	isCurrent: boolean;
}

/** `page`: the one that is shown; `home`: path of the site's overview. */
export function siteMenu(
	home: string,
	{ language, isOwner, page }: { language: Language; isOwner: boolean; page?: string | undefined },
): MenuLink[] {
	return siteLinks
		.filter(({ isOwners }) => isOwner || !isOwners)
		.map(({ path, words }) => ({
			href: `${home}/${path}?lang=${language}`,
			text: words[language],
			isCurrent: path === page,
		}));
}

/** The way to the list of all sites, at the end of the menu. */
export const allSites = (language: Language): MenuLink => ({
	href: `/account?lang=${language}#access`,
	text: { nb: "Alle nettsteder", en: "All sites" }[language],
	isCurrent: false,
});
