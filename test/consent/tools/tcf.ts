/** IAB's own CMP library and stub. Traps: legitimate interests without a consent, a window that opens with everything ticked, a
 * place where the GDPR does not apply. */
import { CmpApi } from "@iabtcf/cmpapi";
import { GVL, TCModel, TCString } from "@iabtcf/core";
import install from "@iabtcf/stub";
import { type Drive, memory } from "../drive.ts";

const purpose = (id: number) => [id, { id, name: `${id}`, description: "", illustrations: [] }];
const list = {
	gvlSpecificationVersion: 3,
	vendorListVersion: 1,
	tcfPolicyVersion: 5,
	lastUpdated: "2026-11-01T00:00:00Z",
	purposes: Object.fromEntries([1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11].map(purpose)),
	specialPurposes: {},
	features: {},
	specialFeatures: {},
	vendors: {},
	stacks: {},
};

/** Legitimate interests are always claimed; only a yes has consents. */
function encode(yes: boolean): string {
	const model = new TCModel(new GVL(list));
	model.cmpId = 300;
	model.purposeLegitimateInterests.set([8, 9]);
	if (yes) model.purposeConsents.set([1, 8, 9]);
	return TCString.encode(model);
}

let cmp: CmpApi;
const answer = (yes: boolean) => {
	memory.yes = yes;
	cmp.update(encode(yes), false);
};

export const drive: Drive = {
	stub: install,
	start: (as) => {
		install();
		cmp = new CmpApi(300, 1, true);
		if (as === "silence") cmp.update(encode(true), true);
		else if (as) cmp.update(null);
		else if (memory.yes === undefined) cmp.update("", true);
		else cmp.update(encode(memory.yes), false);
	},
	grant: () => answer(true),
	refuse: () => answer(false),
	withdraw: () => {
		cmp.update(encode(true), true); // its window opens again, with the yes still in it
		answer(false);
	},
	reset: () => {
		memory.yes = undefined;
		cmp.update("", true);
	},
	expire: () => {
		memory.yes = undefined;
	},
};
