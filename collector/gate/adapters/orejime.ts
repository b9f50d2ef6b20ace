/**
 * Orejime: the purpose with the id `sporlos`. While its consents are cleared, `update` shows the defaults before they are
 * marked as unanswered: only `dirty`, which follows, is listened to. https://github.com/boscop-fr/orejime
 */
import type { Adapter } from "./adapter.ts";

declare const orejime: {
	manager: { isDirty(): boolean; getConsent(purpose: string): boolean; on(event: "dirty", run: () => void): void };
};

export const adapter: Adapter = {
	named: "sporlos",
	decided: () => !orejime.manager.isDirty(),
	allows: (purpose) => orejime.manager.getConsent(purpose),
	onChange: (wake) => orejime.manager.on("dirty", wake),
};
