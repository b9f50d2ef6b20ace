/**
 * The consent tools there is a gate file for: each name is a file beside this one, a path (`/gate/SITE/<name>.js`), and what
 * reports say a grant came by. Adding a tool is a file and a line. `auto.js` holds all of them.
 */
export const tools = [
	"wix",
	"tcf",
	"gpp",
	"consent-mode",
	"cookiebot",
	"onetrust",
	"usercentrics",
	"usercentrics-v2",
	"didomi",
	"cookieyes",
	"complianz",
	"wp-consent",
	"shopify",
	"klaro",
	"cookieconsent",
	"cookie-information",
	"tarteaucitron",
	"c15t",
	"orejime",
] as const;

export type Tool = (typeof tools)[number];
