/**
 * Stand-in for Cookiebot, from www.cookiebot.com/en/developer, read 2026-11-22. Trap: a consent it implied itself, which looks
 * like any other but for its method; one of unknown method counts as implied.
 */
import { answering, type Drive, memory, page, tell } from "../drive.ts";

const consent = { necessary: true, statistics: false, method: null as string | null };
const Cookiebot = { hasResponse: false, consent };
const set = (yes: boolean | undefined, method: string | null = "explicit") => {
	memory.yes = method === "explicit" ? yes : undefined;
	Cookiebot.hasResponse = yes !== undefined;
	Object.assign(consent, { statistics: !!yes, method: yes === undefined ? null : method });
	if (yes === undefined) return;
	tell(window, "CookiebotOnConsentReady");
	tell(window, yes ? "CookiebotOnAccept" : "CookiebotOnDecline");
};

export const drive: Drive = {
	stub: () => {
		page.Cookiebot = {};
	},
	start: (as) => {
		page.Cookiebot = Cookiebot;
		if (as) set(true, as === "silence" ? "implied" : null);
		else set(memory.yes);
	},
	...answering(set), // its renew() deletes the answer and shows the dialog
};
