/**
 * Which consent tool a page has, by the addresses of its scripts: to tell when the gate file is another tool's. Leaves out tools that
 * are bundled into a site's own scripts (c15t, Orejime), which no address gives away.
 * Read on 2026-11-23: developers.didomi.io/cmp/web-sdk/getting-started and usercentrics.com/docs/web/implementation/ui (version 3);
 * its older app.usercentrics.eu on usercentrics.atlassian.net ("Direct Implementation"); Cookiebot's and OneTrust's installation pages.
 * The others' addresses are what their installers write into pages, without a page of theirs that says so.
 */
const scripts: readonly (readonly [file: string, address: RegExp])[] = [
	["cookiebot", /^https:\/\/consent(cdn)?\.cookiebot\.(com|eu)\//],
	["onetrust", /\/otSDKStub\.js|^https:\/\/cdn\.cookielaw\.org\//],
	["usercentrics-v2", /^https:\/\/app\.usercentrics\.eu\//],
	["usercentrics", /^https:\/\/web\.cmp\.usercentrics\.eu\//],
	["didomi", /^https:\/\/sdk\.privacy-center\.org\//],
	["cookieyes", /^https:\/\/cdn-cookieyes\.com\//],
	["complianz", /\/plugins\/complianz-(gdpr|terms)/],
	["cookie-information", /^https:\/\/policy\.app\.cookieinformation\.com\//],
	["klaro", /\/klaro[\w.-]*\.js/],
	["cookieconsent", /\/cookieconsent(\.umd|\.esm)?(\.min)?\.js/],
	["tarteaucitron", /\/tarteaucitron[\w.-]*\.js/],
	["wp-consent", /\/plugins\/wp-consent-api\//],
	["shopify", /^https:\/\/cdn\.shopify\.com\/shopifycloud\//],
	["wix", /^https:\/\/static\.parastorage\.com\//],
];

/** Files that fit any tool: the page's own answer, several tools, and the standards that tools speak besides their own tongue. */
const generalFiles = ["auto", "manual", "tcf", "gpp", "consent-mode"];
/** Where one of these is, another tool asks as well: WordPress has one interface for many, and Complianz speaks it. */
const alsoSpoken: Record<string, readonly string[]> = { complianz: ["wp-consent"] };

/** Gate files of the tools whose scripts these are. */
export function toolsOf(addresses: readonly string[]): string[] {
	return scripts.filter(([, address]) => addresses.some((one) => address.test(one))).map(([file]) => file);
}

/** The tool that a page has while its gate file listens to another one, or asks by itself; undefined where it is fine. */
export function misheard(file: string, tools: readonly string[]): string | undefined {
	const fits = tools.some((tool) => tool === file || alsoSpoken[tool]?.includes(file));
	return fits || generalFiles.includes(file) ? undefined : tools[0];
}

/** Places that put scripts into pages without their being in the HTML. */
const managers = /googletagmanager\.com|\/utag\.js|assets\.adobedtm\.com|containers\.piwik\.pro|\/container_\w+\.js/;
export const isTagManager = (text: string): boolean => managers.test(text) || /\bGTM-[A-Z0-9]{4,}/.test(text);
