/**
 * Cookiebot. A consent that it implied, or that has no known method, is no answer. https://www.cookiebot.com/en/developer/
 */
import type { Adapter } from "./adapter.ts";

declare const Cookiebot: { hasResponse: boolean; consent: Record<string, boolean | string | null> };

export const adapter: Adapter = {
	named: "statistics",
	decided: () => Cookiebot.hasResponse && Cookiebot.consent.method === "explicit",
	allows: (category) => Cookiebot.consent[category] === true,
	onChange: (wake) => {
		window.addEventListener("CookiebotOnConsentReady", wake);
		window.addEventListener("CookiebotOnAccept", wake);
		window.addEventListener("CookiebotOnDecline", wake);
	},
};
