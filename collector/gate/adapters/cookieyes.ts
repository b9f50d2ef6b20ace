/**
 * CookieYes. Under an opt-out law its categories are on before anybody answered.
 * https://www.cookieyes.com/documentation/retrieving-consent-data-using-api-getckyconsent/
 */
import type { Adapter } from "./adapter.ts";

declare const getCkyConsent: () => { isUserActionCompleted: boolean; categories: Record<string, boolean> };

export const adapter: Adapter = {
	named: "analytics",
	decided: () => getCkyConsent().isUserActionCompleted,
	allows: (category) => getCkyConsent().categories[category] === true,
	onChange: (wake) => {
		document.addEventListener("cookieyes_consent_update", wake);
		document.addEventListener("cookieyes_banner_load", wake);
	},
};
