/**
 * Stand-in for CookieYes, from www.cookieyes.com/documentation/retrieving-consent-data-using-api-getckyconsent and
 * …/events-on-cookie-banner-load, read 2026-11-22. Trap: under an opt-out law all categories are on before anybody answered.
 */
import { answering, type Drive, memory, page, tell } from "../drive.ts";

let isOptOut = false;
const consent = () => ({
	activeLaw: isOptOut ? "ccpa" : "gdpr",
	categories: { necessary: true, analytics: memory.yes ?? isOptOut },
	isUserActionCompleted: memory.yes !== undefined,
});
const set = (yes: boolean | undefined) => {
	memory.yes = yes;
	tell(document, "cookieyes_consent_update", { accepted: yes ? ["analytics"] : [], rejected: [] });
};

export const drive: Drive = {
	stub: () => {
		page.getCkyConsent = () => ({ categories: {} });
	},
	start: (as) => {
		isOptOut = !!as;
		page.getCkyConsent = consent;
		tell(document, "cookieyes_banner_load", consent());
	},
	...answering(set),
};
