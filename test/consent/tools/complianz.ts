/**
 * Stand-in for Complianz, from complianz.io/developers-guide-for-third-party-integrations, read 2026-11-22. Traps: its own
 * function says yes to bots and where it does not ask; cookies stay when the plug-in goes.
 */
import { type Drive, page, setCookie, tell } from "../drive.ts";

const set = (yes: boolean | undefined) => {
	setCookie("cmplz_banner-status", yes === undefined ? undefined : "dismissed");
	setCookie("cmplz_statistics", yes === undefined ? undefined : yes ? "allow" : "deny");
};
const answer = (yes: boolean) => {
	set(yes);
	tell(document, "cmplz_status_change", { category: "statistics", value: yes ? "allow" : "deny" });
};

export const drive: Drive = {
	/** The plug-in has gone, or its script is delayed; what it wrote is still there. */
	stub: () => set(true),
	start: (as) => {
		page.complianz = { consenttype: as === "silence" ? "optout" : "optin" };
		page.cmplz_has_consent = () => !!as;
		tell(document, "cmplz_before_cookiebanner");
	},
	grant: () => answer(true),
	refuse: () => answer(false),
	withdraw: () => {
		answer(false);
		tell(document, "cmplz_revoke", false);
	},
	reset: () => {
		set(undefined);
		tell(document, "cmplz_revoke", true);
	},
	expire: () => set(undefined),
};
