/**
 * Stand-in for Wix' consent policy manager, from dev.wix.com/docs/build-apps (Implement Cookie Consent Requirements, About
 * Consent Apps), read 2026-11-22. Traps: the default policy allows everything, and so it does while the manager is still
 * starting; a reset fires a change whose policy says `analytics: true`.
 */
import { answering, type Drive, memory, page, tell } from "../drive.ts";

const policyOf = (yes: boolean) => ({
	essential: true,
	functional: yes,
	analytics: yes,
	advertising: yes,
	dataToThirdParty: yes,
});
const details = () => ({ defaultPolicy: memory.yes === undefined, policy: policyOf(memory.yes ?? true) });
const set = (yes: boolean | undefined) => {
	memory.yes = yes;
	tell(document, "consentPolicyChanged", details());
};

export const drive: Drive = {
	stub: () => {
		page.consentPolicyManager = { getCurrentConsentPolicy: () => ({ defaultPolicy: true, policy: policyOf(true) }) };
	},
	start: () => {
		page.consentPolicyManager = { getCurrentConsentPolicy: details, initRan: true };
		tell(document, "consentPolicyInitialized", details());
	},
	...answering(set),
};
