/**
 * Stand-in for Didomi, from developers.didomi.io/cmp/web-sdk/reference/api and support.didomi.io, read 2026-11-22. Trap: where
 * no consent is required, for visitors from elsewhere or for bots, everything is enabled and nothing is to be collected.
 */
import { answering, type Drive, memory, page } from "../drive.ts";

const listeners: (() => void)[] = [];
let isRequired = true;
const isEnabled = () => memory.yes ?? !isRequired;
const set = (yes: boolean | undefined) => {
	memory.yes = yes;
	for (const listener of listeners) listener();
};

export const drive: Drive = {
	stub: () => {
		page.didomiOnReady = [];
		page.Didomi = {};
	},
	start: (as) => {
		isRequired = !as;
		page.Didomi = {
			isConsentRequired: () => isRequired,
			shouldConsentBeCollected: () => isRequired && memory.yes === undefined,
			getCurrentUserStatus: () => ({ purposes: { analytics: { id: "analytics", enabled: isEnabled() } }, vendors: {} }),
			on: (_: string, run: () => void) => listeners.push(run),
		};
	},
	...answering(set),
};
