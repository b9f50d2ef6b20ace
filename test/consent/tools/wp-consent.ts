/**
 * Stand-in for the WP Consent API, from wordpress.org/plugins/wp-consent-api, read 2026-11-22. Traps: its own function says yes
 * without a consent tool and under an opt-out rule; cookies stay from the time when the rule was another one.
 */
import { type Drive, page, setCookie, tell } from "../drive.ts";

const set = (value: "allow" | "deny" | undefined) => {
	setCookie("wp_consent_statistics", value);
};
const answer = (value: "allow" | "deny") => {
	set(value);
	tell(document, "wp_listen_for_consent_change", { statistics: value });
};

export const drive: Drive = {
	stub: () => {
		page.wp_has_consent = () => true;
	},
	start: (as) => {
		page.wp_has_consent = () => !!as;
		page.wp_consent_type = as ? "optout" : "optin";
		if (as === "silence") set("allow");
	},
	grant: () => answer("allow"),
	refuse: () => answer("deny"),
	withdraw: () => answer("deny"),
	reset: () => set(undefined),
	expire: () => set(undefined),
};
