/**
 * Stand-in for Usercentrics v2, from usercentrics.com/docs/web/features/v2/events_v2, read 2026-11-22. Trap: a status that is
 * true although the history has only implicit lines.
 */
import { answering, type Drive, memory, page, tell } from "../drive.ts";

type Line = { type: "explicit" | "implicit"; status: boolean; action: string };

let history: Line[] = [];
const set = (yes: boolean | undefined, implied = false) => {
	memory.yes = yes;
	if (yes === undefined) history = [{ type: "implicit", status: implied, action: "onInitialPageLoad" }];
	else history.push({ type: "explicit", status: yes, action: "onUpdateServices" });
	tell(window, "UC_UI_CMP_EVENT", { source: "FIRST_LAYER" });
};

export const drive: Drive = {
	stub: () => {
		page.UC_UI = { isInitialized: () => false, getServicesBaseInfo: () => [] };
	},
	start: (as) => {
		const service = () => ({ name: "Sporløs", consent: { status: history.at(-1)?.status, history } });
		page.UC_UI = { isInitialized: () => true, getServicesBaseInfo: () => [service()] };
		set(memory.yes, !!as);
		tell(window, "UC_UI_INITIALIZED");
	},
	...answering(set),
};
