/**
 * vanilla-cookieconsent 3. Under its opt-out mode categories are accepted before anybody answered. A reset tells nobody: it is
 * seen when the gate next asks. https://cookieconsent.orestbida.com/reference/api-reference.html
 */
import type { Adapter } from "./adapter.ts";

declare const CookieConsent: { validConsent(): boolean; acceptedCategory(category: string): boolean };

export const adapter: Adapter = {
	named: "analytics",
	decided: () => CookieConsent.validConsent(),
	allows: (category) => CookieConsent.acceptedCategory(category),
	onChange: (wake) => {
		window.addEventListener("cc:onConsent", wake);
		window.addEventListener("cc:onChange", wake);
	},
};
