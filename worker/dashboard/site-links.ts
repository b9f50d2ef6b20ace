/** A site's pages besides the figures, in the order in which every page of figures links to them. A page in this list has its link. */
import type { Language } from "./format.ts";

interface SiteLink {
	/** Below /sites/:site. */
	path: string;
	words: Record<Language, string>;
	/** True where viewers neither see the link nor the page. */
	isOwners: boolean;
}

export const siteLinks: readonly SiteLink[] = [
	{ path: "sharing", words: { nb: "Deling", en: "Sharing" }, isOwners: true },
	{ path: "settings", words: { nb: "Innstillinger", en: "Settings" }, isOwners: true },
	{ path: "operation", words: { nb: "Drift", en: "Operation" }, isOwners: true },
];
