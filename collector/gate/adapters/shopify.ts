/**
 * Shopify's customer privacy. `analyticsProcessingAllowed()` says yes where the shop does not ask: the visitor's own answer is
 * read instead, which is empty until it was given. https://shopify.dev/docs/api/customer-privacy
 */
import type { Adapter } from "./adapter.ts";

declare const Shopify: { customerPrivacy: { currentVisitorConsent(): Record<string, string> } };

const consentTo = (category: string) => Shopify.customerPrivacy.currentVisitorConsent()[category];

export const adapter: Adapter = {
	named: "analytics",
	decided: (category) => !!consentTo(category),
	allows: (category) => consentTo(category) === "yes",
	onChange: (wake) => document.addEventListener("visitorConsentCollected", wake),
};
