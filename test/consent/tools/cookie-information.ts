/**
 * Stand-in for Cookie Information, from support.cookieinformation.com (SDK and events), read 2026-11-22. Traps: the event
 * called "consent given" comes after a refusal and on each page; categories can be on where the window was not confirmed.
 */
import { answering, type Drive, memory, page, tell } from "../drive.ts";

let implied = false;
const set = (yes: boolean | undefined) => {
	memory.yes = yes;
	tell(window, "CookieInformationConsentGiven");
};

export const drive: Drive = {
	stub: () => {
		page.CookieInformation = {};
	},
	start: (as) => {
		implied = !!as;
		page.CookieInformation = {
			wasBannerConfirmed: () => memory.yes !== undefined,
			getConsentGivenFor: (category: string) => category === "cookie_cat_necessary" || (memory.yes ?? implied),
		};
		tell(window, "CookieInformationConsentGiven");
	},
	...answering(set),
};
