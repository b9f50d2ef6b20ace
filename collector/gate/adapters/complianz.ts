/**
 * Complianz. Its own `cmplz_has_consent()` says yes for bots and where no consent is asked for: the cookies are read instead.
 * They stay behind where the plug-in was removed, so it must be there. https://complianz.io/developers-guide-for-third-party-integrations/
 */
import { type Adapter, readCookie } from "./adapter.ts";

declare const complianz: object;

export const adapter: Adapter = {
	named: "statistics",
	decided: () => !!complianz && readCookie("cmplz_banner-status") === "dismissed",
	allows: (category) => readCookie(`cmplz_${category}`) === "allow",
	onChange: (wake) => {
		document.addEventListener("cmplz_status_change", wake);
		document.addEventListener("cmplz_revoke", wake);
	},
};
