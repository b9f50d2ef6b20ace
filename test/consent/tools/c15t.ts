/** c15t itself, without its server. Trap: where a rule does not ask, every category is granted at the start. */
import { clearConsentRuntimeCache, getOrCreateConsentRuntime, policyPackPresets } from "c15t";
import { type Drive, page, setCookie } from "../drive.ts";

let runtime: ReturnType<typeof getOrCreateConsentRuntime>;
const store = () => runtime.consentStore.getState();

export const drive: Drive = {
	stub: () => {
		page.c15tStore = {};
	},
	start: async (as) => {
		delete page.c15tStore;
		clearConsentRuntimeCache();
		const policyPacks = as ? [policyPackPresets.worldNoBanner()] : [policyPackPresets.europeOptIn()];
		runtime = getOrCreateConsentRuntime({
			mode: "offline",
			reloadOnConsentRevoked: false, // else a withdrawal ends with the page
			consentCategories: ["necessary", "measurement"],
			offlinePolicy: { policyPacks },
			overrides: { country: "NO" },
		});
		await store().initConsentManager();
	},
	grant: () => store().saveConsents("all"),
	refuse: () => store().saveConsents("necessary"),
	withdraw: () => store().saveConsents("necessary"),
	reset: () => store().resetConsents(),
	expire: () => {
		for (const name of ["c15t", "c15t:pending"]) {
			localStorage.removeItem(name);
			setCookie(name);
		}
	},
};
