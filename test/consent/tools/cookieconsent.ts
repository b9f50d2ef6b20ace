/** vanilla-cookieconsent itself. Traps: in opt-out mode categories are accepted before anybody answered; a reset tells nobody. */
import * as CookieConsent from "vanilla-cookieconsent";
import { type Drive, page, setCookie } from "../drive.ts";

const texts = { consentModal: { title: "Consent" }, preferencesModal: { sections: [] } };

export const drive: Drive = {
	stub: () => {
		page.CookieConsent = CookieConsent;
	},
	start: (as) => {
		page.CookieConsent = CookieConsent;
		return CookieConsent.run({
			mode: as ? "opt-out" : "opt-in",
			hideFromBots: as === "bot",
			cookie: { secure: false },
			categories: { necessary: { enabled: true, readOnly: true }, analytics: { enabled: !!as } },
			language: { default: "en", translations: { en: texts } },
		});
	},
	grant: () => CookieConsent.acceptCategory("analytics"),
	refuse: () => CookieConsent.acceptCategory([]),
	withdraw: () => CookieConsent.acceptCategory([]),
	reset: () => CookieConsent.reset(true),
	expire: () => {
		setCookie("cc_cookie");
	},
};
