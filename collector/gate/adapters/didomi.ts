/**
 * Didomi: a purpose or a vendor. Where no consent is required (elsewhere in the world, bots) everything counts as enabled, and
 * nobody was asked. https://developers.didomi.io/cmp/web-sdk/reference/api
 */
import type { Adapter } from "./adapter.ts";

type States = Record<string, { enabled: boolean }>;

declare const Didomi: {
	isConsentRequired(): boolean;
	shouldConsentBeCollected(): boolean;
	getCurrentUserStatus(): { purposes: States; vendors: States };
	on(event: "consent.changed", run: () => void): void;
};

export const adapter: Adapter = {
	named: "analytics",
	decided: () => Didomi.isConsentRequired() && !Didomi.shouldConsentBeCollected(),
	allows: (id) => {
		const { purposes, vendors } = Didomi.getCurrentUserStatus();
		return (purposes[id] ?? vendors[id])?.enabled === true;
	},
	onChange: (wake) => Didomi.on("consent.changed", wake),
};
