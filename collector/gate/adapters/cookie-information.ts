/**
 * Cookie Information. Its event called "consent given" comes after a refusal too.
 * https://support.cookieinformation.com/en/articles/5444629-how-to-check-if-the-consent-was-given
 */
import type { Adapter } from "./adapter.ts";

declare const CookieInformation: { wasBannerConfirmed(): boolean; getConsentGivenFor(category: string): boolean };

export const adapter: Adapter = {
	named: "cookie_cat_statistic",
	decided: () => CookieInformation.wasBannerConfirmed(),
	allows: (category) => CookieInformation.getConsentGivenFor(category),
	onChange: (wake) => window.addEventListener("CookieInformationConsentGiven", wake),
};
