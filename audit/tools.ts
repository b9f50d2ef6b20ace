/**
 * Consent tools that can be asked and answered by their own functions: one entry each, from the vendors' documentation.
 * Leaves out tools without such functions: their buttons are found by their words.
 */

export interface Tool {
	name: string;
	/** Its own files, which must be there before consent: matched against the address without its query. */
	files: RegExp;
	/** What it keeps to remember the visitor's answer. */
	keys: RegExp;
	/** True in a page where the tool is ready to be answered. This and the following run in the page. */
	present: string;
	accept: string;
	decline: string;
	/** Only where taking back is done otherwise than by declining. */
	withdraw?: string;
}

export const tools: Tool[] = [
	{
		name: "Sporløs",
		files: /\/gate\/[\w-]+\/[\w-]+\.js$/, // this file and nothing else
		keys: /^sporlos:[^:]+:choice$/,
		present: "typeof sporlos.grant === 'function'",
		accept: "sporlos.grant()",
		decline: "sporlos.refuse()",
		withdraw: "sporlos.withdraw()",
	},
	{
		name: "Cookiebot",
		files: /^https:\/\/(consent|consentcdn|imgsct)\.cookiebot\.(com|eu)\//,
		keys: /^(CookieConsent|CookieConsentBulk\w*)$/,
		present: "'consented' in Cookiebot",
		accept: "Cookiebot.submitCustomConsent(true, true, true)",
		decline: "Cookiebot.submitCustomConsent(false, false, false)",
		withdraw: "Cookiebot.withdraw()",
	},
	{
		name: "OneTrust",
		files:
			/^https:\/\/(cdn|geolocation|cookies-data|privacyportal[\w-]*|[\w-]+)\.(cookielaw\.org|onetrust\.com|onetrust\.io)\//,
		keys: /^(OptanonConsent|OptanonAlertBoxClosed|eupubconsent(-v2)?)$/,
		present: "typeof OneTrust.AllowAll === 'function'",
		accept: "OneTrust.AllowAll()",
		decline: "OneTrust.RejectAll()",
	},
	{
		name: "Usercentrics 3",
		files: /^https:\/\/([\w-]+\.)*usercentrics\.(eu|com)\//,
		keys: /^(ucData|ucString|uc_\w+|usercentrics\w*)$/,
		present: "typeof __ucCmp.acceptAllConsents === 'function'",
		accept: "__ucCmp.acceptAllConsents()",
		decline: "__ucCmp.denyAllConsents()",
	},
	{
		name: "Usercentrics 2",
		files: /^https:\/\/([\w-]+\.)*usercentrics\.(eu|com)\//,
		keys: /^uc_\w+$/,
		present: "UC_UI.isInitialized()",
		accept: "UC_UI.acceptAllConsents().then(() => UC_UI.closeCMP())",
		decline: "UC_UI.denyAllConsents().then(() => UC_UI.closeCMP())",
	},
	{
		name: "Didomi",
		files: /^https:\/\/(sdk|api|[\w-]+)\.privacy-center\.org\//,
		keys: /^(didomi_token|euconsent-v2|didomi_\w+)$/,
		present: "typeof Didomi.setUserAgreeToAll === 'function'",
		accept: "Didomi.setUserAgreeToAll()",
		decline: "Didomi.setUserDisagreeToAll()",
	},
	{
		name: "CookieYes",
		files: /^https:\/\/([\w-]+\.)*(cdn-)?cookieyes\.com\//,
		keys: /^cookieyes-consent$/,
		present: "typeof performBannerAction === 'function' && typeof getCkyConsent === 'function'",
		accept: "performBannerAction('accept_all')",
		decline: "performBannerAction('reject')",
	},
	{
		name: "Complianz",
		files: /\/complianz[\w-]*\//,
		keys: /^cmplz_/,
		present: "typeof cmplz_accept_all === 'function'",
		accept: "cmplz_accept_all()",
		decline: "cmplz_deny_all()",
	},
	{
		name: "Cookie Information",
		files: /^https:\/\/(policy|[\w-]+)\.(app\.)?cookieinformation\.com\//,
		keys: /^CookieInformationConsent$/,
		present: "typeof CookieInformation.submitAllCategories === 'function'",
		accept: "CookieInformation.submitAllCategories()",
		decline: "CookieInformation.declineAllCategories()",
	},
	{
		name: "Klaro",
		files: /\/klaro[\w.-]*\.(js|css)$/,
		keys: /^klaro$/,
		present: "typeof klaro.getManager === 'function' && !!klaro.getManager()",
		accept: "(m => { m.changeAll(true); m.saveAndApplyConsents(); })(klaro.getManager())",
		decline: "(m => { m.changeAll(false); m.saveAndApplyConsents(); })(klaro.getManager())",
	},
	{
		name: "vanilla-cookieconsent",
		files: /\/cookieconsent(\.\w+)*\.(js|css)$/,
		keys: /^cc_cookie$/,
		present: "typeof CookieConsent.acceptCategory === 'function'",
		accept: "CookieConsent.hide(), CookieConsent.acceptCategory('all')",
		decline: "CookieConsent.hide(), CookieConsent.acceptCategory([])",
	},
	{
		name: "tarteaucitron",
		files: /\/tarteaucitron[\w./-]*\.(js|css)$/,
		keys: /^tarteaucitron$/,
		present: "typeof tarteaucitron.userInterface.respondAll === 'function'",
		accept: "tarteaucitron.userInterface.respondAll(true)",
		decline: "tarteaucitron.userInterface.respondAll(false)",
	},
	{
		name: "Wix",
		files: /^https:\/\/([\w-]+\.)*(parastorage|wixstatic)\.com\//,
		keys: /^consent-policy$/,
		present: "typeof consentPolicyManager.setConsentPolicy === 'function'",
		accept:
			"consentPolicyManager.setConsentPolicy({ essential: true, functional: true, analytics: true, advertising: true, dataToThirdParty: true })",
		decline:
			"consentPolicyManager.setConsentPolicy({ essential: true, functional: false, analytics: false, advertising: false, dataToThirdParty: false })",
	},
	{
		name: "Shopify",
		files: /^https:\/\/cdn\.shopify\.com\/shopifycloud\/(consent-tracking-api|privacy-banner)\//,
		keys: /^_tracking_consent$/,
		present: "typeof Shopify.customerPrivacy.setTrackingConsent === 'function'",
		accept:
			"Shopify.customerPrivacy.setTrackingConsent({ analytics: true, marketing: true, preferences: true, sale_of_data: true }, () => {})",
		decline:
			"Shopify.customerPrivacy.setTrackingConsent({ analytics: false, marketing: false, preferences: false, sale_of_data: false }, () => {})",
	},
];
