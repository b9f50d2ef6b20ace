/**
 * Wix' own cookie banner. Its default policy allows everything, also after a reset, whose event says `analytics: true`: only
 * a policy that is not the default is an answer. https://dev.wix.com/docs/build-apps (Implement Cookie Consent Requirements)
 */
import type { Adapter } from "./adapter.ts";

interface Details {
	defaultPolicy: boolean;
	policy: Record<string, boolean>;
}

declare const consentPolicyManager: { getCurrentConsentPolicy(): Details };

const details = () => consentPolicyManager.getCurrentConsentPolicy();

export const adapter: Adapter = {
	named: "analytics",
	decided: () => details().defaultPolicy === false,
	allows: (category) => details().policy[category] === true,
	onChange: (wake) => {
		document.addEventListener("consentPolicyInitialized", wake);
		document.addEventListener("consentPolicyChanged", wake);
	},
};
