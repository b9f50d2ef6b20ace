/** The gate files a site can embed, by what asks its visitors: each the name of a file (/gate/SITE/NAME.js) and a name for people. */

/** Tools' own names, which are the same in every language; test/worker/dashboard-settings holds them against the files there are. */
export const toolNames: Record<string, string> = {
	wix: "Wix",
	tcf: "IAB TCF 2.2, 2.3",
	gpp: "IAB GPP",
	"consent-mode": "Google Consent Mode v2",
	cookiebot: "Cookiebot",
	onetrust: "OneTrust",
	usercentrics: "Usercentrics v3",
	"usercentrics-v2": "Usercentrics v2",
	didomi: "Didomi",
	cookieyes: "CookieYes",
	complianz: "Complianz",
	"wp-consent": "WP Consent API",
	shopify: "Shopify",
	klaro: "Klaro",
	cookieconsent: "vanilla-cookieconsent 3",
	"cookie-information": "Cookie Information",
	tarteaucitron: "tarteaucitron",
	c15t: "c15t",
	orejime: "Orejime",
};

/** What asks without a tool, or with whichever is there. */
export const ownSources = ["banner", "manual", "auto"] as const;
export type OwnSource = (typeof ownSources)[number];

export const isSource = (text: string) => ownSources.some((own) => own === text) || Object.hasOwn(toolNames, text);

/** The line to put into every page. */
export const snippetOf = (origin: string, site: string, source: string) =>
	`<script src="${origin}/gate/${site}/${source}.js" defer></script>`;

/** All of them to choose from: our own ways first, then the tools. */
export function sourceOptions({ own, tools }: { own: Record<OwnSource, string>; tools: string }) {
	return {
		options: ownSources.map((name) => [name, own[name]] as const),
		groups: [[tools, Object.entries(toolNames)]] as const,
	};
}
