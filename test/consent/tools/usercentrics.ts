/**
 * Stand-in for Usercentrics v3, from usercentrics.com/docs/web/features/api and …/features/events, read 2026-11-22. Traps: an
 * answer in a promise; a consent of type IMPLICIT; events that come with any use of its windows.
 */
import { answering, type Drive, memory, page, tell } from "../drive.ts";

let implied = false;
const details = () => ({
	consent: { status: "SOME_ACCEPTED", type: memory.yes === undefined ? "IMPLICIT" : "EXPLICIT" },
	services: {
		HkocEodjb7: { name: "Google Analytics", consent: { given: true, type: "EXPLICIT" } },
		sporlos1: {
			name: "Sporløs",
			consent: { given: memory.yes ?? implied, type: memory.yes === undefined ? "IMPLICIT" : "EXPLICIT" },
		},
	},
});
const set = (yes: boolean | undefined) => {
	memory.yes = yes;
	tell(window, "UC_UI_CMP_EVENT", { source: "FIRST_LAYER", type: yes ? "ACCEPT_ALL" : "DENY_ALL" });
};

export const drive: Drive = {
	stub: () => {
		page.__ucCmp = { getConsentDetails: () => new Promise(() => {}) };
	},
	start: (as) => {
		implied = !!as;
		page.__ucCmp = { getConsentDetails: async () => details() };
		tell(window, "UC_UI_INITIALIZED");
	},
	...answering(set),
};
