/**
 * Stand-in for Shopify's customer privacy, from shopify.dev/docs/api/customer-privacy, read 2026-11-22. Trap: processing is
 * allowed, without an answer, where the shop does not ask.
 */
import { answering, type Drive, memory, page, tell } from "../drive.ts";

const words = () => (memory.yes === undefined ? "" : memory.yes ? "yes" : "no");
const set = (yes: boolean | undefined) => {
	memory.yes = yes;
	tell(document, "visitorConsentCollected", { analyticsAllowed: yes !== false });
};

export const drive: Drive = {
	stub: () => {
		page.Shopify = { loadFeatures: () => {} };
	},
	start: (as) => {
		page.Shopify = {
			customerPrivacy: {
				analyticsProcessingAllowed: () => memory.yes ?? !!as,
				currentVisitorConsent: () => ({
					analytics: words(),
					marketing: words(),
					preferences: words(),
					sale_of_data: "",
				}),
			},
		};
	},
	...answering(set),
};
