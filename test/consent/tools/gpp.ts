/** IAB's own GPP library. Traps: a section of a US state that objects to nothing, a signal that is not ready. */
import { CmpApi } from "@iabgpp/cmpapi";
import { type Drive, memory, page } from "../drive.ts";

let cmp: CmpApi;

function encode(yes: boolean): void {
	const consents = Array.from({ length: 24 }, (_, index) => yes && [1, 8, 9].includes(index + 1));
	cmp.setFieldValue("tcfeuv2", "PurposeConsents", consents);
	cmp.setFieldValue(
		"tcfeuv2",
		"PurposeLegitimateInterests",
		consents.map(() => true),
	);
	cmp.setApplicableSections([2]);
	cmp.setSignalStatus("ready");
	cmp.fireSectionChange("tcfeuv2");
}
const answer = (yes: boolean) => {
	memory.yes = yes;
	encode(yes);
};
const ask = () => cmp.setSignalStatus("not ready");

export const drive: Drive = {
	/** As in IAB's specification: it queues, and hands the queue over. */
	stub: () => {
		const queue: unknown[] = [];
		page.__gpp = (...call: unknown[]) => (call.length ? queue.push(call) : queue);
	},
	start: (as) => {
		cmp = new CmpApi(300, 1);
		if (as === "bot") {
			encode(true);
			ask();
		} else if (as) {
			cmp.setFieldValue("usca", "SaleOptOut", 2);
			cmp.setApplicableSections([8]);
			cmp.setSignalStatus("ready");
			cmp.fireSectionChange("usca");
		} else if (memory.yes === undefined) ask();
		else encode(memory.yes);
	},
	grant: () => answer(true),
	refuse: () => answer(false),
	withdraw: () => answer(false),
	reset: () => {
		memory.yes = undefined;
		ask();
	},
	expire: () => {
		memory.yes = undefined;
	},
};
