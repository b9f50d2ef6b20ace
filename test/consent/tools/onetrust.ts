/**
 * Stand-in for OneTrust, from developer.onetrust.com/onetrust/docs/javascript-events-guide, read 2026-11-22. Trap: under an
 * opt-out rule the groups are active, and the event tells so, before anybody answered.
 */
import { answering, type Drive, memory, page, tell } from "../drive.ts";

const set = (yes: boolean | undefined, groups = yes ? ",C0001,C0002," : ",C0001,") => {
	memory.yes = yes;
	page.OnetrustActiveGroups = groups;
	tell(window, "OneTrustGroupsUpdated", groups.split(",").filter(Boolean));
};

export const drive: Drive = {
	stub: () => {
		page.OnetrustActiveGroups = ",C0001,C0002,";
	},
	start: (as) => {
		page.OneTrust = { IsAlertBoxClosed: () => memory.yes !== undefined };
		set(memory.yes, as && ",C0001,C0002,C0003,C0004,");
	},
	...answering(set),
};
