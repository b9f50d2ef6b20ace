/**
 * WP Consent API, through which WordPress plug-ins share an answer. Its own `wp_has_consent()` says yes where no consent tool
 * is installed and where the rule is opt-out: the rule and the cookie are read instead. https://wordpress.org/plugins/wp-consent-api/
 */
import { type Adapter, readCookie } from "./adapter.ts";

declare const wp_consent_type: string;

export const adapter: Adapter = {
	named: "statistics",
	decided: (category) => wp_consent_type === "optin" && !!readCookie(`wp_consent_${category}`),
	allows: (category) => readCookie(`wp_consent_${category}`) === "allow",
	onChange: (wake) => document.addEventListener("wp_listen_for_consent_change", wake),
};
